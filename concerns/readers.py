"""Who reads what is reported at an event: people of the team, named on its page.

At least two, so that one can be left out by whoever reports. Only those count who have the tick for staff and
an account that is open. Whoever is named later reads what comes later: whoever reported was told names.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from audit import trail
from audit.actors import By
from audit.acts import Act
from audit.models import Entry
from common.fingerprints import fingerprint
from common.times import short_moment
from common.transactions import retried
from concerns.models import ANSWER_DAYS, Desk, Reader
from events.models import Event
from members.models import Member, MemberQuerySet

#: So many have to be named.
FEWEST: Final = 2


class ReadersRefused(Exception):
    """An expected no; ``str()`` is the sentence for the team."""


def of_the_team() -> MemberQuerySet:
    """Return all who can be named."""
    found: MemberQuerySet = Member.objects.filter(is_staff=True, is_active=True).order_by("name", "pk")
    return found


def of_event(event: Event) -> list[Member]:
    """Return who reads what is reported, in the order in which they were named. One query."""
    rows = Reader.objects.filter(event=event, member__is_staff=True, member__is_active=True)
    return [one.member for one in rows.select_related("member")]


def desk_of(event: Event) -> Desk:
    """Return how concerns are taken there; what holds unless the team says something else. One query."""
    return Desk.objects.filter(event=event).first() or Desk(event=event, answer_days=ANSWER_DAYS)


@retried
def set_up(
    event: Event,
    members: Collection[Member],
    *,
    in_danger: str = "",
    answer_days: int = ANSWER_DAYS,
    seen: str | None = None,
    by: By,
    at: datetime,
) -> None:
    """Name who reads, what to do in danger, and how soon there is an answer. Raises ``ReadersRefused``.

    Whoever was named before keeps what they had to read. ``seen`` is what stood there when whoever saves
    opened the page (``as_seen``); a stale page is refused.
    """
    if len(members) < FEWEST:
        raise ReadersRefused("Choose at least two people, so that one can be left out by whoever reports.")
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if seen is not None and seen != as_seen(event):
        raise ReadersRefused(_stale(event))
    named = {one.pk for one in members}
    there = set(Reader.objects.filter(event=event).values_list("member_id", flat=True))
    Reader.objects.filter(event=event).exclude(member__in=named).delete()
    Reader.objects.bulk_create(Reader(event=event, member_id=pk) for pk in sorted(named - there))
    Desk.objects.update_or_create(
        event=event, defaults={"in_danger": in_danger.strip(), "answer_days": answer_days}
    )
    trail.record(event, Act.CONCERN_READERS_NAMED, by=by, at=at)


def as_seen(event: Event) -> str:
    """Return what a page carries that shows how it is set up. Two queries."""
    desk, named = desk_of(event), Reader.objects.filter(event=event).values_list("member_id", flat=True)
    return fingerprint(sorted(named), desk.answer_days, desk.in_danger)


def _stale(event: Event) -> str:
    """Say who was quicker, and when."""
    acts = Entry.objects.filter(thing=Event._meta.label_lower, thing_id=event.pk)
    last = acts.filter(act=Act.CONCERN_READERS_NAMED).order_by("-pk").first()
    who = Member.objects.filter(pk=last.actor_id).first() if last and last.actor_id else None
    when = f", {short_moment(last.at, event.zone)}" if last else ""
    name = who.name if who else "Somebody"
    return f"{name} has saved this since you opened the page{when}. Nothing was saved: look, then save again."


def lacking(*, at: datetime) -> list[Event]:
    """Return the events ahead that have too few who read. One query."""
    counts = Q(concern_readers__member__is_staff=True, concern_readers__member__is_active=True)
    ahead = Event.objects.upcoming(at.date()).annotate(number=Count("concern_readers", filter=counts))
    return list(ahead.filter(number__lt=FEWEST))
