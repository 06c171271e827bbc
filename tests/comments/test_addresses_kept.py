"""Addresses of guests: kept no longer, used no more often and by nobody else than was promised."""

from datetime import timedelta

import pytest

from comments import following, guests, moderation
from comments.models import Comment, Decision, Follow
from comments.refusals import NotYours
from comments.writing import Guest
from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.comments.conversation import GWEN, LATER, moderator, owed, published, says
from tests.make import NOW

pytestmark = pytest.mark.django_db
Status = Comment.Status
MINUTE = timedelta(minutes=1)


def fresh(comment):
    return Comment.objects.get(pk=comment.pk)


def test_redacted_words_do_not_stay_in_earlier_decisions():
    mo = moderator()
    comment = published(make.post(), GWEN, "Call Bo on 01234", mo=mo)
    moderation.redact(comment, "Call Bo", by=mo, at=LATER, seen=1)
    guests.forget(at=NOW + timedelta(days=2))
    assert "01234" not in str(list(Decision.objects.values_list("before", flat=True)))


def test_address_in_queued_mail_is_erased_later():
    says(make.post(), GWEN)
    letters.deliver(NOW)
    guests.forget(at=NOW + guests.ADDRESS_KEPT)
    other = says(make.post(), GWEN)
    Message.objects.filter(about__comment=other.pk).update(state="queued")
    guests.forget(at=NOW + guests.ADDRESS_KEPT)
    Message.objects.update(state="sent")
    guests.forget(at=NOW + guests.ADDRESS_KEPT + timedelta(days=1))
    assert set(Message.objects.values_list("email", flat=True)) == {guests.ERASED}


def test_address_in_reply_mail_is_erased():
    post, mo = make.post(), moderator()
    thread = published(post, GWEN, mo=mo, follows=True)
    guests.confirm_address(thread, at=NOW)
    says(post, mo, answers=thread)
    Message.objects.update(state="sent")
    following.stop(Follow.objects.get())
    guests.forget(at=NOW + guests.ADDRESS_KEPT)
    assert not Message.objects.filter(email=GWEN.email).exists()


def test_address_in_mail_of_added_comment_is_erased():
    ada = make.member(email="ada@members.example")
    comment = says(make.post(), Guest("Ada", ada.email))
    Message.objects.update(state="sent")
    guests.add_to_account(comment, ada, at=NOW)
    guests.forget(at=NOW + guests.ADDRESS_KEPT)
    assert not Message.objects.filter(email=ada.email).exists()


def test_unconfirmed_follower_is_forgotten():
    comment = says(make.post(), GWEN, follows=True)
    guests.forget(at=NOW + guests.ADDRESS_KEPT)
    assert fresh(comment).guest_email == ""


def test_rejected_follower_is_forgotten():
    comment = says(make.post(), GWEN, follows=True)
    guests.confirm_address(comment, at=NOW)
    moderation.spam(comment, by=moderator(), at=NOW, seen=0)
    guests.forget(at=NOW + guests.ADDRESS_KEPT)
    assert fresh(comment).guest_email == ""


def test_a_guest_with_two_comments_is_told_once():
    post, mo = make.post(), moderator()
    thread = published(post, GWEN, mo=mo, follows=True)
    reply = published(post, GWEN, mo=mo, answers=thread, follows=True)
    for one in (thread, reply):
        guests.confirm_address(one, at=NOW)
    Message.objects.all().delete()
    says(post, mo, answers=thread)
    assert owed() == [("comment-reply", GWEN.email)]
    Message.objects.all().delete()
    following.stop(Follow.objects.first())
    says(post, mo, answers=thread)
    assert owed() == []


def test_a_member_who_followed_as_guest_is_told_once_and_not_of_her_own():
    post, mo = make.post(), moderator()
    ada = make.member("Ada", email="ada@members.example")
    thread = published(post, Guest("Ada", ada.email), mo=mo, follows=True)
    guests.confirm_address(thread, at=NOW)
    following.follow(thread, by=ada, at=NOW)
    Message.objects.all().delete()
    says(post, mo, answers=thread)
    assert owed() == [("comment-reply", "Ada")]
    Message.objects.all().delete()
    published(post, ada, mo=mo, answers=thread)
    assert [kind for kind, _ in owed() if kind == "comment-reply"] == []


def test_adding_keeps_the_stop_link():
    ada = make.member("Ada", email="ada@members.example")
    comment = says(make.post(), Guest("Ada", ada.email), follows=True)
    token = following.token_of(Follow.objects.get())
    guests.add_to_account(comment, ada, at=NOW)
    assert following.follow_of(token).member == ada


def test_forgotten_address_is_nobodys():
    comment = says(make.post(), GWEN)
    Comment.objects.update(guest_email="")
    nobody = make.member()
    Member.objects.filter(pk=nobody.pk).update(email="")
    nobody.refresh_from_db()
    with pytest.raises(NotYours):
        guests.add_to_account(comment, nobody, at=NOW)


def test_an_inactive_account_is_no_account():
    make.member("Ada", email="ada@members.example", is_active=False)
    says(make.post(), Guest("Ada", "ada@members.example"))
    assert owed() == [("comment-received", "ada@members.example")]


def test_inactive_member_is_not_mailed():
    ada, mo = make.member("Ada"), moderator()
    comment = says(make.post(), ada)
    Member.objects.filter(pk=ada.pk).update(is_active=False)
    moderation.publish(comment, by=mo, at=LATER, seen=0)
    assert owed() == []
