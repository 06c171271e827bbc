"""What a guest says again: the comment that stands or waits already, or another one."""

import pytest
from django.utils import translation

from comments.models import Comment
from comments.writing.authoring import Guest
from tests import make
from tests.comments.conversation import GWEN, LATER, says, trusted

pytestmark = pytest.mark.django_db


def test_the_same_words_of_a_guest_from_a_fresh_box_are_one_comment_below_the_same_post():
    post, by = make.post(), GWEN

    first = says(post, by, "Thank you.\r\nAll of you.")
    again = says(post, by, " Thank you.\nAll of you. ", at=LATER)

    assert (again.pk, Comment.objects.count()) == (first.pk, 1)
    assert says(post, by, "Thank you.") != first
    assert says(make.post(), by, "Thank you.\nAll of you.") != first
    assert says(post, Guest("Hal", "hal@guests.example"), "Thank you.\nAll of you.") != first


@pytest.mark.slow
def test_the_same_words_may_stand_below_different_comments():
    post = make.post()
    one, other = says(post, trusted("Ada"), "One"), says(post, trusted("Bo"), "Other")
    deeper = says(post, trusted("Cy"), "Deeper", reply_to=one)

    answers = [says(post, GWEN, "Thank you.", reply_to=place) for place in (None, one, other, deeper)]

    assert len({answer.pk for answer in answers}) == 4
    assert [says(post, GWEN, "Thank you.", reply_to=place) for place in (None, one, other, deeper)] == answers


def test_the_same_words_may_stand_in_an_answer_and_then_on_their_own():
    post = make.post()
    answer = says(post, GWEN, "Thank you.", reply_to=says(post, trusted("Ada"), "One"))

    assert says(post, GWEN, "Thank you.") != answer


@pytest.mark.parametrize("status", ["rejected", "removed", "withdrawn"])
def test_what_does_not_stand_any_more_can_be_said_again(status):
    post = make.post()
    first = says(post, GWEN, "Thank you.")
    Comment.objects.update(status=status)

    assert says(post, GWEN, "Thank you.") != first


def test_a_guest_is_written_to_in_the_language_of_the_page():
    with translation.override("cy"):
        comment = says(make.post(), GWEN)

    assert comment.guest_language == "cy"
