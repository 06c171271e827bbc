"""An event with pages, and who the tests of them log in."""

import pytest
from django.test import Client

from events.models import Event
from members.models import Member
from tests import make


@pytest.fixture
def event() -> Event:
    """The community's event."""
    return make.event(slug="2026", title="Community event", code_of_conduct="Be kind.")


@pytest.fixture
def ada(client: Client) -> Member:
    """A member who is logged in."""
    ada = make.member("Ada", email="ada@example.org", organisation="Leeds Trust", role="Nurse")
    client.force_login(ada)
    return ada
