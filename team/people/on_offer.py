"""What a caller without an account can be registered for, and the sessions that can be ticked with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone

from common.storable import storable
from common.times import format_clock, format_day
from events.models import Event, Session


@dataclass(frozen=True)
class Offer:
    """A session that can be booked, or chosen before booking opens; ``is_ticked`` in what was sent."""

    session: Session
    clock: str
    is_ticked: bool

    @property
    def places(self) -> str:
        """How many places there are, in words."""
        return str(self.session.workshop.in_words)


@dataclass(frozen=True)
class Day:
    """The sessions of one day."""

    title: str
    offers: Sequence[Offer]


def events_open(*, at: datetime) -> list[Event]:
    """Return the events that take registrations now, the next one first. One query."""
    return [one for one in Event.objects.upcoming(timezone.localdate(at)) if one.registration_is_open(at)]


def sessions_of(event: Event, *, at: datetime) -> list[Session]:
    """Return the sessions of an event that have places and are not closed, in order. One query."""
    rows = Session.objects.published().live().filter(event=event, workshop__is_open=True)
    found = rows.select_related("workshop").in_order()
    for one in found:
        one.event = event
    return [one for one in found if one.starts_at and not one.booking_has_closed(at)]


def event_named(slug: str, events: Sequence[Event]) -> Event | None:
    """Return the event that a form is about, open or not by now; the next open one where it names none."""
    named = Event.objects.public().filter(slug=storable(slug)).first() if slug else None
    return named or next(iter(events), None)


def ticked_in(event: Event | None, sessions: Sequence[Session], numbers: Collection[str]) -> list[Session]:
    """Return what a form has ticked, in order; what closed meanwhile as well, which the rules refuse."""
    found = {str(one.pk): one for one in sessions}
    missing = [
        one for one in numbers if one not in found and one.isascii() and one.isdecimal() and len(one) < 19
    ]
    if event is not None and missing:
        for one in Session.objects.public().filter(event=event, pk__in=missing).select_related("workshop"):
            one.event = event
            found[str(one.pk)] = one
    ticked = [found[one] for one in dict.fromkeys(numbers) if one in found]
    return sorted(ticked, key=lambda one: (str(one.starts_at), one.pk))


def by_day(sessions: Sequence[Session], ticked: Collection[Session]) -> list[Day]:
    """Return the sessions as the form shows them."""
    return [
        Day(format_day(day), [Offer(one, _clock(one), one in ticked) for one in those])
        for day, those in groupby(sessions, key=_day)
    ]


def _day(session: Session) -> date:
    assert session.starts_at is not None  # noqa: S101  # sessions_of has left those out
    return session.starts_at.astimezone(session.event.zone).date()


def _clock(session: Session) -> str:
    assert session.starts_at is not None  # noqa: S101  # sessions_of has left those out
    return format_clock(session.starts_at, session.event.time_zone)
