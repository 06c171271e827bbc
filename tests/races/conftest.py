"""Every race ends with the question whether all rules about places still hold."""

from collections.abc import Iterator

import pytest

from tests import invariants


@pytest.fixture
def rules_hold(transactional_db: None) -> Iterator[None]:
    """Check the rules of places when the test is over."""
    yield
    assert invariants.broken() == []
    assert invariants.unserved() == []
