"""An email to somebody on their page: read before it is sent again."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from events import registration
from members import membership
from members.models import Member
from notifications import delivery
from notifications.models import Message, SentLetter
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def sent() -> Message:
    """The email about Ada's registration, sent."""
    ada = make.member("Ada Byron")
    registration.register(make.event(title="Gathering"), ada, by=BY, at=NOW)
    message = Message.objects.get(member=ada)
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=NOW, subject="You are registered")
    return Message.objects.get(pk=message.pk)


def path(message: Message) -> str:
    return f"/team/people/{message.member_id}/emails/{message.pk}/"


def test_it_is_shown_as_it_would_be_sent_and_a_press_sends_it_again(desk, sent):
    shown = flat(desk.get(path(sent)).text)
    before = Message.objects.count()
    said = flat(desk.post(path(sent), follow=True).text)
    again = flat(desk.post(path(sent), follow=True).text)

    assert "As it would be sent now" in shown
    assert "Gathering" in shown
    assert before == 1
    assert "It will be sent again in a moment." in said
    assert "It is not sent again." in again
    assert Message.objects.filter(resend_of=sent).count() == 1


def test_the_email_of_somebody_else_is_not_theirs(desk, sent):
    bo = make.member("Bo")

    assert desk.get(f"/team/people/{bo.pk}/emails/{sent.pk}/").status_code == 404
    assert desk.post(f"/team/people/{bo.pk}/emails/{sent.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("rights", "read", "send"),
    [((), 403, 403), (("view_message",), 200, 403), (("view_message", "send_message_again"), 200, 302)],
)
def test_reading_and_sending_are_rights_of_their_own(sent, rights, read, send):
    member: Member = people.staff()
    helps = Permission.objects.get(codename="change_member")
    member.user_permissions.add(helps, *Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(member)

    assert client.get(path(sent)).status_code == read
    assert client.post(path(sent)).status_code == send


def test_one_that_would_say_the_same_is_not_read_twice(desk, sent):
    letter = delivery.render(sent)
    assert letter is not None
    SentLetter.objects.create(message=sent, text=letter.text, kept_at=NOW)

    same = flat(desk.get(path(sent)).text)
    SentLetter.objects.update(text="Something else")
    other = flat(desk.get(path(sent)).text)

    assert "Word for word the same." in same
    assert "Word for word the same." not in other
    assert "Something else" in other


def test_an_approval_letter_that_waits_is_not_sent_before_its_time(desk, sam):
    winnie = make.member("Winnie", membership="waiting")
    membership.approve(winnie, by=sam, at=NOW)
    waits = Message.objects.get(member=winnie)

    page = flat(desk.get(path(waits)).text)
    said = flat(desk.post(path(waits), follow=True).text)

    assert "unless what it tells is taken back before" in page
    assert "Send it again" not in page
    assert "It goes out by itself" in said
    assert membership.can_be_taken_back(Member.objects.get(pk=winnie.pk), at=NOW)
