"""A guest's secret page, their address, and joining an account."""

from datetime import timedelta

import pytest

from comments import following, tokens
from comments.models import Follow
from comments.moderation import appeals, decisions
from comments.refusals import NotYours
from comments.writing import authoring, guests
from comments.writing.authoring import Guest
from notifications.models import Message
from tests import letters, make
from tests.comments.conversation import GWEN, LATER, fresh, moderator, owed, published, says
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
KEPT = guests.ADDRESS_RETENTION


def test_a_token_opens_its_own_comment_and_no_other_purpose():
    comment = says(make.post(), GWEN)
    token = guests.token_of(comment)

    assert guests.comment_of(token) == comment
    assert guests.comment_to_confirm(token) is None
    assert guests.comment_to_add(token) is None
    assert guests.comment_to_confirm(guests.confirmation_token_of(comment)) == comment
    assert guests.comment_to_add(guests.account_token_of(comment)) == comment


@pytest.mark.parametrize(
    "token", ["", "-", "1-", "x-1", "١-abc", "9" * 400 + "-a", "1-\ud800", "-1-abc", "1", "0x1-a", " 1-a"]
)
def test_a_token_that_was_made_up_opens_nothing(token):
    says(make.post(), GWEN)

    assert guests.comment_of(token) is None
    assert following.follow_of(token) is None


def test_the_number_of_another_comment_does_not_open_with_this_digest():
    first, second = says(make.post(), GWEN), says(make.post(), GWEN)
    digest = guests.token_of(first).partition("-")[2]

    assert guests.comment_of(f"{second.pk}-{digest}") is None


def test_a_members_comment_has_no_secret_page():
    comment = make.comment(make.post(), make.member())

    assert guests.comment_of(tokens.make("status", comment.pk)) is None


def test_an_address_is_confirmed_once():
    comment = says(make.post(), GWEN)

    guests.confirm_address(comment, at=NOW)

    assert guests.confirm_address(comment, at=LATER).address_confirmed_at == NOW


def test_only_mail_knows_that_an_address_belongs_to_an_account():
    make.member("Ada", email="ada@members.example")
    post = make.post()

    says(post, Guest("Ada", "Ada@Members.example"))
    says(post, GWEN)

    assert owed() == [
        ("comment-add-to-account", "ada@members.example"),
        ("comment-received", "gwen@guests.example"),
    ]


def test_a_comment_joins_the_account_of_its_address():
    ada = make.member("Ada", email="ada@members.example")
    comment = says(make.post(), Guest("Ada M", "ada@members.example"), follows=True)

    joined = guests.add_to_account(comment, ada, at=LATER)

    assert (joined.member, joined.guest_name, joined.guest_email, joined.version) == (ada, "", "", 1)
    follow = Follow.objects.get()
    assert (follow.thread, follow.member, follow.guest_comment) == (comment, ada, None)
    assert guests.add_to_account(comment, ada, at=LATER).version == 1


def test_nobody_takes_a_comment_that_was_left_with_another_address():
    comment = says(make.post(), GWEN)

    with pytest.raises(NotYours):
        guests.add_to_account(comment, make.member(), at=NOW)


def test_what_is_somebodys_already_is_not_taken_from_them():
    comment = make.comment(make.post(), make.member("Ada"))

    with pytest.raises(NotYours):
        guests.add_to_account(comment, make.member("Bo"), at=NOW)


def test_an_address_is_forgotten_after_90_days_here_and_in_what_was_sent():
    comment = says(make.post(), GWEN)
    letters.deliver(NOW)

    early = guests.forget(at=NOW + KEPT - timedelta(seconds=1))
    kept = fresh(comment).guest_email
    done = guests.forget(at=NOW + KEPT)

    assert (early, kept, done) == (0, GWEN.email, 1)
    assert (fresh(comment).guest_email, fresh(comment).guest_name) == ("", "Gwen")
    assert list(Message.objects.values_list("email", flat=True)) == [guests.ERASED]
    assert guests.forget(at=NOW + KEPT) == 0


def test_an_address_is_kept_while_they_follow():
    comment = published(make.post(), GWEN, follows=True)
    guests.confirm_address(comment, at=NOW)

    guests.forget(at=NOW + KEPT)
    following.stop(Follow.objects.get(), by=BY, at=NOW)
    kept = fresh(comment).guest_email
    guests.forget(at=NOW + KEPT)

    assert (kept, fresh(comment).guest_email) == (GWEN.email, "")


def test_the_page_works_without_the_address_and_nobody_is_mailed():
    comment, mo = says(make.post(), GWEN), moderator()
    guests.forget(at=NOW + KEPT)
    before = len(owed())

    decisions.reject(comment, by=mo, at=NOW + KEPT, seen=0, reason="other")
    appeals.appeal(found(guests.comment_of(guests.token_of(comment))), "", by=BY, at=NOW + KEPT)

    assert len(owed()) == before
    assert fresh(comment).appealed_at == NOW + KEPT


def test_words_that_were_taken_out_are_forgotten_after_a_day():
    comment, mo = says(make.post(), GWEN, "Call Bo on 01234"), moderator()
    decision = decisions.redact(comment, "Call Bo", by=mo, at=NOW, seen=0)
    hours = timedelta(hours=1)

    guests.forget(at=NOW + guests.REDACTED_RETENTION - hours)
    decision.refresh_from_db()
    kept = decision.before["body"]
    guests.forget(at=NOW + guests.REDACTED_RETENTION)
    decision.refresh_from_db()

    assert (kept, "01234" in str(decision.before)) == ("Call Bo on 01234", False)


def test_following_twice_is_once_and_stopping_twice_is_no_error():
    thread, ada = make.comment(make.post()), make.member()

    first = following.follow(thread, by=ada, at=NOW)
    second = following.follow(make.comment(thread.post, thread=thread), by=ada, at=LATER)

    assert first == second
    assert following.follow_of(following.token_of(first)) == first
    following.stop(first, by=BY, at=NOW)
    following.stop(first, by=BY, at=NOW)
    assert following.follow_of(following.token_of(first)) is None


def test_a_reply_is_told_to_those_who_follow_but_not_to_its_author():
    post, mo = make.post(), moderator()
    ada, bo = make.member("Ada"), make.member("Bo")
    thread = published(post, ada, mo=mo, follows=True)
    following.follow(thread, by=bo, at=NOW)
    following.follow(thread, by=mo, at=NOW)
    Message.objects.all().delete()

    says(post, mo, reply_to=thread)

    assert owed() == [("comment-reply", "Ada"), ("comment-reply", "Bo")]


def test_a_guest_is_told_of_replies_only_at_an_address_that_they_have_confirmed():
    post, mo = make.post(), moderator()
    thread = published(post, GWEN, mo=mo, follows=True)
    Message.objects.all().delete()

    says(post, mo, reply_to=thread)
    unconfirmed = owed()
    guests.confirm_address(thread, at=NOW)
    says(post, mo, reply_to=thread)

    assert (unconfirmed, owed()) == ([], [("comment-reply", GWEN.email)])


def test_a_guest_is_not_told_of_their_own_reply():
    post, mo = make.post(), moderator()
    thread = published(post, GWEN, mo=mo, follows=True)
    guests.confirm_address(thread, at=NOW)
    Message.objects.all().delete()

    published(post, GWEN, mo=mo, reply_to=thread)

    assert [kind for kind, _ in owed() if kind == "comment-reply"] == []


def test_the_authors_of_a_post_are_told_of_comments_once_and_not_of_their_own():
    ada, bo = make.member("Ada"), make.member("Bo")
    post, mo = make.post(authors=[ada, bo]), moderator()
    thread = says(post, ada, follows=True)

    says(post, mo, reply_to=thread)

    assert owed() == [
        ("comment-on-your-post", "Bo"),
        ("comment-on-your-post", "Bo"),
        ("comment-reply", "Ada"),
    ]


def test_a_comment_that_waits_is_told_to_nobody_but_its_author():
    post = make.post(authors=[make.member("Ada")])

    says(post, GWEN)

    assert owed() == [("comment-received", GWEN.email)]


def test_publishing_again_after_a_removal_is_told_to_its_author_only():
    post, mo = make.post(authors=[make.member("Ada")]), moderator()
    comment = published(post, GWEN, mo=mo)
    decisions.remove(comment, by=mo, at=LATER, seen=1, reason="other")
    Message.objects.all().delete()

    decisions.publish(comment, by=mo, at=LATER, seen=2)

    assert owed() == [("comment-published", GWEN.email)]


def test_news_of_a_removed_comment_are_taken_back():
    post, mo = make.post(authors=[make.member("Ada")]), moderator()
    comment = says(post, make.member("Bo"))
    decisions.publish(comment, by=mo, at=NOW, seen=0)

    decisions.spam(comment, by=mo, at=LATER, seen=1)

    assert ("comment-on-your-post", "Ada") not in owed()


def test_what_is_told_waits_ten_minutes():
    comment, mo = says(make.post(), GWEN), moderator()

    decisions.publish(comment, by=mo, at=NOW, seen=0)

    due = Message.objects.get(kind="comment-published").send_after
    assert due == NOW + timedelta(minutes=10)
    assert Message.objects.get(kind="comment-received").send_after == NOW


def test_withdrawing_takes_what_was_decided_back_but_not_what_others_are_told_of_other_comments():
    post, mo = make.post(), moderator()
    first, second = says(post, GWEN), says(post, GWEN, "And more.")
    decisions.publish(first, by=mo, at=NOW, seen=0)
    decisions.publish(second, by=mo, at=NOW, seen=0)

    authoring.withdraw(first, by=BY, at=LATER)

    payload = Message.objects.filter(kind="comment-published").values_list("payload__comment", flat=True)
    assert list(payload) == [second.pk]
