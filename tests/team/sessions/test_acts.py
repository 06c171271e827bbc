"""Places are changed from those that were seen; who is moved up comes with a reason, and none is lost."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from events.models import Session
from team.sessions import acts
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places import state
from workshops.models import Booking, PlaceOverride
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PLACES = "/team/events/2026/sessions/huddle/places/"


def line(session: Session) -> list[Booking]:
    return list(Booking.objects.waiting().filter(session=session))


def move_up_page(one: Booking) -> str:
    return reverse("team:session_move_up", args=["2026", "huddle", one.pk])


def test_more_places_go_to_the_line_at_once(desk, huddle):
    state.fill(huddle, waiting=3)

    answer = desk.post(PLACES, {"places": "4", "seen": "2"}, follow=True)

    assert "Saved. Places: 4. Taken: 4. Waiting: 1." in answer.text
    assert state.places(huddle) == (4, 0, 1)


def test_an_empty_field_is_no_limit(desk, huddle):
    state.fill(huddle, waiting=1)

    answer = desk.post(PLACES, {"places": "", "seen": "2"}, follow=True)

    assert "Saved. Places: no limit. Taken: 3. Waiting: 0." in answer.text


def test_there_are_never_fewer_places_than_are_taken(desk, huddle):
    state.fill(huddle)

    answer = desk.post(PLACES, {"places": "1", "seen": "2"})

    assert "2 places are taken, so there cannot be " in answer.text
    assert state.places(huddle) == (2, 0, 0)


def test_who_saw_other_places_is_told_and_may_save_again(desk, huddle, tess):
    acts.set_places(huddle, 9, seen=2, by=tess, at=NOW)

    answer = desk.post(PLACES, {"places": "4", "seen": "2"})

    assert "Somebody else has changed the places meanwhile: there are 9 now." in flat(answer.text)
    assert 'name="seen" value="9"' in flat(answer.text)
    assert answer.context["form"]["places"].value() == "4"
    assert 'value="4"' in answer.text
    assert Session.objects.get(pk=huddle.pk).workshop.capacity == 9


def test_the_page_of_places_says_what_more_of_them_do(desk, huddle):
    state.fill(huddle, waiting=1)

    assert "Taken: 2. Waiting: 1. More places go to the waiting list at once" in flat(desk.get(PLACES).text)


def test_a_session_without_places_has_no_page_of_them(desk, event):
    make.session(event, slug="open")

    assert desk.get("/team/events/2026/sessions/open/places/").status_code == 404


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


def test_support_moves_people_up_and_leaves_the_places_alone(huddle):
    state.fill(huddle, waiting=2)
    _, last = line(huddle)
    sam = people.reader(people.staff("Support"))

    assert sam.get(move_up_page(last)).status_code == 200
    assert sam.post(PLACES, {"places": "9", "seen": "2"}).status_code == 403
    page = sam.get("/team/events/2026/sessions/huddle/").text
    assert ("Move up" in page, "Change the places" in page) == (True, False)
