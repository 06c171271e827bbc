"""The day of an event, with a session that is on and one that starts soon."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Session
from members.models import Member
from tests import make
from tests.contracts import people
from tests.found import found

#: Ten o'clock on the first day of make.event.
AT = make.NOW.replace(day=18, hour=10)
MINUTE = timedelta(minutes=1)
LINK = "https://meet.example/1"


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


@pytest.fixture
def on(event: Event) -> Session:
    """On since twelve minutes."""
    return begins(event, -12, "on", join_url=LINK)


@pytest.fixture
def soon(event: Event) -> Session:
    """Starts in five minutes; promises captions."""
    return begins(event, 5, "soon", join_url=LINK, has_captions=True, supported_by="Quick Fingers")


def begins(event: Event, minutes: float, slug: str, **fields: Any) -> Session:
    """Return a session of an hour that begins so many minutes after ``AT``."""
    starts = AT + minutes * MINUTE
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    return make.workshop(event, slug=slug, title=f"The {slug}", **(times | fields))


@pytest.fixture
def tess() -> Member:
    """An event admin."""
    return people.staff("Event admin")


@pytest.fixture
def desk(tess: Member) -> Client:
    """Her browser."""
    return people.reader(tess)


def ends(session: Session) -> Any:
    return found(session.ends_at)
