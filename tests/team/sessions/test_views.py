"""The team's pages of an event and a session: what they show, to whom, and in how many queries."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Registration, Session
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places import state
from tests.workshops.programme.moving import move
from workshops.models import Booking
from workshops.places import booking, waiting_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

EVENT, SESSION = "/team/events/2026/", "/team/events/2026/sessions/huddle/"


def test_the_events_lead_to_their_pages_and_those_to_the_sessions(desk, huddle):
    assert f'<a href="{EVENT}">Community event</a>' in flat(desk.get("/team/events/").text)
    assert f'href="{SESSION}">The huddle</a>' in flat(desk.get(EVENT).text)


def test_an_event_says_how_full_its_sessions_are_and_what_they_lack(desk, event, huddle):
    state.fill(huddle, waiting=1)
    hana = make.host(huddle, "Hana")
    make.invited(hana, event)
    make.agreed(hana, event)
    make.session(event, title="Bare", hour=12)
    make.session(event, title="Of no more", hour=12, status="cancelled")

    page = flat(desk.get(EVENT).text)

    assert "2 sessions · 2 places taken · 1 waiting · 1 to look at" in page
    assert '<td data-heading="Places taken">2 of 2; 1 waiting</td>' in page
    assert '<bdi>Hana</bdi></td><td data-heading="To look at">nothing</td>' in page
    assert [gap for gap in ("No joining link", "No host", "No captions") if gap in page] == [
        "No joining link",
        "No host",
        "No captions",
    ]


def test_an_event_that_is_over_offers_nothing_that_would_be_refused(event, huddle, tess):
    make.host(huddle, "Hana", email="hana@hosts.example")
    offered = ("Invite them", "Move its sessions")
    before = people.reader(tess).get(EVENT).text

    with time_machine.travel(found(huddle.ends_at) + timedelta(days=3), tick=False):
        after = people.reader(tess).get(EVENT).text

    assert [words in before for words in offered] == [True, True]
    assert [words in after for words in (*offered, "Report")] == [False, False, True]


def test_a_row_that_was_written_before_says_what_is_so_now(desk, event, huddle):
    before = flat(desk.get(EVENT).text)
    booking.book(huddle, state.registered(event, "Ada")[0], by=BY, at=NOW)
    make.host(huddle, "Hana <b>")
    Session.objects.update(title="The  gathering\u00a0", status="draft")

    after = flat(desk.get(EVENT).text)

    assert "0 of 2" in before
    assert "1 of 2" in after
    assert "Hana &lt;b&gt;" in after
    assert "The  gathering\u00a0</a> <span" in desk.get(EVENT).text
    assert "Draft</span>" in after


def test_an_event_counts_its_registrations(desk, event, huddle):
    ada, _ = state.registered(event, "Ada", "Bo")
    booking.book(huddle, ada, by=BY, at=NOW)
    for status, name in (("received", "Cy"), ("cancelled", "Di"), ("cancelled", "Ed")):
        make.registration(event, make.member(name), status=status)
    make.registration(event, make.member("Fay"), status=Registration.Status.WAITING, ticket=9)

    page = flat(desk.get(EVENT).text)

    assert "<dt>Registered</dt><dd>2</dd>" in page
    assert "<dt>Nothing chosen or booked</dt><dd>1 of those" in page
    assert "<dt>Waiting for approval</dt><dd>1</dd>" in page
    assert "<dt>Waiting for a place at the event</dt><dd>1</dd>" in page
    assert "<dt>Cancelled</dt><dd>2</dd>" in page


def test_two_sessions_in_one_room_are_told_on_both_pages(desk, event, huddle):
    Session.objects.filter(pk=huddle.pk).update(room="Room 3")
    make.session(event, title="Letters", room="Room 3", hour=10.5)

    assert 'The huddle</a>: Room 3 is also the room of <a href="/team/events/2026/sessions/' in flat(
        desk.get(EVENT).text
    )
    page = flat(desk.get(SESSION).text)
    assert "Room 3 is also the room of <a href=" in page
    assert ">Letters</a>, 10:30 to 11:30." in page


def test_a_session_shows_its_people_and_they_lead_to_theirs(desk, huddle):
    state.fill(huddle, waiting=1)
    first = found(Booking.objects.booked().filter(session=huddle).first())

    page = flat(desk.get(SESSION).text)

    assert '<h2 id="booked">Booked: 2</h2>' in page
    assert '<h2 id="waiting">Waiting list: 1</h2>' in page
    assert f'href="/team/people/{first.member_id}/"' in page


def test_a_session_tells_what_was_mailed_and_how_far_it_has_come(desk, huddle):
    state.fill(huddle)
    move(huddle, at=NOW)

    page = flat(desk.get(SESSION).text)

    assert '<th scope="row">A new time or room</th>' in page
    assert '<td data-heading="People">2</td><td data-heading="Sent">0</td>' in page
    assert '<td data-heading="Waiting">2</td><td data-heading="Failed">0</td>' in page


def test_emails_about_a_session_whose_number_begins_alike_are_not_its_own(desk, event, huddle):
    other = Session.objects.get(pk=huddle.pk)
    other.pk, other.slug = int(f"{huddle.pk}0"), "other"
    other.save(force_insert=True)
    make.host(other)
    move(other, at=NOW)

    assert "None yet." in desk.get(SESSION).text
    assert "A new time or room" in desk.get("/team/events/2026/sessions/other/").text


def test_a_session_tells_what_was_done_with_the_reason_of_who_was_moved_up(desk, huddle, tess):
    state.fill(huddle, waiting=2)
    last = found(Booking.objects.waiting().filter(session=huddle).last())
    waiting_list.move_up(last, at=NOW, by=tess, reason="Signs for a colleague.")
    move(huddle, at=NOW)

    page = flat(desk.get(SESSION).text)

    assert f"Moved {last.member} to the head of the line: Signs for a colleague." in page
    assert "Changed the session: starts, ends" in page


def test_what_is_not_there_is_not_found(desk, huddle):
    assert desk.get("/team/events/2025/").status_code == 404
    assert desk.get("/team/events/2026/sessions/other/").status_code == 404


def test_a_session_is_found_in_its_own_event_only(desk, huddle):
    make.event(slug="2027")

    assert desk.get("/team/events/2027/sessions/huddle/").status_code == 404


@pytest.mark.parametrize("page", ["/team/events/", EVENT, SESSION])
@pytest.mark.parametrize("role", ["Blog editor", "Moderator"])
def test_who_has_no_part_in_events_sees_none_of_it(huddle, page, role):
    assert people.reader(people.staff(role)).get(page).status_code == 403


def test_support_sees_it_too(huddle):
    assert people.reader(people.staff("Support")).get(SESSION).status_code == 200


def lived_in(session: Session, number: int) -> None:
    """So many booked, waiting, passed and over, each waiting one with something booked at that time."""
    event, other = session.event, make.workshop(session.event, capacity=None, hour=10.5)
    status = Booking.Status
    for n, registration in enumerate(make.crowd(event, number * 4)):
        kind = (status.BOOKED, status.WAITING, status.PASSED, status.CANCELLED)[n % 4]
        for of, what in ((session, kind), *([(other, status.BOOKED)] if kind == status.WAITING else [])):
            Booking.objects.create(
                registration=registration,
                member_id=registration.member_id,
                session=of,
                status=what,
                ticket=n + 1,
                during=(of.starts_at, of.ends_at),
                ended="member" if what == status.CANCELLED else "",
                created_at=NOW,
                status_changed_at=NOW - timedelta(minutes=n),
            )
    move(session, hours=0, room="Room 9", at=NOW)


@pytest.mark.parametrize("number", [1, 75])
def test_three_hundred_people_cost_as_many_queries_as_four(desk, huddle, number):
    make.host(huddle)
    lived_in(huddle, number)
    desk.get(SESSION)

    with CaptureQueriesContext(connection) as queries:
        assert desk.get(SESSION).status_code == 200

    assert len(queries) == 25


@pytest.mark.parametrize("number", [1, 300])
def test_three_hundred_sessions_cost_as_many_queries_as_one(desk, event, huddle, number):
    for n in range(number):
        make.host(make.workshop(event, room="Room 3"), f"Host {n}")
    desk.get(EVENT)

    with CaptureQueriesContext(connection) as queries:
        assert desk.get(EVENT).status_code == 200

    assert len(queries) == 13


def test_the_reason_of_a_move_is_for_who_may_move_people(huddle, tess):
    state.fill(huddle, waiting=2)
    last = found(Booking.objects.waiting().filter(session=huddle).last())
    waiting_list.move_up(last, at=NOW, by=tess, reason="Signs for a colleague.")
    reader = people.staff("Event admin")
    reader.groups.get().permissions.remove(*reader.groups.get().permissions.filter(codename="change_booking"))

    page = people.reader(reader).get(SESSION).text

    assert ("to the head of the line" in page, "Signs for a colleague." in page) == (True, False)


def test_support_is_not_led_to_a_page_that_is_closed_to_them(event):
    sam = people.reader(people.staff("Support"))

    assert "Add a session" not in sam.get(EVENT).text
