"""Who the tests of accounts log in."""

import pytest

from members.models import Member
from tests import make


@pytest.fixture
def tess() -> Member:
    """One of the team, without rights yet."""
    return make.member("Tess", is_staff=True)
