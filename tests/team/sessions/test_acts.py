"""Who is moved up comes with a reason, which is recorded."""

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse

from events.models import Session
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places import state
from workshops.models import Booking, PlaceOverride
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

SESSION = "/team/events/2026/sessions/huddle/"
CHANGE = "/team/events/2026/sessions/huddle/change/"


def line(session: Session) -> list[Booking]:
    return list(Booking.objects.waiting().filter(session=session))


def move_up_page(one: Booking) -> str:
    return reverse("team:session_move_up", args=["2026", "huddle", one.pk])


def test_somebody_is_moved_up_with_a_reason(desk, huddle, tess):
    state.fill(huddle, waiting=2)
    first, last = line(huddle)
    page = flat(desk.get(move_up_page(last)).text)

    answer = desk.post(move_up_page(last), {"reason": "Signs for a colleague."}, follow=True)

    assert "Their position on the waiting list of “The huddle” is 2." in page
    assert f"{last.member} is at the head of the waiting list." in answer.text
    assert line(huddle) == [last, first]
    assert PlaceOverride.objects.values_list("reason", "by").get() == ("Signs for a colleague.", tess.pk)


def test_without_a_reason_nobody_is_moved_up(desk, huddle):
    state.fill(huddle, waiting=2)
    first, last = line(huddle)

    answer = desk.post(move_up_page(last), {"reason": "  "})

    assert "Say why they come before people who asked earlier" in answer.text
    assert line(huddle) == [first, last]


def test_once_it_has_begun_a_page_offers_no_act_that_would_be_refused_and_an_old_one_says_why(huddle, tess):
    state.fill(huddle, waiting=2)
    first, last = line(huddle)
    offered = ("Move up<", "Give up<")
    before = people.reader(tess).get(SESSION).text

    with time_machine.travel(found(huddle.starts_at), tick=False):
        desk = people.reader(tess)
        begun = desk.get(SESSION).text
        answer = desk.post(move_up_page(last), {"reason": "Signs for a colleague."}, follow=True)

    assert [words in before for words in offered] == [True, True]
    assert [words in begun for words in (*offered, "Waiting list")] == [False, False, True]
    assert f"has started, so what {last.member} has there stays as it is." in flat(answer.text)
    assert line(huddle) == [first, last]


def test_moving_up_the_first_changes_nothing(desk, huddle):
    state.fill(huddle, waiting=1)
    (first,) = line(huddle)

    answer = desk.post(move_up_page(first), {"reason": "Again."}, follow=True)

    assert "Nothing is changed" in answer.text
    assert not PlaceOverride.objects.exists()


def test_who_does_not_wait_has_no_turn_to_change(desk, huddle):
    ada = booking.book(huddle, make.registration(huddle.event, make.member("Ada")), by=BY, at=NOW)

    assert "They do not wait for “The huddle” now" in flat(desk.get(move_up_page(ada)).text)


def test_who_may_not_see_sessions_moves_nobody_up(huddle):
    state.fill(huddle, waiting=2)
    first, last = line(huddle)
    ria = make.member("Ria", is_staff=True)
    ria.user_permissions.add(Permission.objects.get(codename="change_booking"))

    answer = people.reader(ria).post(move_up_page(last), {"reason": "Signs for a colleague."})

    assert answer.status_code == 403
    assert line(huddle) == [first, last]


def test_a_booking_of_another_session_is_not_found_here(desk, event, huddle):
    other = make.workshop(event, hour=12)
    ada = booking.book(other, make.registration(event, make.member("Ada")), by=BY, at=NOW)

    assert desk.get(move_up_page(ada)).status_code == 404


def test_support_moves_people_up_and_leaves_the_session_alone(huddle):
    state.fill(huddle, waiting=2)
    _, last = line(huddle)
    sam = people.reader(people.staff("Support"))

    assert sam.get(move_up_page(last)).status_code == 200
    assert sam.post(CHANGE, {"places": "9"}).status_code == 403
    page = sam.get("/team/events/2026/sessions/huddle/").text
    assert ("Move up" in page, "Change time, room or places" in page) == (True, False)
