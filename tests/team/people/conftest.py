"""Somebody of the team who helps callers, and their browser."""

import pytest
from django.test import Client

from members.models import Member
from tests.contracts import people


@pytest.fixture
def sam() -> Member:
    """Who may do what the role Support may."""
    return people.staff("Support")


@pytest.fixture
def desk(sam: Member) -> Client:
    client = Client()
    client.force_login(sam)
    return client
