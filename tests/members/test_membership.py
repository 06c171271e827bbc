from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from audit.acts import Act
from audit.models import Entry
from members import membership
from members.emails import membership_approved, membership_declined
from members.membership import MembershipRefused
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import make
from tests.found import found
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
M = Member.Membership


@pytest.fixture
def hooks(monkeypatch) -> list[tuple[str, datetime]]:
    """What other apps do for new members, emptied: returns the list of (name, at) they were called with."""
    called = []
    monkeypatch.setattr(
        membership, "_on_approved", [lambda member, by, at, delay: called.append((member.name, at))]
    )
    return called


def waiting(name="Ada", **fields) -> Member:
    return make.member(name, membership=M.WAITING, **fields)


def told() -> list[tuple[str, str]]:
    return [(message.kind, found(message.member).name) for message in Message.objects.order_by("id")]


def test_who_is_on_the_list_is_a_member_once_their_address_is_confirmed(hooks):
    ada = waiting(email="ada@example.org")
    ListedAddress.objects.create(email="Ada@Example.org")

    ada = membership.confirmed_address(ada, at=NOW)

    assert (ada.membership, ada.membership_changed_at) == (M.ACTIVE, NOW)
    assert hooks == [("Ada", NOW)]
    assert told() == []


def test_who_is_not_on_the_list_waits(hooks):
    ListedAddress.objects.create(email="someone@example.org")

    ada = membership.confirmed_address(waiting(), at=NOW)

    assert ada.membership == M.WAITING
    assert hooks == []


@pytest.mark.parametrize(("approval", "becomes"), [("open", M.ACTIVE), ("manual", M.WAITING)])
def test_the_setting_decides_who_needs_the_team(settings, approval, becomes):
    settings.MEMBERSHIP_APPROVAL = approval
    ada = waiting(email="ada@example.org")
    ListedAddress.objects.create(email="someone@example.org" if approval == "open" else "ada@example.org")

    assert membership.confirmed_address(ada, at=NOW).membership == becomes


@pytest.mark.parametrize("status", [M.ACTIVE, M.ENDED, M.DECLINED])
def test_confirming_an_address_never_undoes_a_decision(settings, hooks, status):
    settings.MEMBERSHIP_APPROVAL = "open"
    ada = make.member("Ada", membership=status)

    assert membership.confirmed_address(ada, at=NOW).membership == status
    assert hooks == []


def test_who_is_approved_is_a_member_and_told_once(hooks):
    ada, staff = waiting(), make.member("Sam")

    first = membership.approve(ada, by=staff, at=NOW)
    membership.approve(ada, by=staff, at=NOW + timedelta(minutes=1))

    assert (first.membership, first.membership_changed_at) == (M.ACTIVE, NOW)
    assert told() == [("membership-approved", "Ada")]
    assert hooks == [("Ada", NOW)]


def test_who_did_it_is_logged():
    ada, staff = waiting(), make.member("Sam")

    membership.approve(ada, by=staff, at=NOW)

    entry = Entry.objects.get()
    assert (entry.actor_id, entry.act, entry.thing_id, entry.member_id, entry.at) == (
        staff.pk,
        Act.APPROVED,
        ada.pk,
        ada.pk,
        NOW,
    )


def test_who_is_declined_is_told_why():
    ada = membership.decline(waiting(), by=BY, at=NOW, reason="  We found no link to the community. ")

    letter = found(membership_declined(Message.objects.get()))

    assert (ada.membership, ada.membership_reason) == (M.DECLINED, "We found no link to the community.")
    assert told() == [("membership-declined", "Ada")]
    assert "We found no link to the community." in letter.text
    assert "We found no link to the community." in letter.html


def test_declining_twice_keeps_the_first_reason_and_mails_once():
    ada = membership.decline(waiting(), by=BY, at=NOW, reason="First.")

    again = membership.decline(ada, by=BY, at=NOW, reason="Second.")

    assert again.membership_reason == "First."
    assert len(told()) == 1


def test_a_decline_needs_a_reason():
    ada = waiting()

    with pytest.raises(MembershipRefused, match="Write the reason"):
        membership.decline(ada, by=BY, at=NOW, reason=" \n ")

    ada.refresh_from_db()
    assert ada.membership == M.WAITING


def test_nobody_is_told_of_a_decision_about_a_closed_account():
    gone = make.member("Ada", membership=M.WAITING, is_active=False)

    ended = make.member("Bo", is_active=False)

    with pytest.raises(MembershipRefused, match="The account of Ada is closed"):
        membership.decline(gone, by=BY, at=NOW, reason="No link.")
    with pytest.raises(MembershipRefused, match="The account of Bo is closed"):
        membership.end(ended, by=BY, at=NOW)

    gone.refresh_from_db()
    ended.refresh_from_db()
    assert (gone.membership, ended.membership, told()) == (M.WAITING, M.ACTIVE, [])


def test_who_was_declined_can_be_approved_later():
    ada = membership.decline(waiting(), by=BY, at=NOW, reason="No.")

    ada = membership.approve(ada, by=BY, at=NOW)

    assert (ada.membership, ada.membership_reason) == (M.ACTIVE, "")


@pytest.mark.parametrize(
    ("rule", "status", "words"),
    [
        ("approve", M.ENDED, "The membership of Ada has ended. Reinstate it instead."),
        ("decline", M.ACTIVE, "Ada is a member already. End the membership instead."),
        ("decline", M.ENDED, "Ada is a member already. End the membership instead."),
        ("end", M.WAITING, "Ada is not a member."),
        ("end", M.DECLINED, "Ada is not a member."),
        ("reinstate", M.WAITING, "Ada has not been a member. Approve instead."),
        ("reinstate", M.DECLINED, "Ada has not been a member. Approve instead."),
    ],
)
def test_a_step_that_does_not_follow_is_refused(rule, status, words):
    ada = make.member("Ada", membership=status)
    options = {"reason": "Because."} if rule == "decline" else {}

    with pytest.raises(MembershipRefused) as refused:
        getattr(membership, rule)(ada, by=BY, at=NOW, **options)

    assert str(refused.value) == words
    ada.refresh_from_db()
    assert ada.membership == status


def test_a_membership_ends_and_is_reinstated(hooks):
    ada = make.member("Ada")

    ended = membership.end(ada, by=BY, at=NOW, reason="Moved away.")
    again = membership.end(ada, by=BY, at=NOW)
    back = membership.reinstate(ada, by=BY, at=NOW)

    assert (ended.membership, ended.membership_reason) == (M.ENDED, "Moved away.")
    assert again.membership_reason == "Moved away."
    assert (back.membership, back.membership_reason) == (M.ACTIVE, "")
    assert told() == [("membership-approved", "Ada")]
    assert hooks == [("Ada", NOW)]


def test_the_approval_mail_is_not_sent_when_it_is_no_longer_true():
    ada = membership.approve(waiting(), by=BY, at=NOW)
    message = Message.objects.get()
    letter = found(membership_approved(message))

    membership.end(ada, by=BY, at=NOW)

    assert letter.subject == "You are a member of Q community"
    assert membership_approved(Message.objects.get()) is None


def test_the_decline_mail_is_not_sent_when_they_were_approved_meanwhile():
    ada = membership.decline(waiting(), by=BY, at=NOW, reason="No.")

    membership.approve(ada, by=BY, at=NOW)

    assert membership_declined(Message.objects.get(kind="membership-declined")) is None


def test_what_other_apps_do_fails_or_succeeds_with_the_approval(monkeypatch):
    def fail(member, by, at, delay):
        raise RuntimeError

    monkeypatch.setattr(membership, "_on_approved", [fail])
    ada = waiting()

    with pytest.raises(RuntimeError):
        membership.approve(ada, by=BY, at=NOW)

    ada.refresh_from_db()
    assert ada.membership == M.WAITING
    assert told() == []


def test_a_hook_is_called_once_however_often_it_is_registered(hooks, monkeypatch):
    monkeypatch.setattr(membership, "_on_approved", [])

    def hook(member, by, at, delay):
        hooks.append(member.name)

    membership.on_approved(hook)
    membership.on_approved(hook)
    membership.approve(waiting(), by=BY, at=NOW)

    assert hooks == ["Ada"]


@pytest.mark.django_db(transaction=True)
def test_eight_approvals_at_once_make_one_member_and_one_mail(hooks):
    ada = waiting()
    barrier = Barrier(8)

    def approve() -> None:
        barrier.wait()
        membership.approve(ada, by=BY, at=NOW + timedelta(microseconds=len(threads)))
        connection.close()

    threads = [Thread(target=approve) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told() == [("membership-approved", "Ada")]
    assert hooks == [("Ada", NOW + timedelta(microseconds=8))]


@pytest.mark.django_db(transaction=True)
def test_approving_and_declining_at_once_ends_in_one_decision():
    ada = waiting()
    barrier = Barrier(2)

    def step(rule, **options) -> None:
        barrier.wait()
        try:
            rule(ada, by=BY, at=NOW, **options)
        except MembershipRefused:
            pass
        finally:
            connection.close()

    threads = [
        Thread(target=step, args=[membership.approve]),
        Thread(target=step, args=[membership.decline], kwargs={"reason": "No."}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ada.refresh_from_db()
    kinds = [kind for kind, _ in told()]
    assert ada.membership == M.ACTIVE
    assert kinds in (["membership-approved"], ["membership-declined", "membership-approved"])
