"""A post, a moderator called Mo, and their browser; a file of tests may have others."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from blog.models import Post
from comments.models import Comment
from members.models import Member
from team.moderation import queues
from team.moderation.comment_review import CommentReview, review
from tests import make
from tests.comments.conversation import moderator
from tests.make import NOW
from tests.team.moderating import browser
from tests.team.posts import editor


@pytest.fixture
def post() -> Post:
    return make.post()


@pytest.fixture
def mo() -> Member:
    return moderator("Mo")


@pytest.fixture
def shown(mo: Member) -> Callable[..., CommentReview]:
    """The review of a comment, as Mo reads it or somebody else."""

    def review_of(comment: Comment, at: datetime = NOW, reader: Member | None = None) -> CommentReview:
        return review(queues.in_context().get(pk=comment.pk), reader=reader or mo, at=at)

    return review_of


@pytest.fixture
def desk(mo: Member) -> Client:
    """Mo's browser."""
    return browser(mo)


@pytest.fixture
def eve(client: Client) -> Member:
    """An editor, logged in."""
    return editor(client)
