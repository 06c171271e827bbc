"""Every race ends with the question whether all rules about places still hold."""

import pytest

from tests import invariants


@pytest.fixture
def rules_hold(transactional_db):
    """Check the rules of places when the test is over."""
    yield
    assert invariants.broken() == []
    assert invariants.unserved() == []
