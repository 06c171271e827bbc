"""A post, a moderator called Mo, and their browser; a file of tests may have others."""

import pytest

from team import queues
from team.comment_review import review
from tests import make
from tests.comments.conversation import moderator
from tests.make import NOW
from tests.team.moderating import browser
from tests.team.posts import editor


@pytest.fixture
def post():
    return make.post()


@pytest.fixture
def mo():
    return moderator("Mo")


@pytest.fixture
def shown(mo):
    """The review of a comment, as Mo reads it or somebody else."""

    def sheet_of(comment, at=NOW, reader=None):
        return review(queues.in_context().get(pk=comment.pk), reader=reader or mo, at=at)

    return sheet_of


@pytest.fixture
def desk(mo):
    """Mo's browser."""
    return browser(mo)


@pytest.fixture
def eve(client):
    """An editor, logged in."""
    return editor(client)
