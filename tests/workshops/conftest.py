"""An event, Ada who is registered for it, and what is offered to them."""

import pytest
from django.test import Client

from events.models import Event, Registration, Session
from tests import make
from tests.make import BY, NOW
from workshops.places import booking


@pytest.fixture
def event() -> Event:
    """The community's event."""
    return make.event(slug="2026", title="Q 2026")


@pytest.fixture
def ada(event: Event, client: Client) -> Registration:
    """Ada's registration; they are logged in."""
    registration = make.registration(event, make.member("Ada", email="ada@example.org"))
    client.force_login(registration.member)
    return registration


@pytest.fixture
def offer(event: Event, ada: Registration) -> tuple[Session, Session]:
    """A place in a full session is held for Ada, who has booked another one at that time."""
    mine, full = make.workshop(event, title="Run charts"), make.workshop(event, capacity=1)
    bos = booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(full, ada, by=BY, at=NOW)
    booking.book(mine, ada, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)
    return mine, full
