"""Deciding about a membership on the page of a person: what was on the screen, once, and by whom."""

from datetime import timedelta

import pytest
import time_machine

from audit.acts import Act
from audit.models import Entry
from members import membership
from members.models import Member
from notifications.models import Message
from team.people import deciding
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def winnie() -> Member:
    return make.member("Winnie", membership="waiting")


def press(client, person, act, shown=None, **posted):
    """Press an act as on the page that was shown (as it is now, unless told); return what is said then."""
    posted["shown"] = deciding.as_shown(Member.objects.get(pk=person.pk)) if shown is None else shown
    return flat(client.post(f"/team/people/{person.pk}/{act}/", posted, follow=True).text)


def standing(person):
    return Member.objects.get(pk=person.pk).membership


def acts(person):
    return list(
        Entry.objects.filter(thing="members.member", thing_id=person.pk)
        .order_by("pk")
        .values_list("act", flat=True)
    )


def test_who_waits_is_approved_and_it_can_be_taken_back_for_ten_minutes(desk, winnie, sam):
    said = press(desk, winnie, "approve")
    approved = standing(winnie)
    back = press(desk, winnie, "take-back")

    assert "They are a member now. They are emailed in ten minutes" in said
    assert "The approval is taken back. Nobody is emailed." in back
    assert (approved, standing(winnie)) == ("active", "waiting")
    assert acts(winnie) == [Act.APPROVED, Act.APPROVAL_TAKEN_BACK]
    assert {one.actor_id for one in Entry.objects.filter(thing_id=winnie.pk, thing="members.member")} == {
        sam.pk
    }


def test_the_page_offers_what_can_be_done_in_each_standing(desk):
    offered = {
        one: [
            word
            for word in (
                "Approve",
                "Do not approve",
                "Take the approval back",
                "Reinstate",
                "End the membership",
            )
            if f">{word}"
            in flat(desk.get(f"/team/people/{make.member(membership=one).pk}/").text).replace("> ", ">")
        ]
        for one in ("waiting", "active", "ended", "declined")
    }

    assert offered == {
        "waiting": ["Approve", "Do not approve"],
        "active": ["End the membership"],
        "ended": ["Reinstate"],
        "declined": ["Approve"],
    }


def test_pressed_twice_is_once(desk, winnie):
    shown = deciding.as_shown(winnie)
    press(desk, winnie, "approve", shown)
    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        said = press(desk, winnie, "approve", shown)

    assert "They are a member now." in said
    assert "Nothing has changed" not in said
    assert acts(winnie) == [Act.APPROVED]


def test_who_was_declined_meanwhile_is_not_approved_by_a_page_of_before(desk, winnie):
    shown = deciding.as_shown(winnie)
    membership.decline(winnie, by=make.member("Colleague Cora", is_staff=True), at=NOW, reason="Elsewhere")

    said = press(desk, winnie, "approve", shown)

    assert "Nothing has changed about Winnie: it stands as “Not approved” already by Colleague Cora" in said
    assert standing(winnie) == "declined"


def test_a_reason_for_who_was_approved_meanwhile_is_shown_and_not_sent(desk, winnie):
    shown = deciding.as_shown(winnie)
    membership.approve(winnie, by=make.member("Colleague Cora", is_staff=True), at=NOW)

    said = press(desk, winnie, "turn-down", shown, reason="No badge.")

    assert "it stands as “Member” already by Colleague Cora" in said
    assert "Your reason was not sent: “No badge.”." in said


def test_a_press_that_names_no_state_decides_nothing(desk, winnie):
    press(desk, winnie, "approve", "")

    assert standing(winnie) == "waiting"


def test_turning_down_needs_a_reason_which_they_are_told(desk, winnie):
    asked = flat(desk.get(f"/team/people/{winnie.pk}/turn-down/").text)
    without = press(desk, winnie, "turn-down")
    still = standing(winnie)
    press(desk, winnie, "turn-down", reason="You work elsewhere.")

    assert "They are emailed at once, with the reason." in asked
    assert "Write the reason: it is sent to the person." in without
    assert (still, standing(winnie)) == ("waiting", "declined")
    assert Message.objects.get(member=winnie).kind == "membership-declined"


def test_a_membership_ends_and_is_reinstated(desk):
    ada = make.member()

    press(desk, ada, "end", reason="Retired")
    ended = standing(ada)
    press(desk, ada, "reinstate")

    assert (ended, standing(ada)) == ("ended", "active")


def test_the_membership_of_a_colleague_is_for_superusers(desk, admin):
    colleague = people.staff("Moderator")

    said = press(desk, colleague, "end")
    before = standing(colleague)
    press(admin, colleague, "end")

    assert "has a role in the team: only a superuser may do this." in said
    assert (before, standing(colleague)) == ("active", "ended")


def test_what_the_rule_refuses_is_said(desk):
    new = Member.objects.create_user("new@x.example", name="Nia")

    assert "has not confirmed the address" in press(desk, new, "approve")
    assert standing(new) == "waiting"


def test_a_closed_account_becomes_no_member(desk):
    waits, ended = (make.member(f"Of {one}", membership=one, is_active=False) for one in ("waiting", "ended"))

    said = press(desk, waits, "approve"), press(desk, ended, "reinstate")

    assert all("is closed, so nobody becomes a member by it." in one for one in said)
    assert (standing(waits), standing(ended)) == ("waiting", "ended")
