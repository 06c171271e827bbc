"""Ada and their browser."""

import pytest
from django.test import Client

from members.models import Member
from tests import make
from tests.members.accounts.signing_up import PASSWORD


@pytest.fixture
def ada() -> Member:
    return make.member("Ada", email="ada@example.org", password=PASSWORD)


@pytest.fixture
def browser(ada: Member) -> Client:
    """Ada's browser, which is logged in and sends what browsers send."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    return client
