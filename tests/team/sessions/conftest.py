"""An event, a session with two places in it, and an event admin with their browser."""

import pytest
from django.test import Client

from events.models import Event, Session
from members.models import Member
from tests import make
from tests.contracts import people


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


@pytest.fixture
def huddle(event: Event) -> Session:
    """A workshop with two places, from 10 to 11 on the first day."""
    return make.workshop(
        event,
        capacity=2,
        slug="huddle",
        title="The huddle",
        join_url="https://join.example/",
        has_captions=True,
    )


@pytest.fixture
def tess() -> Member:
    """An event admin."""
    return people.staff("Event admin")


@pytest.fixture
def desk(tess: Member) -> Client:
    """Her browser."""
    return people.reader(tess)
