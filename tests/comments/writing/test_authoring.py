"""Leaving, editing and withdrawing comments."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from comments.models import Comment, Follow
from comments.moderation import decisions
from comments.refusals import CommentsClosed, NothingToAnswer, SaysNothing, TooLateToEdit, TooManyComments
from comments.writing import authoring
from comments.writing.authoring import Guest, Sent
from tests import make
from tests.comments.conversation import GWEN, LATER, moderator, owed, published, says, trusted
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status = Comment.Status


def test_a_comment_keeps_who_wrote_it_and_what_was_said():
    post, ada = make.post(), trusted()

    comment = says(post, ada, "  One.\r\n\r\nTwo.  ")

    assert (comment.post, comment.member, comment.guest_name, comment.guest_email) == (post, ada, "", "")
    assert (comment.body, comment.thread, comment.reply_to) == ("One.\n\nTwo.", None, None)
    assert (comment.created_at, comment.published_at) == (NOW, NOW)


def test_a_guest_is_kept_by_the_name_they_give():
    comment = says(make.post(), Guest("محمد", "Gwen@Guests.Example"))

    assert (comment.member, comment.guest_name, comment.guest_email) == (None, "محمد", "gwen@guests.example")
    assert comment.published_at is None


def test_pressing_twice_is_one_comment():
    post, sent = make.post(), Sent(uuid4())

    first = authoring.leave(post, "Once", by=GWEN, at=NOW, sent=sent)
    second = authoring.leave(post, "Once", by=GWEN, at=LATER, sent=sent)

    assert (first.pk, Comment.objects.count()) == (second.pk, 1)
    assert owed() == [("comment-received", "gwen@guests.example")]


def test_pressing_again_after_the_post_was_closed_is_the_comment_that_was_made():
    post, sent = make.post(), Sent(uuid4())
    made = authoring.leave(post, "Thank you.", by=GWEN, at=NOW, sent=sent)
    type(post).objects.update(comment_policy="closed")

    assert authoring.leave(post, "Thank you.", by=GWEN, at=LATER, sent=sent) == made


def test_replies_stand_in_one_level_whatever_they_answer():
    post, ada, bo = make.post(), trusted("Ada"), trusted("Bo")

    thread = says(post, ada)
    reply = says(post, bo, reply_to=thread)
    deeper = says(post, ada, reply_to=reply)

    assert (reply.thread, reply.reply_to) == (thread, None)
    assert (deeper.thread, deeper.reply_to) == (thread, reply)


@pytest.mark.parametrize("status", ["pending", "rejected", "spam", "removed", "withdrawn"])
def test_what_is_not_public_cannot_be_answered(status):
    post = make.post()
    hidden = make.comment(post, status=status)

    with pytest.raises(NothingToAnswer):
        says(post, trusted(), reply_to=hidden)


def test_a_comment_on_another_post_cannot_be_answered_here():
    with pytest.raises(NothingToAnswer):
        says(make.post(), trusted(), reply_to=make.comment(make.post()))


def test_a_reply_under_a_removed_thread_can_still_be_answered():
    post, mo = make.post(), moderator()
    thread = published(post, mo=mo)
    reply = says(post, mo, reply_to=thread)
    decisions.remove(thread, by=mo, at=NOW, seen=thread.version, reason="unkind")

    assert says(post, mo, reply_to=reply).thread_id == thread.pk


@pytest.mark.parametrize(
    "closed",
    [
        {"comment_policy": "closed"},
        {"comments_close_at": NOW},
        {"status": "withdrawn"},
        {"status": "draft"},
        {"published_at": NOW + timedelta(seconds=1)},
    ],
)
def test_comments_are_closed_to_the_second_and_on_posts_that_nobody_reads(closed):
    with pytest.raises(CommentsClosed):
        says(make.post(**closed), trusted())


def test_comments_are_open_until_their_last_second():
    post = make.post(comments_close_at=NOW)

    assert says(post, trusted(), at=NOW - timedelta(seconds=1)).is_published


def test_closing_counts_for_whoever_opened_the_page_before():
    post = make.post()
    type(post).objects.update(comment_policy="closed")

    with pytest.raises(CommentsClosed):
        says(post, trusted())


def test_a_comment_without_a_word_is_refused():
    with pytest.raises(SaysNothing):
        says(make.post(), GWEN, " \r\n ")


@pytest.mark.slow
@pytest.mark.parametrize("by", [GWEN, "member"])
def test_nobody_posts_more_than_people_write(by):
    post = make.post()
    by = make.member() if by == "member" else by
    for number in range(10):
        says(post, by, f"{number}. Thank you.")

    with pytest.raises(TooManyComments):
        says(post, by)
    with pytest.raises(TooManyComments):
        says(post, by, at=NOW + timedelta(minutes=10, seconds=-1))
    assert says(post, by, at=NOW + timedelta(minutes=10))
    assert says(post, Guest("Bo", "bo@guests.example"))
    assert says(post, make.member("Cy"))


def test_the_team_answers_as_many_as_there_are():
    post, mo = make.post(), moderator()

    assert (
        len([says(post, mo) for _ in range(authoring.MAX_COMMENTS_PER_WINDOW + 1)])
        == authoring.MAX_COMMENTS_PER_WINDOW + 1
    )


def test_the_first_text_of_a_trusted_member_changes_at_once():
    comment = says(make.post(), trusted(), "Frist")

    edited = authoring.edit(comment, "First", by=BY, at=LATER)

    assert (edited.body, edited.pending_body, edited.edited_at) == ("First", "", LATER)
    assert edited.version == 1


def test_saving_the_same_words_is_no_edit():
    comment = says(make.post(), trusted())

    saved = authoring.edit(comment, " Thank you.\r\n", by=BY, at=LATER)

    assert (saved.edited_at, saved.version) == (None, comment.version)


def test_a_comment_that_waits_is_changed_where_it_waits():
    edited = authoring.edit(says(make.post(), GWEN, "Frist"), "First", by=BY, at=LATER)

    assert (edited.body, edited.pending_body, edited.status) == ("First", "", Status.PENDING)


@pytest.mark.parametrize("by", [GWEN, "newcomer"])
def test_an_edit_of_a_comment_that_had_to_wait_waits_and_the_old_text_stays(by):
    by = make.member() if by == "newcomer" else by
    comment = published(make.post(), by, "Agreed")

    edited = authoring.edit(comment, "Buy this", by=BY, at=LATER)
    edited.refresh_from_db()

    assert (edited.body, edited.pending_body, edited.status) == ("Agreed", "Buy this", Status.PUBLISHED)
    assert list(Comment.objects.pending()) == [edited]


def test_links_that_are_edited_in_wait_too():
    comment = says(make.post(), trusted(), "Agreed")

    edited = authoring.edit(comment, "https://a.example https://b.example https://c.example", by=BY, at=LATER)

    assert (edited.body, edited.is_published) == ("Agreed", True)


def test_editing_back_to_the_old_text_leaves_nothing_waiting():
    comment = published(make.post(), GWEN, "Agreed")
    authoring.edit(comment, "Agreed, but", by=BY, at=LATER)

    assert authoring.edit(comment, "Agreed", by=BY, at=LATER).pending_body == ""


def test_editing_ends_after_ten_minutes():
    comment = says(make.post(), trusted())
    last = NOW + timedelta(minutes=10) - timedelta(seconds=1)

    assert authoring.edit(comment, "Later", by=BY, at=last).body == "Later"
    with pytest.raises(TooLateToEdit):
        authoring.edit(comment, "Too late", by=BY, at=last + timedelta(seconds=1))


@pytest.mark.parametrize("status", ["rejected", "removed", "withdrawn"])
def test_what_was_decided_against_or_withdrawn_is_not_edited(status):
    comment = make.comment(make.post(), status=status)

    with pytest.raises(TooLateToEdit):
        authoring.edit(comment, "Again", by=BY, at=LATER)


def test_withdrawing_keeps_what_was_said_from_everybody_and_takes_owed_emails_back():
    ada, post = trusted(), make.post(authors=[make.member("Author")])
    comment = says(post, ada)
    assert owed() == [("comment-on-your-post", "Author")]

    withdrawn = authoring.withdraw(comment, by=BY, at=LATER)

    assert (withdrawn.status, withdrawn.status_changed_at, withdrawn.version) == (Status.WITHDRAWN, LATER, 1)
    assert owed() == []
    assert authoring.withdraw(comment, by=BY, at=LATER + timedelta(hours=1)).status_changed_at == LATER


def test_what_was_removed_stays_removed():
    comment = make.comment(make.post(), trusted(), status="removed")

    assert authoring.withdraw(comment, by=BY, at=LATER).status == Status.REMOVED


def test_who_ticks_the_box_follows_the_thread():
    post, ada = make.post(), trusted()
    thread = says(post, ada, follows=True)
    says(post, ada, reply_to=thread, follows=True)
    guests = says(post, GWEN, reply_to=thread, follows=True)

    assert list(Follow.objects.values_list("thread", "member", "guest_comment")) == [
        (thread.pk, ada.pk, None),
        (thread.pk, None, guests.pk),
    ]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"guest_name": ""}, "a_comment_is_a_members_or_a_guests"),
        ({"body": ""}, "a_comment_says_something"),
        ({"published_at": None}, "a_published_comment_has_its_moment"),
    ],
)
def test_the_database_refuses_what_must_never_be(wrong, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make.comment(make.post(), **wrong)


def test_an_answer_stands_in_a_thread():
    other = make.comment(make.post())

    with pytest.raises(IntegrityError, match="an_answer_stands_in_a_thread"):
        make.comment(other.post, reply_to=other)
