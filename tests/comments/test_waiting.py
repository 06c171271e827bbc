"""What waits is the same for a list of comments and for one of them, whatever has happened to it."""

from datetime import timedelta
from itertools import product

import pytest

from comments.models import Comment
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def everything() -> list[Comment]:
    """A comment in each state, with and without an edit, asked again before, at and after a decision."""
    post = make.post()
    cases = product(Comment.Status.values, ["", "Other words"], [None, NOW - HOUR, NOW, NOW + HOUR])
    for status, edit, asked_at in cases:
        make.comment(post, status=status, pending_body=edit, appealed_at=asked_at, status_changed_at=NOW)
    return list(Comment.objects.all())


def test_a_comment_waits_where_the_list_of_those_that_wait_has_it(everything):
    waiting = {one for one in everything if one.waits}

    assert set(Comment.objects.pending()) == waiting
    assert {(one.status, bool(one.pending_body)) for one in waiting} == {
        ("pending", False),
        ("pending", True),
        ("published", True),
    }


def test_a_comment_is_asked_about_again_where_the_list_of_those_has_it(everything):
    asked = {one for one in everything if one.is_appealed}

    assert set(Comment.objects.appealed()) == asked
    assert {(one.status, one.appealed_at) for one in asked} == {
        (status, at) for status in ("rejected", "removed") for at in (NOW, NOW + HOUR)
    }
