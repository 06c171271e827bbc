"""Who the tests of members log in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from members.models import Member
from tests import make


@pytest.fixture
def sam(client: Client) -> Member:
    """An admin who is logged in."""
    member = make.member("Sam", email="sam@example.org", is_staff=True, is_superuser=True)
    client.force_login(member)
    return member


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands still until a test shifts it."""
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False) as travelling:
        yield travelling
