"""What became of needs, in numbers of nobody: below five none is told."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from events import access_needs, need_counts
from events.models import AccessNeeds
from members.capabilities import SEE_ACCESS_NEEDS
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
PAGE = "/team/needs/numbers/"
OVER = NOW.date() - timedelta(days=40)


def asked(event, number, kind="captions", **fields):
    long_ago = NOW - timedelta(days=80)
    for one in make.crowd(event, number):
        make.need(one, kind, **({"asked_at": long_ago, "state_changed_at": long_ago} | fields))


def told():
    """The page, once the needs are erased."""
    access_needs.forget(at=NOW)
    return people.reader(people.staff("Event admin")).get(PAGE)


def cells(answer):
    return [
        (row.need, [cell for _, cell in row.cells])
        for table in answer.context["tables"]
        for row in table.rows
    ]


def test_numbers_below_five_are_not_told():
    event = make.event(title="Last year", first_day=OVER, last_day=OVER)
    asked(event, 5, state="confirmed", was_met=True)
    asked(event, 4, "breaks", state="confirmed", was_met=False)

    few, page = "fewer than 5", told()

    assert cells(page) == [
        ("Live captions", ["5", "5", few, few, "5", few]),
        ("Breaks in long sessions", [few] * 6),
    ]
    assert few in flat(page.text)
    assert not Entry.objects.filter(act=Act.NEEDS_SEEN).exists()


def test_no_number_below_five_is_left_over_when_the_others_are_taken_off():
    event, late = make.event(title="Last year", first_day=OVER, last_day=OVER), NOW - timedelta(days=42)
    asked(event, 6, state="confirmed", was_met=True)
    asked(event, 7, state="confirmed", state_changed_at=late, was_met=True)
    asked(event, 1, state="cannot", instead="Slides")
    asked(event, 6, "breaks", state="confirmed", was_met=True)
    asked(event, 1, "breaks", state="confirmed", was_met=False)

    few, hidden = "fewer than 5", "not told"
    assert cells(told()) == [
        ("Live captions", ["14", hidden, "7", hidden, "13", few]),
        ("Breaks in long sessions", ["7", "7", few, few, hidden, hidden]),
    ]


def test_few_among_enough_others_who_are_not_told_are_said_to_be_few():
    event = make.event(title="Last year", first_day=OVER, last_day=OVER)
    asked(event, 5, state="confirmed", was_met=True)
    asked(event, 1, state="confirmed", was_met=False)
    asked(event, 4, state="confirmed")

    assert cells(told())[0][1][4:] == ["5", "fewer than 5"]


def test_while_anybody_can_still_answer_no_number_is_told():
    event = make.event(title="Last year", first_day=OVER, last_day=OVER)
    asked(event, 5, state="confirmed")

    page = people.reader(people.staff("Support")).get(PAGE)

    assert cells(page) == []
    assert "No numbers yet" in page.text


def test_what_one_who_is_erased_had_needed_is_not_told_before_the_others():
    event = make.event(title="Last year", first_day=OVER, last_day=OVER)
    asked(event, 6, state="confirmed")
    need_counts.erase([AccessNeeds.objects.latest("pk").pk], at=NOW)

    before = cells(people.reader(people.staff("Support")).get(PAGE))

    assert before == []
    assert [row[1][0] for row in cells(told())] == ["6"]


def test_who_may_not_see_needs_sees_no_numbers_of_them():
    rob = people.staff("Moderator")

    assert not rob.has_perm(SEE_ACCESS_NEEDS)
    assert people.reader(rob).get(PAGE).status_code == 403
