"""Addresses of guests: kept no longer, used no more often and by nobody else than was promised."""

from datetime import timedelta

import pytest
from django.urls import reverse

from comments import following
from comments.models import Comment, Decision, Follow
from comments.moderation import decisions
from comments.refusals import NotYours
from comments.writing import guests
from comments.writing.authoring import Guest
from members.models import Member
from notifications.models import Message
from notifications.resend import send_again
from tests import letters, make
from tests.comments.conversation import GWEN, LATER, fresh, moderator, owed, published, says
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status = Comment.Status
MINUTE = timedelta(minutes=1)


def test_words_that_were_taken_out_do_not_stay_in_earlier_decisions():
    mo = moderator()
    comment = published(make.post(), GWEN, "Call Bo on 01234", mo=mo)
    decisions.redact(comment, "Call Bo", by=mo, at=LATER, seen=1)
    guests.forget(at=NOW + timedelta(days=2))

    assert "01234" not in str(list(Decision.objects.values_list("before", flat=True)))


def test_an_address_in_an_email_that_is_still_queued_is_erased_once_it_went_out():
    says(make.post(), GWEN)
    letters.deliver(NOW)
    guests.forget(at=NOW + guests.ADDRESS_RETENTION)
    other = says(make.post(), GWEN)
    Message.objects.filter(payload__comment=other.pk).update(state="queued")
    guests.forget(at=NOW + guests.ADDRESS_RETENTION)
    Message.objects.update(state="sent")
    guests.forget(at=NOW + guests.ADDRESS_RETENTION + timedelta(days=1))

    assert set(Message.objects.values_list("email", flat=True)) == {guests.ERASED}


def test_an_address_that_was_told_of_replies_is_erased_in_those_emails():
    post, mo = make.post(), moderator()
    thread = published(post, GWEN, mo=mo, follows=True)
    guests.confirm_address(thread, at=NOW)
    says(post, mo, reply_to=thread)
    Message.objects.update(state="sent")
    following.stop(found(Follow.objects.first()), by=BY, at=NOW)
    guests.forget(at=NOW + guests.ADDRESS_RETENTION)

    assert not Message.objects.filter(email=GWEN.email).exists()


def test_an_address_is_erased_in_the_emails_about_a_comment_that_joined_an_account():
    ada = make.member(email="ada@members.example")
    comment = says(make.post(), Guest("Ada", ada.email))
    Message.objects.update(state="sent")
    guests.add_to_account(comment, ada, at=NOW)
    guests.forget(at=NOW + guests.ADDRESS_RETENTION)

    assert not Message.objects.filter(email=ada.email).exists()


@pytest.mark.slow
def test_an_address_that_nobody_confirmed_is_not_kept_by_following():
    comment = says(make.post(), GWEN, follows=True)
    guests.forget(at=NOW + guests.ADDRESS_RETENTION)

    assert fresh(comment).guest_email == ""


def test_an_address_is_not_kept_for_a_thread_that_was_never_public():
    comment = says(make.post(), GWEN, follows=True)
    guests.confirm_address(comment, at=NOW)
    decisions.spam(comment, by=moderator(), at=NOW, seen=0)
    guests.forget(at=NOW + guests.ADDRESS_RETENTION)

    assert fresh(comment).guest_email == ""


def test_a_guest_who_left_two_comments_is_told_once_and_stops_once():
    post, mo = make.post(), moderator()
    thread = published(post, GWEN, mo=mo, follows=True)
    reply = published(post, GWEN, mo=mo, reply_to=thread, follows=True)
    for one in (thread, reply):
        guests.confirm_address(one, at=NOW)
    Message.objects.all().delete()
    says(post, mo, reply_to=thread)

    assert owed() == [("comment-reply", GWEN.email)]
    Message.objects.all().delete()
    following.stop(found(Follow.objects.first()), by=BY, at=NOW)
    says(post, mo, reply_to=thread)

    assert owed() == []


def test_a_member_who_followed_as_guest_is_told_once_and_not_of_their_own():
    post, mo = make.post(), moderator()
    ada = make.member("Ada", email="ada@members.example")
    thread = published(post, Guest("Ada", ada.email), mo=mo, follows=True)
    guests.confirm_address(thread, at=NOW)
    following.follow(thread, by=ada, at=NOW)
    Message.objects.all().delete()
    says(post, mo, reply_to=thread)

    assert owed() == [("comment-reply", "Ada")]
    Message.objects.all().delete()
    published(post, ada, mo=mo, reply_to=thread)

    assert [kind for kind, _ in owed() if kind == "comment-reply"] == []


def test_the_way_to_stop_works_after_a_comment_joined_an_account():
    ada = make.member("Ada", email="ada@members.example")
    comment = says(make.post(), Guest("Ada", ada.email), follows=True)
    token = following.token_of(Follow.objects.get())
    guests.add_to_account(comment, ada, at=NOW)

    assert found(following.follow_of(token)).member == ada


def test_a_comment_whose_address_is_forgotten_is_nobodys_to_take():
    comment = says(make.post(), GWEN)
    Comment.objects.update(guest_email="")
    nobody = make.member()
    Member.objects.filter(pk=nobody.pk).update(email="")
    nobody.refresh_from_db()

    with pytest.raises(NotYours):
        guests.add_to_account(comment, nobody, at=NOW)


def test_a_closed_account_is_no_account():
    make.member("Ada", email="ada@members.example", is_active=False)
    says(make.post(), Guest("Ada", "ada@members.example"))

    assert owed() == [("comment-received", "ada@members.example")]


def test_who_has_a_closed_account_is_not_mailed():
    ada, mo = make.member("Ada"), moderator()
    comment = says(make.post(), ada)
    Member.objects.filter(pk=ada.pk).update(is_active=False)
    decisions.publish(comment, by=mo, at=LATER, seen=0)

    assert owed() == []


@pytest.mark.slow
def test_staff_see_neither_where_an_email_to_a_guest_went_nor_their_secret_page(client):
    client.force_login(make.member("Root", is_staff=True, is_superuser=True))
    post, mo = make.post(), moderator()
    thread = published(post, GWEN, mo=mo, follows=True)
    guests.confirm_address(thread, at=NOW)
    says(post, mo, reply_to=thread)
    decisions.remove(thread, by=mo, at=LATER, seen=1, reason="unkind")
    decisions.reject(says(post, GWEN), by=mo, at=LATER, seen=0, reason="other")
    make.member("Ada", email="ada@members.example")
    says(post, Guest("Ada", "ada@members.example"))
    guests.ask_for_link(guests.end_link(thread, by=mo, at=LATER), at=LATER)
    to_guests = Message.objects.filter(member=None)

    shown = client.get(reverse("admin:notifications_message_changelist")).content.decode()
    for message in to_guests:
        page = reverse("admin:notifications_message_change", args=[message.pk])
        shown += client.get(page).content.decode()

    assert set(to_guests.values_list("kind", flat=True)) == set(guests.KINDS)
    secrets = (GWEN.email, "ada@members.example", guests.token_of(thread))
    assert [one for one in secrets if one in shown] == []


def test_nothing_is_sent_to_an_address_that_was_erased():
    comment = says(make.post(), GWEN)
    Message.objects.update(state="failed")
    guests.forget(at=NOW + guests.ADDRESS_RETENTION)
    message = Message.objects.get()

    send_again(message, by=moderator(), at=NOW + guests.ADDRESS_RETENTION)

    assert (message.email, fresh(comment).guest_email) == (guests.ERASED, "")
    assert letters.deliver(NOW + guests.ADDRESS_RETENTION) == []
