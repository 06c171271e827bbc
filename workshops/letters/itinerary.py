"""One member's sessions as they are at this moment: the truth behind their emails and their calendar.

Theirs is what they have booked, wait for, are offered or were passed for, what they host, and what everybody
who is registered may come to (live sessions without places, such as plenaries). Three queries, however many
events and sessions. (``workshops.agenda.reading`` reads the page, with everything that they could choose.)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import QuerySet

from common.statements import Statement
from common.words import ordinal
from events.models import Event, Registration, Session
from members.models import Member
from workshops.models import Booking
from workshops.places.eligibility import hosted_by, hosted_sessions

Status = Booking.Status
HOSTING, OPEN = "hosting", "open"
#: What is certainly theirs, and stands in their calendar as such.
CERTAIN = (Status.BOOKED, HOSTING)


@dataclass(frozen=True)
class Item:
    """One session of theirs. ``state`` is a booking's status, ``hosting`` or ``open``."""

    session: Session
    state: str
    position: int | None = None
    until: datetime | None = None
    changed_at: datetime | None = None

    @property
    def starts_at(self) -> datetime:
        """When it starts; what is theirs has a time."""
        assert self.session.starts_at is not None, "only live sessions are read"  # noqa: S101  # narrows the type
        return self.session.starts_at

    @property
    def place(self) -> str:
        """Their position in words: "3rd"."""
        return ordinal(self.position) if self.position else ""


def itinerary_of(registration: Registration, *, at: datetime) -> list[Item]:
    """Return their sessions of one event, in order of time."""
    member, event = registration.member, registration.event
    return _in_order(
        {event.pk: event},
        _OPEN.all(member=member.pk, event=event.pk),
        _BOOKED.all(member=member.pk, event=event.pk),
        _HOSTED.all(member=member.pk, email=member.email, event=event.pk),
        at=at,
    )


def read_events(member: Member, events: Iterable[Event], *, at: datetime) -> list[Item]:
    """Return their sessions of several events, in order of time; open ones where they are confirmed."""
    found = {event.pk: event for event in events}
    return _in_order(
        found,
        _open(member.pk).filter(event__in=found),
        _booked(member.pk).filter(session__event__in=found),
        hosted_sessions(member).filter(event__in=found).distinct(),
        at=at,
    )


def _in_order(
    events: Mapping[int, Event],
    for_all: Iterable[Session],
    booked: Iterable[Booking],
    hosted: Iterable[Session],
    *,
    at: datetime,
) -> list[Item]:
    """Return each session once, as what weighs most."""
    found = (
        *(Item(session, OPEN) for session in for_all),
        *(of_booking(booking, at=at) for booking in booked),
        *(Item(session, HOSTING) for session in hosted),
    )
    items: dict[int, Item] = {}
    for item in found:
        item.session.event = events[item.session.event_id]
        items[item.session.pk] = item
    return sorted(items.values(), key=attrgetter("starts_at", "session.pk"))


def of_booking(booking: Booking, *, at: datetime) -> Item:
    """Return what a booking (loaded by ``bookings``) is to them."""
    is_over = booking.status == Status.OFFERED and booking.expires_at and booking.expires_at <= at
    state = Status.PASSED if is_over else Status(booking.status)
    position = getattr(booking, "ahead", None) or 0
    return Item(
        booking.session,
        state.value,
        position=position + 1 if state == Status.WAITING else None,
        until=booking.expires_at if state == Status.OFFERED else None,
        changed_at=booking.status_changed_at,
    )


def bookings() -> "QuerySet[Booking]":
    """Return live bookings with their sessions, and how many are ahead of each in line."""
    return Booking.objects.live().select_related("session").with_ahead()


def _booked(member: int) -> "QuerySet[Booking]":
    own = bookings().filter(member=member, session__starts_at__isnull=False)
    return own.exclude(status=Status.CHOSEN)


def _open(member: int) -> "QuerySet[Session]":
    confirmed = Registration.objects.confirmed().filter(member=member)
    sessions = Session.objects.published().live().filter(workshop__isnull=True)
    return sessions.filter(event__in=confirmed.values("event"))


_BOOKED = Statement(lambda member, event: _booked(member).filter(session__event=event))
_OPEN = Statement(lambda member, event: _open(member).filter(event=event))
_HOSTED = Statement(lambda member, email, event: hosted_by(member, email).filter(event=event).distinct())
