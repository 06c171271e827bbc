"""What an undoing leaves alone, whom it tells, and what is refused because there is nothing to decide."""

import pytest

from blog.models import Post
from comments.models import Comment, Decision
from comments.moderation import decisions
from comments.refusals import NotPossible
from comments.writing import authoring
from notifications.models import Message
from tests import make
from tests.comments.conversation import GWEN, LATER, fresh, owed, published, reject, remove, says
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status = Comment.Status


@pytest.fixture
def post() -> Post:
    return make.post(authors=[make.member("Pia")])


def test_only_the_decision_that_was_undone_is_marked(post, mo):
    one, other = reject(says(post, GWEN, "One"), mo), reject(says(post, GWEN, "Other"), mo)

    decisions.undo(one, by=mo, at=LATER)

    marked = dict(Decision.objects.filter(undoes=None).values_list("pk", "undone_at"))
    assert marked == {one.pk: LATER, other.pk: None}


def test_a_decision_whose_words_are_forgotten_cannot_be_undone(post, mo):
    decision = reject(says(post, GWEN), mo)
    del decision.before["body"]
    decision.save()

    with pytest.raises(NotPossible, match="cannot be undone"):
        decisions.undo(decision, by=mo, at=LATER)


def test_who_was_told_of_a_removal_is_told_that_it_stands_again(post, mo):
    removal = remove(published(post, mo=mo), mo)
    Message.objects.all().update(state=Message.State.SENT)

    decisions.undo(removal, by=mo, at=LATER)

    assert ("comment-published", GWEN.email) in owed()


def test_who_was_not_told_of_a_removal_is_not_told_that_it_stands_again(post, mo):
    comment = published(post, mo=mo)
    Message.objects.all().update(state=Message.State.SENT)

    decisions.undo(remove(comment, mo), by=mo, at=LATER)

    assert ("comment-published", GWEN.email) not in owed()


@pytest.mark.parametrize("act", ["spam", "remove"])
def test_news_that_were_taken_back_are_owed_again_once_it_stands(post, mo, act):
    comment = published(post, mo=mo)
    owed_before = owed()
    decision = (
        remove(comment, mo)
        if act == "remove"
        else decisions.spam(comment, by=mo, at=LATER, seen=comment.version)
    )

    decisions.undo(decision, by=mo, at=LATER)

    assert ("comment-on-your-post", "Pia") in owed_before
    assert ("comment-on-your-post", "Pia") in owed()


def test_undoing_the_publication_of_an_edit_is_no_news(post, mo):
    comment = published(post, mo=mo)
    authoring.edit(comment, "Another text", by=BY, at=NOW)
    decision = decisions.publish(comment, by=mo, at=LATER, seen=fresh(comment).version)
    Message.objects.all().update(state=Message.State.SENT)

    decisions.undo(decision, by=mo, at=LATER)

    assert owed() == []


@pytest.mark.parametrize("act", ["publish", "spam", "redact"])
def test_what_its_author_withdrew_is_not_decided_about(post, mo, act):
    comment = says(post, GWEN)
    authoring.withdraw(comment, by=BY, at=NOW)
    more = ["Thank"] if act == "redact" else []

    with pytest.raises(NotPossible, match="withdrawn"):
        getattr(decisions, act)(comment, *more, by=mo, at=LATER, seen=1)


def test_spam_is_not_marked_as_spam_again(post, mo):
    comment = says(post, GWEN)
    decisions.spam(comment, by=mo, at=NOW, seen=0)

    with pytest.raises(NotPossible, match="spam"):
        decisions.spam(comment, by=mo, at=LATER, seen=1)
