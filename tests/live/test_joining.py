"""Pressing *Join*: it is noted and leads to the link, in its time, for who has a place; *I was there*."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from events.models import Event, Registration, Session
from live.models import Attendance
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
LINK = "https://join.example/S3CRET"
JOIN, WAY, THERE = (f"/events/2026/live/sessions/huddle/{act}" for act in ("join/", "", "was-there/"))
NOTED = "We note that you joined"


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026")


@pytest.fixture
def huddle(event: Event) -> Session:
    return make.workshop(event, slug="huddle", title="The huddle", join_url=LINK)


@pytest.fixture
def ada(huddle: Session) -> Registration:
    """She has a place."""
    hers = make.registration(huddle.event, make.member("Ada"))
    booking.book(huddle, hers, by=BY, at=NOW)
    return hers


def around(session: Session, minutes: float = 0):
    """Travel to so many minutes after its start."""
    return time_machine.travel(found(session.starts_at) + timedelta(minutes=minutes), tick=False)


def press(who: Any, path: str, session: Session, minutes: float = 0, **sent: str):
    """Press a button so many minutes after the start; return where it leads, with the page there."""
    with around(session, minutes):
        answer = people.reader(who).post(path, sent, follow=True)
    return answer.request["PATH_INFO"], answer.text


def test_joining_notes_it_and_leads_to_a_page_with_the_link_alone(huddle, ada):
    where, page = press(ada.member, JOIN, huddle, -15)

    assert where == WAY
    assert f'href="{LINK}"' in page
    assert 'rel="noopener noreferrer"' in page
    row = Attendance.objects.get()
    assert (row.registration, row.session) == (ada, huddle)
    assert row.joined_at == found(huddle.starts_at) - timedelta(minutes=15)


def test_the_page_with_the_link_notes_nothing_by_itself(huddle, ada):
    with around(huddle):
        assert LINK in people.reader(ada.member).get(WAY).text

    assert not Attendance.objects.exists()


@pytest.mark.parametrize("path", [JOIN, THERE])
def test_nothing_is_pressed_by_following_a_link(huddle, ada, path):
    with around(huddle):
        assert people.reader(ada.member).get(path).status_code == 405


@pytest.mark.parametrize(
    ("minutes", "why"),
    [
        (-15.1, "You can join from 09:45."),
        (-60 * 24, "You can join from a quarter of an hour before it starts."),
        (90, "This session is over."),
    ],
)
def test_before_and_after_its_time_nobody_is_let_in_or_noted(huddle, ada, minutes, why):
    where, page = press(ada.member, JOIN, huddle, minutes)

    assert (where, why in page, LINK in page) == ("/events/2026/sessions/huddle/", True, False)
    assert not Attendance.objects.exists()


def test_the_refusal_is_read_where_they_pressed(huddle, ada):
    where, page = press(ada.member, JOIN, huddle, -60, next="/events/2026/live/")

    assert (where, "You can join from 09:45." in page) == ("/events/2026/live/", True)


def without_a_place(event):
    return make.registration(event, make.member("Bo")).member


def not_registered(_event):
    return make.member("Cy")


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (without_a_place, "You have no place in this session."),
        (not_registered, "Only who is registered for the event can join its sessions."),
    ],
)
@pytest.mark.parametrize("path", [JOIN, THERE])
def test_who_has_no_place_is_not_let_in_and_was_not_there(huddle, who, why, path):
    where, page = press(who(huddle.event), path, huddle)

    assert (where, why in page, LINK in page) == ("/events/2026/sessions/huddle/", True, False)
    assert not Attendance.objects.exists()


def test_a_session_that_was_cancelled_lets_nobody_in(huddle, ada):
    Session.objects.filter(pk=huddle.pk).update(status="cancelled")

    _where, page = press(ada.member, JOIN, huddle)

    assert ("This session was cancelled." in page, LINK in page) == (True, False)
    assert not Attendance.objects.exists()


def test_a_host_who_is_not_registered_joins_any_time_and_is_not_noted(huddle):
    hana = make.member("Hana")
    make.host(huddle, "Hana", member=hana)

    where, page = press(hana, JOIN, huddle, -60 * 24 * 7)

    assert (where, LINK in page) == (WAY, True)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(("minutes", "noted"), [(-60 * 24, 0), (-16, 0), (-15, 1), (5, 1)])
def test_a_host_who_tries_the_link_before_people_join_was_not_there(huddle, minutes, noted):
    hana = make.registration(huddle.event, make.member("Hana"))
    make.host(huddle, "Hana", member=hana.member)

    assert press(hana.member, JOIN, huddle, minutes)[0] == WAY
    assert Attendance.objects.count() == noted


def test_staff_who_look_into_a_session_without_a_place_were_not_there(huddle):
    tess = make.registration(huddle.event, people.staff("Event admin"))

    assert press(tess.member, JOIN, huddle, 5)[0] == WAY
    assert "You have no place in this session." in press(tess.member, THERE, huddle, 5)[1]
    assert not Attendance.objects.exists()


def test_where_noting_is_switched_off_nobody_is_noted_nor_told_so(huddle, ada):
    with around(huddle):
        assert NOTED in people.reader(ada.member).get("/events/2026/live/").text
    Session.objects.filter(pk=huddle.pk).update(notes_attendance=False)
    Event.objects.filter(pk=huddle.event_id).update(version=99)

    where, _page = press(ada.member, JOIN, huddle)

    assert where == WAY
    assert not Attendance.objects.exists()
    with around(huddle):
        for path in ("/events/2026/live/", "/events/2026/sessions/huddle/", "/events/2026/agenda/", "/"):
            assert NOTED not in people.reader(ada.member).get(path).text
    assert "In this session it is not noted who was there." in press(ada.member, THERE, huddle, 5)[1]


def test_a_place_that_was_given_up_after_the_page_was_made_lets_nobody_in(huddle, ada):
    booking.cancel(ada.bookings.get(), by=ada.member, at=NOW)

    _where, page = press(ada.member, JOIN, huddle)

    assert ("You have no place in this session." in page, LINK in page) == (True, False)


def test_a_link_that_was_changed_a_minute_ago_is_the_one_that_opens(huddle, ada):
    Session.objects.filter(pk=huddle.pk).update(join_url="https://join.example/new")

    _where, page = press(ada.member, JOIN, huddle)

    assert ("https://join.example/new" in page, LINK in page) == (True, False)


def test_who_was_there_by_telephone_says_so_and_reads_it(huddle, ada):
    where, page = press(ada.member, THERE, huddle, 30, next="/events/2026/live/")

    assert where == "/events/2026/live/"
    assert "Noted: you were in “The huddle”." in page
    assert Attendance.objects.get().said_at == found(huddle.starts_at) + timedelta(minutes=30)


def test_a_visitor_who_presses_logs_in_first(huddle, ada):
    with around(huddle):
        answer = people.reader(None).post(JOIN)

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/login/")
    assert not Attendance.objects.exists()
