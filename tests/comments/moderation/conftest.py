"""A post, and somebody who moderates what is said below it."""

import pytest

from blog.models import Post
from members.models import Member
from tests import make
from tests.comments.conversation import moderator


@pytest.fixture
def mo() -> Member:
    """A moderator."""
    return moderator()


@pytest.fixture
def post() -> Post:
    """A post that is there for everybody."""
    return make.post()
