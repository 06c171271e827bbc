"""The event that the journeys on the agenda are about, and its sessions by their titles."""

from django.utils import timezone

from events.models import Event, Session
from tests import make
from tests.found import found
from tests.make import BY
from workshops.places import booking

TITLES = ["Pathways", "Run charts", "Plain words", "Small tests"]


def session(event: Event, title: str) -> Session:
    return event.sessions.select_related("workshop").get(title=title)


def fill(event: Event, title: str, waiting: int = 0) -> None:
    one = session(event, title)
    for other in make.crowd(event, found(one.workshop.capacity) + waiting):
        booking.book(one, other, by=BY, at=timezone.now())
