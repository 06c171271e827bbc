"""After their last session at an event, hosts are asked once what people can take away of it.

On the morning after, by the event's clock, in one letter for all that they hosted, while their pages are
open. Not of a session that was cancelled, nor where one of its hosts, or the team, has written it. It is
theirs to write or not: nobody is asked again.
"""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from events.models import Contributor, Event, Session, SessionContributor
from hosting import access
from hosting.models import Invitation
from hosting.persons import each_once
from notifications import outbox
from notifications.models import Message
from recordings.models import TakeAway

KIND: Final = "host-take-away"
MORNING: Final = time(9)


def ask(*, at: datetime) -> int:
    """Owe the letters wherever it is time; return to how many people. Twice is once."""
    lately = Event.objects.filter(
        status=Event.Status.PUBLISHED,
        first_day__lt=at.date(),
        last_day__gte=at.date() - 2 * access.PEOPLE_SEEN,
    )
    return sum(_ask(event, at) for event in lately.order_by("pk") if _is_time(event, at))


def to_write(event: Event, *, at: datetime) -> "set[int]":
    """Return the sessions of an event that are over and of which nobody has written it. One query."""
    written = TakeAway.objects.filter(session=OuterRef("pk"))
    over = event.sessions.published().filter(~Exists(written), ends_at__lte=at)
    return set(over.values_list("pk", flat=True))


def _is_time(event: Event, at: datetime) -> bool:
    return at.astimezone(event.zone).time() >= MORNING and not access.is_over_for_hosts(event, at)


@transaction.atomic
def _ask(event: Event, at: datetime) -> int:
    asked = _asked(event)
    told = [
        (person, one)
        for person, (one, known_as) in each_once(_who_is_done(event, to_write(event, at=at), at)).items()
        if not known_as & asked  # as who they were then: a record has been given its account since, say
    ]
    for person, one in told:
        outbox.enqueue(
            KIND,
            at=at,
            key=f"{KIND}:{event.pk}:{person}",
            payload={"event": event.pk, "contributor": one.pk},
            not_after=access.closes_at(event),
            **access.to(one),
        )
    return len(told)


def _who_is_done(event: Event, sessions: Collection[int], at: datetime) -> list[Contributor]:
    """Return the invited hosts of these sessions who hosted their last one on a day before this."""
    today = at.astimezone(event.zone).date()
    hosts = SessionContributor.objects.filter(
        Exists(Invitation.objects.filter(event=event, contributor=OuterRef("contributor"))),
        session__event=event,
        session__status=Session.Status.PUBLISHED,
        part=SessionContributor.Part.HOST,
    )
    links = list(hosts.values_list("contributor", "session", "session__ends_at"))
    has_more = {who for who, _session, ends_at in links if ends_at and not _is_before(ends_at, event, today)}
    done = {who for who, session, _ends_at in links if session in sessions} - has_more
    found = access.with_address().filter(pk__in=done).order_by("pk")
    return [one for one in found if access.address_of(one)]


def _is_before(ends_at: datetime, event: Event, today: date) -> bool:
    return ends_at.astimezone(event.zone).date() < today


def _asked(event: Event) -> set[str]:
    """Return who was asked: accounts, and addresses of those without."""
    letters = Message.objects.filter(kind=KIND, key__startswith=f"{KIND}:{event.pk}:")
    return {
        f"account {member}" if member else email.lower()
        for member, email in letters.values_list("member", "email")
    }
