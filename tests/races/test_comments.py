"""Members, guests and moderators at the same comments at the same moment: every state legal, nothing lost."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from comments.models import Comment, Decision, Follow, Report
from comments.moderation import decisions, digest, reporting
from comments.refusals import ChangedMeanwhile, NothingToAnswer, NotPossible, TooLateToEdit
from comments.writing import authoring, guests
from comments.writing.authoring import Guest, Sent
from notifications.models import Message
from tests import make
from tests.comments import invariants
from tests.comments.conversation import GWEN, LATER, moderator, published, says, trusted
from tests.found import found
from tests.make import BY, NOW
from tests.races.together import Act, holding, together, until_blocked

pytestmark = pytest.mark.race
Status, Kind = Comment.Status, Decision.Kind
ROUNDS = 8


@pytest.fixture(autouse=True)
def _every_state_is_legal(transactional_db) -> Iterator[None]:
    yield
    assert invariants.broken() == []


def leave(post, by, sent=None, **more):
    sent = sent or Sent(uuid4())
    return lambda: authoring.leave(post, "Thank you.", by=by, at=NOW, sent=sent, **more)


def test_the_same_words_sent_from_twelve_boxes_at_once_are_one_comment():
    for _ in range(ROUNDS):
        post = make.post()

        made = together(*(leave(post, GWEN) for _ in range(12)), threads=12)

        assert {one.pk for one in made} == {Comment.objects.get(post=post).pk}


def publish(comment, by):
    return lambda: decisions.publish(comment, by=by, at=LATER, seen=comment.version)


def reject(comment, by):
    return lambda: decisions.reject(comment, by=by, at=LATER, seen=comment.version, reason="unkind")


def remove(comment, by):
    return lambda: decisions.remove(comment, by=by, at=LATER, seen=comment.version, reason="unkind")


def owed(kind):
    return Message.objects.filter(kind=kind).count()


def test_of_500_guest_comments_at_once_none_is_lost_and_none_is_public():
    post = make.post()
    names = [Guest(f"Guest {n}", f"{n}@guests.example") for n in range(500)]

    made = together(*(leave(post, one) for one in names), threads=24)

    assert {one.guest_name for one in made} == {one.name for one in names}
    assert set(Comment.objects.values_list("status", "held_for")) == {("pending", "guest")}
    assert (Comment.objects.count(), owed("comment-received")) == (500, 500)


def test_pressing_six_times_at_once_is_one_comment():
    post, sent = make.post(), Sent(uuid4(), follows=True)

    made = together(*[leave(post, GWEN, sent)] * 6)

    assert len({one.pk for one in made}) == 1
    assert (Comment.objects.count(), owed("comment-received"), Follow.objects.count()) == (1, 1, 1)


def test_a_sending_that_comes_while_it_is_being_written_is_that_comment():
    post, ada, submission = make.post(), trusted("Ada"), uuid4()
    made = says(post, ada, "Once")

    with holding("UPDATE comments_comment SET submission = %s WHERE id = %s", str(submission), made.pk):
        again = Act(partial(authoring.leave, post, "Once", by=ada, at=NOW, sent=Sent(submission)))
        until_blocked()

    assert again.wait() == made


@pytest.mark.parametrize("second", [publish, reject])
def test_of_two_moderators_one_decides_and_the_other_is_told_who(second):
    mo, nia = moderator("Mo"), moderator("Nia")
    for _ in range(ROUNDS):
        post = make.post()
        comment = says(post, GWEN, at=NOW - timedelta(hours=1))

        ends = together(publish(comment, mo), second(comment, nia))

        decision = comment.decisions.get()
        [told] = [one for one in ends if isinstance(one, ChangedMeanwhile)]
        assert str(told).startswith(found(decision.by).name)
        Comment.objects.filter(pk=comment.pk).update(created_at=NOW - timedelta(days=1))


def test_one_moderator_who_presses_six_times_has_decided_once():
    comment, mo = says(make.post(), GWEN), moderator()

    together(*[publish(comment, mo)] * 6)

    assert (Decision.objects.count(), owed("comment-published")) == (1, 1)


def test_a_reply_to_a_comment_that_is_being_removed_comes_before_it_or_is_refused():
    post, mo, ada = make.post(), moderator(), trusted()
    outcomes: Counter[str] = Counter()
    for _ in range(ROUNDS):
        thread = published(post, mo, mo=mo)

        _, reply = together(remove(thread, mo), leave(post, ada, reply_to=thread))

        outcomes[type(reply).__name__] += 1
        if not isinstance(reply, NothingToAnswer):
            assert reply.is_published
        assert Comment.objects.get(pk=thread.pk).status == Status.REMOVED
        Comment.objects.filter(member=ada, thread=thread).delete()
    assert sum(outcomes.values()) == ROUNDS


def test_a_reply_waits_for_the_removal_that_is_under_way_and_is_refused():
    post, mo, ada = make.post(), moderator(), trusted()
    thread = published(post, mo, mo=mo)
    statement = "UPDATE comments_comment SET status = 'removed' WHERE id = %s"

    with holding(statement, thread.pk):
        reply = Act(leave(post, ada, reply_to=thread))
        until_blocked()
    with pytest.raises(NothingToAnswer):
        raise reply.wait()

    assert Comment.objects.filter(thread=thread).count() == 0
    Comment.objects.filter(pk=thread.pk).update(status=Status.PUBLISHED)


@pytest.mark.parametrize("act", ["withdraw", "edit"])
def test_a_moderator_publishes_what_they_saw_while_its_author_changes_it(act):
    mo = moderator()
    for _ in range(ROUNDS):
        post = make.post()
        comment = says(post, GWEN, "Agreed", at=NOW)
        change = {
            "withdraw": lambda comment=comment: authoring.withdraw(comment, by=BY, at=LATER),
            "edit": lambda comment=comment: authoring.edit(comment, "Buy this", by=BY, at=LATER),
        }[act]

        decided, changed = together(publish(comment, mo), change)

        now = Comment.objects.get(pk=comment.pk)
        if act == "withdraw":
            assert now.status == Status.WITHDRAWN
        elif isinstance(decided, ChangedMeanwhile):
            assert (now.status, now.body) == (Status.PENDING, "Buy this")
        else:
            assert (now.body, now.pending_body) == ("Agreed", "Buy this")
        assert not isinstance(changed, TooLateToEdit)
        Comment.objects.filter(pk=comment.pk).update(created_at=NOW - timedelta(days=1))


def test_an_undoing_and_another_decision_do_not_undo_each_other():
    mo, nia = moderator("Mo"), moderator("Nia")
    for _ in range(ROUNDS):
        post = make.post()
        comment = says(post, GWEN, at=NOW)
        decision = decisions.publish(comment, by=mo, at=NOW, seen=0)
        comment.refresh_from_db()

        undone, removed = together(partial(decisions.undo, decision, by=mo, at=LATER), remove(comment, nia))

        refused = [isinstance(one, ChangedMeanwhile | NotPossible) for one in (undone, removed)]
        status = Comment.objects.get(pk=comment.pk).status
        assert (refused, status) in [([True, False], "removed"), ([False, True], "pending")]
        Comment.objects.filter(pk=comment.pk).update(created_at=NOW - timedelta(days=1))


def test_undoing_four_times_at_once_is_one_undoing():
    comment, mo = says(make.post(), GWEN), moderator()
    decision = decisions.publish(comment, by=mo, at=NOW, seen=0)

    undone = together(*[lambda: decisions.undo(decision, by=mo, at=LATER)] * 4)

    assert (len(set(undone)), Comment.objects.get(pk=comment.pk).status) == (1, Status.PENDING)


def test_publishing_with_a_reply_twice_at_once_is_one_reply():
    comment, mo, submission = says(make.post(), GWEN), moderator(), uuid4()

    def act():
        return decisions.publish_and_reply(
            comment, "Welcome.", by=mo, at=LATER, seen=0, submission=submission
        )

    replies = together(*[act] * 4)

    assert len(set(replies)) == 1
    assert (Comment.objects.count(), Decision.objects.count()) == (2, 1)


def test_a_member_who_reports_six_times_at_once_has_reported_once():
    comment, ada = make.comment(make.post()), make.member()

    def act():
        return reporting.report(comment, by=ada, reason="spam", words="", at=NOW)

    together(*[act] * 6)

    assert Report.objects.count() == 1


def test_a_comment_is_added_to_an_account_once_while_a_moderator_publishes_it():
    ada, mo = make.member("Ada", email="ada@members.example"), moderator()
    thread = published(make.post(), mo, mo=mo)
    comment = says(thread.post, Guest("Ada", ada.email), reply_to=thread, follows=True)

    together(
        *[lambda: guests.add_to_account(comment, ada, at=NOW)] * 3,
        lambda: authoring.edit(comment, "Changed", by=BY, at=LATER),
    )

    now = Comment.objects.get(pk=comment.pk)
    assert (now.member, now.guest_name, now.guest_email, now.body) == (ada, "", "", "Changed")
    follow = Follow.objects.get()
    assert (follow.member, follow.guest_comment) == (ada, None)


def test_what_a_worker_takes_while_it_is_taken_back_goes_out_and_stays_on_record():
    post, mo = make.post(authors=[make.member("Author")]), moderator()
    comment = published(post, GWEN, mo=mo)
    [news] = Message.objects.filter(kind="comment-on-your-post")
    claimed = "UPDATE notifications_message SET state = 'sending', lease_until = now() WHERE id = %s"

    with holding(claimed, news.pk):
        removal = Act(remove(comment, mo))
        until_blocked()
    removal.wait()

    assert Message.objects.filter(pk=news.pk, state="sending").exists()


def test_two_workers_tell_each_moderator_once():
    [moderator(name) for name in ("Mo", "Nia")]
    make.comment(make.post(), status="pending", created_at=NOW - timedelta(hours=2))

    together(*[lambda: digest.tell_moderators(at=NOW)] * 4)

    assert owed("moderation-digest") == 2
