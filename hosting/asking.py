"""After their last session at an event, hosts are asked once what people can take away of it.

On the morning after, by the event's clock, in one letter for all that they hosted, while their pages are
open. Not of a session that was cancelled, nor where one of its hosts, or the team, has written it. It is
theirs to write or not: nobody is asked again.
"""

from datetime import datetime, time
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from audit.acts import Act
from audit.models import Entry
from events.models import Contributor, Event, Session, SessionContributor
from hosting import access
from hosting.models import Invitation
from hosting.persons import each_once, known_as, told_of
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


def to_write(event: Event, *, at: datetime) -> set[int]:
    """Return the sessions of an event that are over and of which nobody has ever written it. One query."""
    written = TakeAway.objects.filter(session=OuterRef("pk"))
    was_written = Entry.objects.filter(
        thing=Session._meta.label_lower, thing_id=OuterRef("pk"), act=Act.TAKE_AWAY_WRITTEN
    )
    over = event.sessions.published().filter(~Exists(written), ~Exists(was_written), ends_at__lte=at)
    return set(over.values_list("pk", flat=True))


def _is_time(event: Event, at: datetime) -> bool:
    return at.astimezone(event.zone).time() >= MORNING and not access.is_over_for_hosts(event, at)


@transaction.atomic
def _ask(event: Event, at: datetime) -> int:
    asked = told_of(Message.objects.filter(kind=KIND, key__startswith=f"{KIND}:{event.pk}:"))
    told = [
        (person, one)
        for person, (one, names) in _who_is_done(event, at).items()
        if not names & asked  # as who they were then: a record has been given its account since, say
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


def _who_is_done(event: Event, at: datetime) -> dict[str, tuple[Contributor, set[str]]]:
    """Return the persons who hosted something to write about, and their last session on a day before this.

    As ``each_once`` has them: whoever hosts under two records is done when both are.
    """
    left, today = to_write(event, at=at), at.astimezone(event.zone).date()
    links = SessionContributor.objects.filter(
        Exists(Invitation.objects.filter(event=event, contributor=OuterRef("contributor"))),
        session__event=event,
        session__status=Session.Status.PUBLISHED,
        part=SessionContributor.Part.HOST,
    ).values_list("contributor", "session", "session__ends_at")
    rows = list(links) if left else []
    has_more = {who for who, _, ends_at in rows if ends_at and ends_at.astimezone(event.zone).date() >= today}
    to_ask = {who for who, session, _ in rows if session in left}
    hosts = access.with_address().filter(pk__in={who for who, *_ in rows}).order_by("pk")
    found = [one for one in hosts if access.address_of(one)]
    done = {}
    for person, (one, names) in each_once(found).items():
        records = {each.pk for each in found if known_as(each) & names}
        if records & to_ask and not records & has_more:
            done[person] = (one, names)
    return done
