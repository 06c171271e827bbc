"""What the team is shown of a person: how they stand, and what they have in one event.

What is shown follows from who reads: events and bookings for those who may see events. A booking is told as
its member sees it: a position in line, never a ticket. However much somebody has, it is as many queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from common.times import format_moment
from common.words import ordinal
from events.models import AccessNeeds, Event, Registration, Session
from members.capabilities import SEE_EVENTS
from members.models import Member
from team.people.standing import Word, word_of
from workshops.models import Booking
from workshops.places.eligibility import hosted_sessions

Status = Booking.Status


@dataclass(frozen=True)
class BookingLine:
    """One session of theirs: how it stands, and the booking where it is not one that they host."""

    session: Session
    word: Word
    detail: str = ""
    booking: Booking | None = None


@dataclass(frozen=True)
class InEvent:
    """What somebody has in one event; ``others`` are events to come, and those they were registered for."""

    event: Event
    registration: Registration | None
    word: Word
    lines: Sequence[BookingLine] = ()
    others: Sequence[Event] = ()

    @property
    def is_registered(self) -> bool:
        """Whether there is a registration that counts."""
        return self.registration is not None and self.registration.status != Registration.Status.CANCELLED

    @property
    def has_needs(self) -> bool:
        """Whether they told what they need."""
        return bool(getattr(self.registration, "has_needs", False))


@dataclass(frozen=True)
class PersonState:
    """One person as the team sees them."""

    person: Member
    standing: Word
    roles: Sequence[str]
    in_event: InEvent | None = None
    sees_events: bool = field(default=False)


def state_of(person: Member, *, reader: Member, at: datetime, event: str = "") -> PersonState:
    """Return what this reader is shown of a person of ``search``; ``event`` asks for one of their events."""
    sees_events = reader.has_perm(SEE_EVENTS)
    return PersonState(
        person,
        word_of(person),
        roles=[one.name for one in person.groups.all()],
        in_event=_in_event(person, event, at) if sees_events else None,
        sees_events=sees_events,
    )


def _in_event(person: Member, asked: str, at: datetime) -> InEvent | None:
    """Return what they have in the event that was asked for, or in the next one. Four queries."""
    registrations = {one.event_id: one for one in _registrations(person)}
    to_come = list(Event.objects.upcoming(timezone.localdate(at)))
    events = to_come + [one.event for one in registrations.values() if one.event not in to_come]
    if not events:
        return None
    event = (
        next((one for one in events if one.slug == asked), None) or _next(to_come, registrations) or events[0]
    )
    registration = registrations.get(event.pk)
    return InEvent(
        event,
        registration,
        _registered(registration),
        lines=_lines(person, event, at),
        others=[one for one in events if one != event],
    )


def _next(to_come: list[Event], registrations: dict[int, Registration]) -> Event | None:
    """Return the next event that they are registered for; the next of all where there is none."""
    theirs = (one for one in to_come if one.pk in registrations)
    return next(theirs, None) or next(iter(to_come), None)


def _registrations(person: Member) -> "QuerySet[Registration]":
    line = Registration.objects.filter(event=OuterRef("event"), status=Registration.Status.WAITING)
    ahead = line.filter(ticket__lt=OuterRef("ticket")).order_by().values("event")
    return (
        Registration.objects.filter(member=person)
        .annotate(
            has_needs=Exists(AccessNeeds.objects.filter(registration=OuterRef("pk"))),
            ahead=Subquery(ahead.annotate(number=Count("pk")).values("number")),
        )
        .select_related("event")
        .order_by("-event__first_day")
    )


def _registered(registration: Registration | None) -> Word:
    match registration.status if registration else None:
        case None:
            return Word("Not registered")
        case Registration.Status.CONFIRMED:
            return Word("Registered", "yours")
        case Registration.Status.WAITING:
            place = ordinal((getattr(registration, "ahead", None) or 0) + 1)
            return Word(f"{place} on the waiting list of the event", "waiting")
        case Registration.Status.RECEIVED:
            return Word("Received: confirmed with the approval", "waiting")
        case _:
            return Word("Cancelled", "problem")


def _lines(person: Member, event: Event, at: datetime) -> list[BookingLine]:
    """Return their sessions of an event, in order of time. Two queries."""
    live = Booking.objects.live().filter(member=person, session__event=event)
    bookings = live.with_ahead().select_related("session__workshop")
    lines = [_line(one, event, at) for one in bookings]
    hosted = hosted_sessions(person).filter(event=event).distinct()
    lines += [BookingLine(one, Word("Hosts it", "strong")) for one in hosted]
    for line in lines:
        line.session.event = event
    return sorted(lines, key=lambda one: (str(one.session.starts_at), one.session.title, one.session.pk))


def _line(booking: Booking, event: Event, at: datetime) -> BookingLine:
    word, detail = _said(booking, event, at)
    return BookingLine(booking.session, word, detail, booking)


def _said(booking: Booking, event: Event, at: datetime) -> tuple[Word, str]:
    """Say how a booking stands, in the words that its member sees."""
    until = booking.expires_at
    match booking.status:
        case Status.BOOKED:
            return Word("Booked", "yours"), ""
        case Status.WAITING:
            place = ordinal((getattr(booking, "ahead", None) or 0) + 1)
            return Word(f"{place} on the waiting list", "waiting"), ""
        case Status.OFFERED if until and until > at:
            return Word("A place is held", "waiting"), f"Until {format_moment(until, event.time_zone)}"
        case Status.CHOSEN:
            return Word("Chosen"), ""
        case _:
            return Word("Passed for now", "waiting"), "They have kept their turn."
