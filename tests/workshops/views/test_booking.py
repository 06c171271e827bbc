"""Booking, giving up and choosing over HTTP, without JavaScript."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from events.models import Session
from events.programme.cache_version import raise_version
from tests import make
from tests.make import BY, NOW
from tests.workshops.pages import agenda_url, card, press, status, url
from tests.workshops.places.state import fill
from workshops.models import Booking
from workshops.places import booking, choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

Status = Booking.Status


@pytest.mark.slow
def test_a_place_is_booked_and_one_comes_back_to_the_card(client, event, ada):
    session = make.workshop(event)

    where, page = press(client, session, wanted="place")

    assert (where, status(session, ada)) == (f"{agenda_url(event)}#booking-{session.pk}", Status.BOOKED)
    assert card(page, session).startswith(f"{session.title} , booked Booked")
    assert "Give up my place" in card(page, session)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["agenda", "programme", "theme", "session"])
@pytest.mark.parametrize("had_a_place", [False, True])
def test_what_became_of_a_press_on_a_session_that_was_cancelled_meanwhile_is_said(
    client, event, ada, page, had_a_place
):
    session, theme = make.workshop(event, title="Pathways"), make.theme(event)
    session.themes.add(theme)
    if had_a_place:
        booking.book(session, ada, by=BY, at=NOW)
    addresses = {
        "agenda": agenda_url(event),
        "programme": reverse("events:programme", args=[event.slug]),
        "theme": reverse("events:theme", args=[event.slug, theme.slug]),
        "session": session.get_absolute_url(),
    }
    Session.objects.filter(pk=session.pk).update(status=Session.Status.CANCELLED)
    raise_version(event.pk)

    _, shown = press(client, session, "cancel" if had_a_place else "book", next=addresses[page])

    said = "You gave up your place" if had_a_place else "This session is not taking bookings."
    assert said in shown.partition("<body")[2]


def test_pressing_twice_books_once(client, event, ada):
    session = make.workshop(event)

    press(client, session)
    press(client, session)

    assert [one.status for one in Booking.objects.all()] == [Status.BOOKED]


@pytest.mark.slow
def test_losing_the_last_place_by_a_second_says_where_they_stand_and_what_there_is(client, event, ada):
    session = make.workshop(event, capacity=1)
    make.workshop(event, title="Plenty of room")
    fill(session, 2)

    _, page = press(client, session, wanted="place")

    words = card(page, session)
    assert "You are 3rd on the waiting list The last place has just gone. When it is your turn" in words
    assert "Places at this time: Plenty of room" in words
    assert "Leave the waiting list" in words


@pytest.mark.slow
def test_joining_the_waiting_list_is_not_a_loss(client, event, ada):
    session = make.workshop(event, capacity=1)
    fill(session)

    _, page = press(client, session, wanted="line")

    assert (
        "You are 1st on the waiting list The next place that comes free is yours at once, and we email you, "
        "until half an hour before the start."
    ) in card(page, session)


@pytest.mark.slow
def test_a_place_that_has_just_come_free_is_said(client, event, ada):
    session = make.workshop(event)

    _, page = press(client, session, wanted="line")

    assert card(page, session).startswith(f"{session.title} , booked Booked")
    assert "A place had just come free." in card(page, session)


def test_a_clash_says_with_what_and_offers_the_swap(client, event, ada):
    mine, other = make.workshop(event, title="Run charts"), make.workshop(event)
    booking.book(mine, ada, by=BY, at=NOW)

    _, page = press(client, other, wanted="place")

    words = card(page, other)
    assert status(other, ada) is None
    assert "It is at the same time as “Run charts”." in words
    assert "Swap with “Run charts”" in words


def test_giving_up_a_place_that_nobody_waits_for_is_done_at_once(client, event, ada):
    session = make.workshop(event)
    booking.book(session, ada, by=BY, at=NOW)

    _, page = press(client, session, "cancel")

    assert status(session, ada) is None
    assert "You gave up your place. Book again" in card(page, session)


@pytest.mark.slow
def test_giving_up_a_place_that_others_wait_for_asks_first(client, event, ada):
    session = make.workshop(event, capacity=1)
    booking.book(session, ada, by=BY, at=NOW)
    for one in make.crowd(event, 12):
        booking.book(session, one, by=BY, at=NOW)

    where, page = press(client, session, "cancel")

    assert (where, status(session, ada)) == (url(session, "cancel"), Status.BOOKED)
    assert "12 people are waiting for a place; you may not get it back." in page

    press(client, session, "cancel", sure="yes")

    assert status(session, ada) is None


def test_htmx_is_sent_to_the_page_that_asks(client, event, ada):
    session = make.workshop(event, capacity=1)
    booking.book(session, ada, by=BY, at=NOW)
    booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)

    response = client.post(url(session, "cancel"), headers={"HX-Request": "true", "HX-Target": "slot-x"})

    assert response.headers["HX-Redirect"] == url(session, "cancel")
    assert status(session, ada) == Status.BOOKED


def test_the_page_that_asks_is_a_way_back_where_they_have_no_place(client, event, ada):
    session = make.workshop(event)
    booking.cancel(booking.book(session, ada, by=BY, at=NOW), by=BY, at=NOW)

    response = client.get(url(session, "cancel"))

    assert response.url == f"{agenda_url(event)}#booking-{session.pk}"


@pytest.mark.slow
def test_leaving_the_waiting_list_is_done_at_once(client, event, ada):
    session = make.workshop(event, capacity=1)
    fill(session, 3)
    booking.book(session, ada, by=BY, at=NOW)

    _, page = press(client, session, "cancel")

    assert status(session, ada) is None
    assert "You left the waiting list." in card(page, session)


@pytest.mark.slow
def test_giving_up_twice_is_harmless(client, event, ada):
    session = make.workshop(event)
    booking.book(session, ada, by=BY, at=NOW)

    press(client, session, "cancel")
    where, _ = press(client, session, "cancel")

    assert where == f"{agenda_url(event)}#booking-{session.pk}"


@pytest.mark.slow
def test_choosing_and_taking_out_before_booking_opens(client):
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    client.force_login(ada.member)

    _, page = press(client, session, "choose")
    assert (status(session, ada), "Chosen Take out of my choices" in card(page, session)) == ("chosen", True)

    press(client, session, "choose")
    _, page = press(client, session, "unchoose")
    assert (status(session, ada), "Choose" in card(page, session)) == (None, True)

    press(client, session, "unchoose")
    assert Booking.objects.count() == 0


@pytest.mark.slow
def test_booking_before_opening_and_choosing_after_it_are_refused_in_words(client, event, ada):
    session = make.workshop(event, booking_opens_at=NOW + timedelta(seconds=1))
    _, page = press(client, session)
    assert "Booking has not opened yet." in card(page, session)

    with time_machine.travel(NOW + timedelta(seconds=1), tick=False):
        _, page = press(client, session, "choose")

    assert "Booking has opened: book your place now." in card(page, session)
    assert status(session, ada) is None


SAID_AGAIN = {
    "book": ("wanted=place", "Booked"),
    "join": ("wanted=line", "You are 2nd on the waiting list"),
    "cancel": ("", "You gave up your place"),
    "leave": ("wanted=line", "You left the waiting list"),
    "choose": ("", "Chosen"),
    "unchoose": ("", "Taken out of your choices"),
}


@pytest.mark.slow
@pytest.mark.parametrize("press_what", SAID_AGAIN)
def test_the_same_press_sent_twice_is_one_act_and_both_answers_say_so(client, event, ada, press_what):
    sent, said = SAID_AGAIN[press_what]
    session = make.workshop(event)
    act = {"join": "book", "leave": "cancel"}.get(press_what, press_what)
    if press_what in ("join", "leave"):
        fill(session, 1)
    if act == "cancel":
        booking.book(session, ada, by=BY, at=NOW)
    if "choose" in act:
        type(event).objects.update(booking_opens_at=NOW + timedelta(days=1))
    if act == "unchoose":
        choices.choose(session, ada, by=BY, at=NOW)
    fields = dict([sent.split("=")]) if sent else {}

    pages = [press(client, session, act, **fields)[1] for _ in range(2)]

    assert [f'aria-label="{said}, {session.title}"' in page for page in pages] == [True, True]
    assert Booking.objects.filter(registration=ada).count() == (0 if act == "unchoose" else 1)


@pytest.mark.slow
def test_a_choice_that_was_booked_meanwhile_is_not_called_taken_out(client, event, ada):
    session = make.workshop(event)
    booking.book(session, ada, by=BY, at=NOW)

    _, page = press(client, session, "unchoose")

    assert status(session, ada) == Status.BOOKED
    assert "Nothing has changed. This is no choice any more: it has been booked." in card(page, session)


@pytest.mark.slow
def test_booking_all_choices_twice_says_that_none_is_left(client, event, ada):
    session = make.workshop(event)
    type(event).objects.update(booking_opens_at=NOW + timedelta(days=1))
    choices.choose(session, ada, by=BY, at=NOW)
    type(event).objects.update(booking_opens_at=NOW - timedelta(days=1))

    pages = [client.post(agenda_url(event, "book_choices"), follow=True).text for _ in range(2)]

    assert f"Booked: “{session.title}”." in pages[0]
    assert "None of your choices is left to book. What you have is below." in pages[1]
    assert status(session, ada) == Status.BOOKED
