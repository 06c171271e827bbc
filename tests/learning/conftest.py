"""Somebody who was in some of an event's sessions, on the morning after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.models import Event, Registration, Session
from live.models import Attendance
from members.models import Member
from tests import make

#: The event's sessions are on 18 November.
AFTER = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Learner:
    """Ada, registered; their record's address, and a browser in which they are logged in."""

    event: Event
    registration: Registration
    client: Client

    @property
    def member(self) -> Member:
        return self.registration.member

    @property
    def path(self) -> str:
        return f"/events/{self.event.slug}/cpd/"

    def was_in(self, session: Session, **fields: Any) -> Attendance:
        """Note that they were in a session; they pressed Join as it began, unless something else is said."""
        known = fields or {"joined_at": session.starts_at}
        return Attendance.objects.create(registration=self.registration, session=session, **known)


@pytest.fixture
def learner() -> Learner:
    event = make.event(title="Community event")
    ada = make.member("Siân Llŷr")
    client = Client()
    client.force_login(ada)
    return Learner(event, make.registration(event, ada), client)


@pytest.fixture
def afterwards() -> Iterator[None]:
    """The site's clock stands on the morning after the event."""
    with time_machine.travel(AFTER, tick=False):
        yield
