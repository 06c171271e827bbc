"""Accounts that the team makes, and approvals for as long as they can be taken back."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from events import registration as registering
from events.models import Registration
from members import membership
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
M = Member.Membership
NOTHING = timedelta(0)


def waiting():
    return make.member("Ada", membership=M.WAITING)


@pytest.mark.parametrize(("is_member", "becomes"), [(True, M.ACTIVE), (False, M.WAITING)])
def test_an_account_that_the_team_makes_is_vouched_for_and_told_at_once(is_member, becomes):
    ada = membership.add(Member(name="Ada", email="a@example.org"), is_member=is_member, by=BY, at=NOW)

    ada.refresh_from_db()
    assert (ada.membership, ada.membership_changed_at, ada.is_vouched_for) == (becomes, NOW, True)
    addresses = EmailAddress.objects.values_list("user", "email", "primary", "verified")
    assert list(addresses) == [(ada.pk, "a@example.org", True, False)]
    assert list(Message.objects.values_list("kind", "member", "send_after")) == [
        ("account-made", ada.pk, NOW)
    ]


def test_an_approval_can_be_taken_back_and_letters_wait_for_ten_minutes():
    ada = membership.approve(waiting(), by=BY, at=NOW)
    last = NOW + timedelta(minutes=10, seconds=-1)

    waits = [membership.letters_wait(ada, at=at) for at in (NOW, last, NOW + timedelta(minutes=10))]

    assert waits == [timedelta(minutes=10), timedelta(seconds=1), NOTHING]
    assert membership.can_be_taken_back(ada, at=last)
    assert not membership.can_be_taken_back(ada, at=NOW + timedelta(minutes=10))


def test_an_approval_whose_letter_is_out_stands_and_no_letter_waits():
    ada = membership.approve(waiting(), by=BY, at=NOW)
    Message.objects.update(state=Message.State.SENT)

    assert not membership.can_be_taken_back(ada, at=NOW)
    assert membership.letters_wait(ada, at=NOW) == NOTHING


def test_who_joins_by_the_list_has_the_letter_about_their_registration_at_once():
    ada = waiting()
    registered = registering.register(make.event(), ada, by=ada, at=NOW - timedelta(hours=1))
    ListedAddress.objects.create(email=ada.email)
    Message.objects.all().delete()

    membership.confirmed_address(ada, at=NOW)

    registered.refresh_from_db()
    assert registered.status == Registration.Status.CONFIRMED
    assert list(Message.objects.values_list("kind", "send_after")) == [("registered", NOW)]


def test_what_is_undone_with_an_approval_is_undone_once_however_often_it_is_registered(monkeypatch):
    monkeypatch.setattr(membership, "_on_taken_back", [])
    undone = []

    def hook(member, since, by, at):
        undone.append((member.name, since, by, at))

    membership.on_taken_back(hook)
    membership.on_taken_back(hook)
    ada = membership.approve(waiting(), by=BY, at=NOW)
    membership.take_back_approval(ada, by=BY, at=NOW + timedelta(minutes=1))

    assert undone == [("Ada", NOW, BY, NOW + timedelta(minutes=1))]
