"""A post, a moderator called Mo, and her browser; a file of tests may have others."""

import pytest

from tests import make
from tests.comments.conversation import moderator
from tests.team.moderating import browser
from tests.team.posts import editor


@pytest.fixture
def post():
    return make.post()


@pytest.fixture
def mo():
    return moderator("Mo")


@pytest.fixture
def desk(mo):
    """Mo's browser."""
    return browser(mo)


@pytest.fixture
def eve(client):
    """An editor, logged in."""
    return editor(client)
