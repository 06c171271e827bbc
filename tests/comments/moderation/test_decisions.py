"""What moderators decide, what it changes, and how it is undone."""

from uuid import uuid4

import pytest

from comments.models import Comment, Decision
from comments.moderation import decisions
from comments.refusals import ChangedMeanwhile, CommentsClosed, NotPossible
from comments.writing import authoring
from tests.comments.conversation import (
    GWEN,
    LATER,
    fresh,
    moderator,
    owed,
    published,
    reject,
    remove,
    says,
    trusted,
)
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status, Kind = Comment.Status, Decision.Kind


def test_publishing_makes_it_public_and_says_who_and_when(post, mo):
    comment = says(post, GWEN)

    decision = decisions.publish(comment, by=mo, at=LATER, seen=0)

    shown = fresh(comment)
    assert (shown.status, shown.published_at, shown.version) == (Status.PUBLISHED, LATER, 1)
    assert shown.status_changed_at == LATER
    assert (decision.kind, decision.by, decision.at) == (Kind.PUBLISH, mo, LATER)
    assert owed() == [("comment-published", GWEN.email), ("comment-received", GWEN.email)]


def test_a_decision_against_it_carries_a_reason_and_words(post, mo):
    decision = reject(comment := says(post, GWEN), mo, words=" It is about parking. ")

    assert fresh(comment).status == Status.REJECTED
    assert (decision.reason, decision.words) == ("off-topic", "It is about parking.")
    assert ("comment-not-published", GWEN.email) in owed()


def test_approving_a_parent_never_publishes_held_replies(post, mo):
    thread = published(post, mo=mo)
    held = says(post, GWEN, reply_to=thread)
    remove(thread, mo)

    decisions.publish(fresh(thread), by=mo, at=LATER, seen=fresh(thread).version)

    assert (fresh(thread).status, fresh(held).status) == (Status.PUBLISHED, Status.PENDING)


def test_removing_a_comment_leaves_its_replies(post, mo):
    thread = published(post, mo=mo)
    reply = says(post, mo, reply_to=thread)

    remove(thread, mo)

    assert (fresh(thread).status, fresh(reply).status) == (Status.REMOVED, Status.PUBLISHED)


def test_spam_is_told_to_nobody(post, mo):
    comment = says(post, trusted())

    decisions.spam(comment, by=mo, at=LATER, seen=0)

    assert (fresh(comment).status, owed()) == (Status.SPAM, [])


def test_an_edit_is_decided_about_by_itself(post, mo):
    comment = published(post, GWEN, "Agreed", mo=mo)
    authoring.edit(comment, "Agreed, twice", by=BY, at=LATER)

    decisions.publish(comment, by=mo, at=LATER, seen=fresh(comment).version)

    shown = fresh(comment)
    assert (shown.body, shown.pending_body, shown.edited_at) == ("Agreed, twice", "", LATER)
    assert (shown.published_at, shown.status_changed_at) == (NOW, NOW)


def test_an_edit_that_is_not_published_leaves_the_old_text(post, mo):
    comment = published(post, GWEN, "Agreed", mo=mo)
    authoring.edit(comment, "Buy this", by=BY, at=LATER)

    reject(comment, mo)

    shown = fresh(comment)
    assert (shown.body, shown.pending_body, shown.status) == ("Agreed", "", Status.PUBLISHED)
    assert list(Comment.objects.pending()) == []


def test_the_second_moderator_is_told_who_was_quicker(post, mo):
    comment, nia = says(post, GWEN), moderator("Nia")
    decisions.publish(comment, by=mo, at=NOW, seen=0)

    with pytest.raises(ChangedMeanwhile) as refused:
        decisions.reject(comment, by=nia, at=LATER, seen=0, reason="unkind")

    when = "on Monday 2 November, 10:00 (UK and Ireland time)"
    assert str(refused.value) == f"Mo published it {when}. Your decision has changed nothing."
    assert (fresh(comment).status, Decision.objects.count()) == (Status.PUBLISHED, 1)


def test_a_moderator_decides_about_the_words_they_saw_only(post, mo):
    comment = says(post, GWEN, "Agreed")
    authoring.edit(comment, "Buy this", by=BY, at=NOW)

    with pytest.raises(ChangedMeanwhile, match="Its author has changed this comment"):
        decisions.publish(comment, by=mo, at=LATER, seen=0)


def test_pressing_twice_is_one_decision(post, mo):
    comment = says(post, GWEN)

    first = decisions.publish(comment, by=mo, at=NOW, seen=0)
    second = decisions.publish(comment, by=mo, at=LATER, seen=0)

    assert (first, Decision.objects.count()) == (second, 1)


@pytest.mark.parametrize("act", ["publish", "reject", "remove"])
def test_a_decision_that_makes_no_sense_is_refused(post, mo, act):
    comment = published(post, mo=mo) if act != "remove" else says(post, GWEN)
    more = {} if act == "publish" else {"reason": "unkind"}

    with pytest.raises(NotPossible):
        getattr(decisions, act)(comment, by=mo, at=LATER, seen=comment.version, **more)
    assert fresh(comment).version == comment.version


@pytest.mark.slow
@pytest.mark.parametrize("act", ["publish", "reject", "spam", "remove", "redact", "edit"])
def test_undoing_brings_everything_back_and_nobody_is_told(post, mo, act):
    comment = says(post, GWEN, "My NHS number is 123")
    if act in ("remove", "edit"):
        comment = published(post, GWEN, mo=mo)
    if act == "edit":
        authoring.edit(comment, "Another text", by=BY, at=NOW)
    before = Comment.objects.filter(pk=comment.pk).values().get()
    owed_before = owed()
    decision = {
        "publish": lambda: decisions.publish(comment, by=mo, at=LATER, seen=fresh(comment).version),
        "edit": lambda: decisions.publish(comment, by=mo, at=LATER, seen=fresh(comment).version),
        "reject": lambda: reject(comment, mo),
        "spam": lambda: decisions.spam(comment, by=mo, at=LATER, seen=fresh(comment).version),
        "remove": lambda: remove(comment, mo),
        "redact": lambda: decisions.redact(comment, "My number", by=mo, at=LATER, seen=0),
    }[act]()
    assert Comment.objects.filter(pk=comment.pk).values().get() != before

    undone = decisions.undo(decision, by=mo, at=LATER)

    after = Comment.objects.filter(pk=comment.pk).values().get()
    assert after | {"version": None} == before | {"version": None}
    assert (undone.kind, undone.undoes, undone.by) == (Kind.UNDO, decision, mo)
    assert owed() == owed_before


def test_undoing_twice_is_one_undoing(post, mo):
    decision = reject(says(post, GWEN), mo)

    assert decisions.undo(decision, by=mo, at=LATER) == decisions.undo(decision, by=mo, at=LATER)


def test_what_happened_since_is_not_undone_with_it(post, mo):
    comment, nia = says(post, GWEN), moderator("Nia")
    decision = decisions.publish(comment, by=mo, at=NOW, seen=0)
    decisions.remove(comment, by=nia, at=NOW, seen=1, reason="unkind")

    with pytest.raises(ChangedMeanwhile, match="Nia removed it"):
        decisions.undo(decision, by=mo, at=LATER)
    assert fresh(comment).status == Status.REMOVED


def test_after_an_undoing_the_first_decision_can_be_made_again(post, mo):
    comment = says(post, GWEN)
    decisions.undo(decisions.publish(comment, by=mo, at=NOW, seen=0), by=mo, at=NOW)

    decisions.publish(comment, by=mo, at=LATER, seen=2)

    assert fresh(comment).status == Status.PUBLISHED
    assert owed().count(("comment-published", GWEN.email)) == 1


def test_who_is_too_late_after_an_undoing_is_told_of_it(post, mo):
    comment = says(post, GWEN)
    decisions.undo(decisions.publish(comment, by=mo, at=NOW, seen=0), by=mo, at=NOW)

    with pytest.raises(ChangedMeanwhile, match="Mo undid the last decision"):
        decisions.publish(comment, by=moderator("Nia"), at=LATER, seen=0)


def test_looking_at_an_address_cannot_be_undone(post, mo):
    with pytest.raises(NotPossible):
        decisions.undo(decisions.reveal(says(post, GWEN), by=mo, at=NOW), by=mo, at=NOW)


def test_looking_at_an_address_is_recorded_and_disturbs_no_decision(post, mo):
    comment = says(post, GWEN)

    decision = decisions.reveal(comment, by=mo, at=NOW)
    decisions.publish(comment, by=mo, at=LATER, seen=0)

    assert (decision.kind, decision.by) == (Kind.REVEAL, mo)


def test_publish_and_reply_is_one_step(post, mo):
    comment = says(post, GWEN)
    submission = uuid4()

    for _ in range(2):
        reply = decisions.publish_and_reply(
            comment, "Welcome.", by=mo, at=LATER, seen=0, submission=submission
        )

    assert fresh(comment).is_published
    assert (reply.thread_id, reply.member, reply.is_published) == (comment.pk, mo, True)
    assert Comment.objects.count() == 2


@pytest.mark.slow
def test_where_the_reply_cannot_be_left_nothing_is_published(post, mo):
    comment = says(post, GWEN)
    type(post).objects.update(comment_policy="closed")

    with pytest.raises(CommentsClosed):
        decisions.publish_and_reply(comment, "Welcome.", by=mo, at=LATER, seen=0, submission=uuid4())
    assert fresh(comment).status == Status.PENDING


def test_personal_data_is_taken_out_with_a_mark(post, mo):
    comment = says(post, GWEN, "Call Bo on 01234")

    decisions.redact(comment, "Call Bo on [a number]", by=mo, at=LATER, seen=0)

    shown = fresh(comment)
    assert (shown.body, shown.is_redacted, shown.status) == ("Call Bo on [a number]", True, Status.PENDING)


@pytest.mark.parametrize("body", ["", "  ", "Call Bo on 01234"])
def test_taking_nothing_or_everything_out_is_refused(post, mo, body):
    comment = says(post, GWEN, "Call Bo on 01234")

    with pytest.raises(NotPossible):
        decisions.redact(comment, body, by=mo, at=LATER, seen=0)


def test_taking_data_out_drops_an_edit_that_holds_them_still(post, mo):
    comment = published(post, GWEN, "Call Bo", mo=mo)
    authoring.edit(comment, "Call Bo on 01234", by=BY, at=NOW)

    decisions.redact(comment, "Call", by=mo, at=LATER, seen=fresh(comment).version)

    assert (fresh(comment).body, fresh(comment).pending_body) == ("Call", "")
