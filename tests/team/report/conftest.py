"""An event, its report as an event admin reads it, and their browser."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from events.models import Event
from team.report.figures import Figure
from team.report.report import report
from tests import make
from tests.contracts import people
from tests.make import NOW


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


@pytest.fixture
def desk() -> Client:
    """The browser of an event admin."""
    return people.reader(people.staff("Event admin"))


@pytest.fixture
def figures(event: Event) -> Callable[..., dict[str, Figure]]:
    """The figures of the event by their keys, for whoever may read everything."""

    def at_that_moment(
        at: datetime = NOW, *, reads_reasons: bool = True, sees_needs: bool = True
    ) -> dict[str, Figure]:
        found = report(event, reads_reasons=reads_reasons, sees_needs=sees_needs, at=at)
        return {one.key: one for one in found}

    return at_that_moment
