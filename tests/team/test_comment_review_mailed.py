"""Whom a decision about a comment mails, as the moderator is told before."""

import pytest

from comments import following
from comments.moderation import decisions
from comments.writing import guests
from team.moderation import mail_preview
from tests import make
from tests.comments.conversation import GWEN, moderator, owed, published, says, trusted
from tests.make import NOW

pytestmark = pytest.mark.django_db


def told_by_publishing(comment):
    """Who is mailed once it is published: as the page says it, and as the outbox has it."""
    said = mail_preview.mailed([comment])[comment.pk]
    before = owed()
    decisions.publish(comment, by=moderator(), at=NOW, seen=comment.version)
    now = owed()
    for one in before:
        now.remove(one)
    kinds = [kind for kind, _ in now]
    return (said.author, said.others), (
        "comment-published" in kinds,
        sum(kind in ("comment-reply", "comment-on-your-post") for kind in kinds),
    )


def test_publishing_a_guests_comment_mails_them_and_the_posts_authors():
    post = make.post(authors=[make.member("Ana"), make.member("Ben", is_active=False)])

    said, done = told_by_publishing(says(post, GWEN))

    assert said == done == (True, 1)


@pytest.mark.slow
def test_publishing_a_reply_mails_those_who_follow_each_once():
    ana, bo, ada = make.member("Ana"), make.member("Bo"), trusted("Ada")
    post = make.post(authors=[ana])
    thread = says(post, ada, follows=True)
    following.follow(thread, by=ana, at=NOW)
    following.follow(thread, by=make.member("Away", is_active=False), at=NOW)
    confirmed, unconfirmed = (published(post, GWEN, name, reply_to=thread, follows=True) for name in "ab")
    guests.confirm_address(confirmed, at=NOW)
    following.follow(thread, by=bo, at=NOW)
    reply = says(post, make.member("Newcomer"), reply_to=thread, follows=True)

    said, done = told_by_publishing(reply)

    assert unconfirmed.address_confirmed_at is None
    assert said == done == (True, 4)


def test_a_guests_own_following_is_not_told_of_their_reply(post):
    thread = published(post, trusted("Ada"))
    guests.confirm_address(published(post, GWEN, "First", reply_to=thread, follows=True), at=NOW)

    said, done = told_by_publishing(says(post, GWEN, "Second", reply_to=thread))

    assert said == done == (True, 0)


def test_who_has_no_address_any_more_is_not_mailed(post):
    said, done = told_by_publishing(make.comment(post, status="pending", guest_email=""))

    assert said == done == (False, 0)


def test_an_edit_mails_nobody_but_its_author():
    post = make.post(authors=[make.member("Ana")])

    said, done = told_by_publishing(make.comment(post, make.member("Ada"), pending_body="New"))

    assert said == done == (True, 0)


def test_each_button_says_whom_it_mails(shown):
    post = make.post(authors=[make.member("Ana")])

    assert shown(says(post, GWEN)).told == [
        ("Publish", True, 1),
        ("Not published", True, 0),
        ("Spam", False, 0),
        ("Take out personal data", False, 0),
    ]
