"""An event, Ada who is registered for it, and what is offered to them."""

import pytest

from tests import make
from tests.make import BY, NOW
from workshops.places import booking


@pytest.fixture
def event():
    """The community's event."""
    return make.event(slug="2026", title="Q 2026")


@pytest.fixture
def ada(event, client):
    """Ada's registration; they are logged in."""
    registration = make.registration(event, make.member("Ada", email="ada@example.org"))
    client.force_login(registration.member)
    return registration


@pytest.fixture
def offer(event, ada):
    """A place in a full session is held for Ada, who has booked another one at that time."""
    mine, full = make.workshop(event, title="Run charts"), make.workshop(event, capacity=1)
    bos = booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(full, ada, by=BY, at=NOW)
    booking.book(mine, ada, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)
    return mine, full
