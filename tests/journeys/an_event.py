"""The event that the journeys on the agenda are about, and its sessions by their titles."""

from django.utils import timezone

from tests import make
from tests.make import BY
from workshops.places import booking

TITLES = ["Pathways", "Run charts", "Plain words", "Small tests"]


def session(event, title):
    return event.sessions.select_related("workshop").get(title=title)


def fill(event, title, waiting=0):
    one = session(event, title)
    for other in make.crowd(event, one.workshop.capacity + waiting):
        booking.book(one, other, by=BY, at=timezone.now())
