"""Who the tests of members log in."""

import pytest
from django.test import Client

from members.models import Member
from tests import make


@pytest.fixture
def sam(client: Client) -> Member:
    """An admin who is logged in."""
    member = make.member("Sam", email="sam@example.org", is_staff=True, is_superuser=True)
    client.force_login(member)
    return member
