"""What the tests of places ask again and again."""

from datetime import datetime, timedelta
from typing import Any

from events.models import Event, Registration, Session
from members.models import Member
from notifications.models import Message
from tests import make
from tests.found import found
from tests.make import BY, NOW
from workshops.letters import calendar_feed
from workshops.models import Booking, Workshop
from workshops.places import booking
from workshops.programme import changes

Status = Booking.Status


def places(session: Session) -> tuple[int, int, int]:
    """The counters of a session's places, as (taken, held, line)."""
    row = Workshop.objects.get(session=session)
    return row.taken, row.held, row.line


def statuses(*bookings: Booking) -> list[str]:
    """The statuses of the bookings, as the database has them now."""
    for one in bookings:
        one.refresh_from_db()
    return [one.status for one in bookings]


def registered(event: Event, *names: str) -> list[Registration]:
    """A confirmed registration for each name."""
    return [make.registration(event, make.member(name)) for name in names]


def path(member: Member) -> str:
    """Make the address of their calendar, and return its path."""
    calendar_feed.make_address(member, at=NOW)
    return calendar_feed.address(member).removeprefix("http://localhost:8000")


def minutes(number: float) -> datetime:
    """So many minutes after the beginning."""
    return NOW + timedelta(minutes=number)


def crowd(event: Event, session: Session, number: int) -> None:
    """Book ``session`` for so many other people, one after the other."""
    for one in make.crowd(event, number):
        booking.book(session, one, by=BY, at=NOW)


def fill(session: Session, waiting: int = 0) -> None:
    """Let others take all the places of a session, and ``waiting`` of them wait."""
    crowd(session.event, session, found(session.workshop.capacity) + waiting)


def full_with_line(
    event: Event, *names: str, capacity: int = 1, **times: Any
) -> tuple[Session, list[Booking]]:
    """A full session and those who wait for it, by name."""
    session = make.workshop(event, capacity=capacity, **times)
    crowd(event, session, capacity)
    return session, [booking.book(session, one, by=BY, at=NOW) for one in registered(event, *names)]


def offered(
    event: Event, *, name: str = "Bo", at: datetime = make.NOW, **times: Any
) -> tuple[Booking, Booking]:
    """Somebody who holds an offer for a session of one place that clashes with what they have booked.

    Returns (the offered booking, the booking that it clashes with).
    """
    session, other = make.workshop(event, capacity=1, **times), make.workshop(event, **times)
    ada, bo = registered(event, "Ada", name)
    adas = booking.book(session, ada, by=BY, at=at)
    bos = booking.book(session, bo, by=BY, at=at)
    theirs = booking.book(other, bo, by=BY, at=at)
    booking.cancel(adas, by=BY, at=at)
    assert statuses(bos, theirs) == [Status.OFFERED, Status.BOOKED]
    return bos, theirs


def passed(event: Event, **times: Any) -> tuple[Booking, Booking]:
    """Somebody who declined an offer; returns what ``offered`` returns."""
    bos, theirs = offered(event, **times)
    booking.decline(bos, by=BY, at=make.NOW)
    assert statuses(bos, theirs) == [Status.PASSED, Status.BOOKED]
    return bos, theirs


def contested(registration: Registration, *, hour: float = 12, **fields: Any) -> tuple[Booking, Booking]:
    """Places of theirs to decide between: in a session that moved to ``hour``, and in one that was there."""
    moved = make.workshop(registration.event, hour=hour - 2, **fields)
    stays = make.workshop(registration.event, hour=hour)
    theirs = [booking.book(one, registration, by=BY, at=NOW) for one in (moved, stays)]
    session = make.later(Session.objects.get(pk=moved.pk), timedelta(hours=2))
    changes.save_session(session, by=BY, at=NOW)
    assert statuses(*theirs) == [Status.CONTESTED, Status.BOOKED]
    return theirs[0], theirs[1]


def told(*kinds: str) -> list[tuple[str, str, Any]]:
    """The messages owed of these kinds, as (kind, member's name or address, what it is about)."""
    rows = Message.objects.filter(kind__in=kinds).select_related("member").order_by("id")
    return [(row.kind, row.member.name if row.member else row.email, row.payload) for row in rows]
