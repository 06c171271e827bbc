"""A session that somebody has booked and was told of, and its move."""

from datetime import datetime, timedelta
from typing import Any

from events.models import Event, Registration, Session
from tests import letters, make
from tests.make import BY, NOW
from tests.workshops.places.state import minutes
from workshops.places import booking
from workshops.programme import changes

WAS = "Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time)"


def told(event: Event, registration: Registration) -> Session:
    """A session at the time ``WAS``, booked, with its letter sent."""
    made = make.workshop(event, title="Leading quietly", slug="leading", room="Room 3", capacity=1)
    booking.book(made, registration, by=BY, at=NOW)
    letters.deliver(minutes(2))
    return made


def move(
    session: Session, hours: float = 2, at: datetime = NOW + timedelta(minutes=5), **fields: Any
) -> Session:
    """Move a session, and change what else is said."""
    session = make.later(Session.objects.get(pk=session.pk), timedelta(hours=hours))
    for name, value in fields.items():
        setattr(session, name, value)
    changes.save_session(session, by=BY, at=at)
    return session
