"""An event, an event admin called Tess and her browser, and what writes and sends announcements."""

import pytest
from django.test import Client

from events.models import Event
from members.models import Member
from tests import make
from tests.contracts import people


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


@pytest.fixture
def tess() -> Member:
    """An event admin, who is a member like all others."""
    return people.staff("Event admin")


@pytest.fixture
def desk(tess: Member) -> Client:
    """Her browser."""
    return people.reader(tess)
