"""The calendar to subscribe to: what stands in it, and who can read it."""

from datetime import timedelta

import icalendar
import pytest

from events import cancellation, registration
from events.models import Registration, Session
from members.models import Member
from tests import calendar_files, make, pseudo
from tests.calendar_files import moment, text
from tests.make import BY, NOW
from tests.workshops.places.state import path
from workshops.letters import calendar_feed
from workshops.models import Booking, CalendarFeed
from workshops.places import booking, choices
from workshops.programme import changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PAGE, NEW, STOP = "/calendar/", "/calendar/new/", "/calendar/stop/"


@pytest.fixture
def ada(event) -> Registration:
    """Ada, registered."""
    return make.registration(event, make.member("Ada", password="pass-word-1"))


def read(client, member):
    """The events of their calendar, as (status, summary)."""
    response = client.get(path(member))
    found = calendar_files.events(response.content)
    return [(str(one["STATUS"]), str(one["SUMMARY"])) for one in found]


@pytest.mark.slow
def test_it_holds_what_is_theirs_and_what_everybody_comes_to(client, event, ada):
    make.session(event, title="Opening", format=Session.Format.PLENARY, hour=9)
    booking.book(make.workshop(event, title="Booked"), ada, by=BY, at=NOW)
    booking.book(make.workshop(event, title="Given up", hour=12), ada, by=BY, at=NOW)
    booking.cancel(Booking.objects.get(session__title="Given up"), by=BY, at=NOW)
    full = make.workshop(event, title="Full", hour=14, capacity=1)
    for one in (make.registration(event, make.member("Bo")), ada):
        booking.book(full, one, by=BY, at=NOW)
    hosted = make.session(event, title="Hosted", hour=16)
    host = make.host(hosted, email="")
    host.member = ada.member
    host.save()

    assert read(client, ada.member) == [
        ("CONFIRMED", "Opening"),
        ("CONFIRMED", "Booked"),
        ("TENTATIVE", "Waiting list: Full"),
        ("CONFIRMED", "Hosted"),
    ]


def test_choices_and_other_peoples_sessions_are_not_in_it(client):
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    ada = make.registration(event, make.member("Ada"))
    choices.choose(make.workshop(event), ada, by=BY, at=NOW)

    assert read(client, ada.member) == []


@pytest.mark.slow
def test_an_offer_is_tentative(client, event, ada):
    full, other = make.workshop(event, title="Full", capacity=1), make.workshop(event, title="Other")
    bos = booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(full, ada, by=BY, at=NOW)
    booking.book(other, ada, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)

    assert sorted(read(client, ada.member)) == [("CONFIRMED", "Other"), ("TENTATIVE", "Held for you: Full")]


@pytest.mark.slow
def test_a_cancelled_session_stays_with_its_end(client, event, ada):
    session = make.workshop(event, title="Off")
    plenary = make.session(event, title="Plenary off", format=Session.Format.PLENARY, hour=12)
    booking.book(session, ada, by=BY, at=NOW)
    for one in (session, plenary):
        one.status = Session.Status.CANCELLED
        changes.save_session(one, by=BY, at=NOW)

    assert read(client, ada.member) == [("CANCELLED", "Off"), ("CANCELLED", "Plenary off")]


def test_a_cancelled_event_cancels_all_of_it(client, event, ada):
    booking.book(make.workshop(event, title="Booked"), ada, by=BY, at=NOW)
    cancellation.cancel_event(event, by=BY, at=NOW)

    assert read(client, ada.member) == [("CANCELLED", "Booked")]


def test_a_cancelled_registration_empties_it(client, event, ada):
    make.session(event, format=Session.Format.PLENARY, hour=9)
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    registration.cancel(ada, by=BY, at=NOW)

    assert read(client, ada.member) == []


def test_all_their_events_are_in_one_calendar_but_long_past_ones(client, event, ada):
    other = make.event(first_day=NOW.date(), last_day=NOW.date(), time_zone="America/New_York")
    past = make.event(first_day=NOW.date() - timedelta(days=200), last_day=NOW.date() - timedelta(days=199))
    for one in (other, past):
        make.registration(one, ada.member)
        make.session(one, title=f"Opening of {one.pk}", format=Session.Format.PLENARY, hour=18)
    booking.book(make.workshop(event, title="Booked"), ada, by=BY, at=NOW)

    response = client.get(path(ada.member))

    found = icalendar.Calendar.from_ical(response.content)
    assert [str(one["SUMMARY"]) for one in found.events] == [f"Opening of {other.pk}", "Booked"]
    assert sorted(text(zone, "TZID") for zone in found.timezones) == ["America/New_York", "Europe/London"]


@pytest.mark.slow
def test_it_follows_a_move_under_the_same_uid_with_a_raised_sequence(client, event, ada):
    session = make.workshop(event)
    booking.book(session, ada, by=BY, at=NOW)
    before = calendar_files.events(client.get(path(ada.member)).content)[0]
    changes.save_session(make.later(session, timedelta(hours=1)), by=BY, at=NOW)

    after = calendar_files.events(client.get(path(ada.member)).content)[0]

    assert after["UID"] == before["UID"] == f"session-{session.pk}-member-{ada.member_id}@localhost"
    assert calendar_files.number(after, "SEQUENCE") > calendar_files.number(before, "SEQUENCE")
    assert moment(after, "DTSTART") == moment(before, "DTSTART") + timedelta(hours=1)


def test_it_tells_nobody_how_to_join(client, event, ada):
    session = make.workshop(
        event, join_url="https://meet.example.org/j/9", passcode="s3cret", dial_in="+44 1"
    )
    booking.book(session, ada, by=BY, at=NOW)

    content = client.get(path(ada.member)).content.decode().replace("\r\n ", "")

    assert [word in content for word in ("meet.example.org", "s3cret", "+44 1", "agenda/")] == [False] * 3 + [
        True
    ]


@pytest.mark.slow
def test_who_has_it_already_is_told_that_nothing_changed(client, event, ada):
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    address = path(ada.member)
    first = client.get(address)

    same = client.get(address, headers={"if-none-match": first["ETag"]})
    head = client.head(address)
    booking.book(make.workshop(event, hour=15), ada, by=BY, at=NOW)
    changed = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (first.status_code, same.status_code, same.content, changed.status_code) == (200, 304, b"", 200)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert first["X-Robots-Tag"] == "noindex"


def test_reading_it_needs_no_login_sets_no_cookie_and_changes_nothing(client, event, ada):
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    address = path(ada.member)
    before = CalendarFeed.objects.values().get()

    response = client.get(address)

    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert CalendarFeed.objects.values().get() == before
    assert client.post(address).status_code == 405


def test_a_new_address_stops_the_old_one_and_stopping_stops_both(client, ada):
    old = path(ada.member)
    new = path(ada.member)
    after_new = (client.get(old).status_code, client.get(new).status_code)
    calendar_feed.stop_sharing(ada.member, at=NOW)

    assert (after_new, client.get(new).status_code) == ((404, 200), 404)
    assert calendar_feed.address(ada.member) == ""


@pytest.mark.parametrize("token", ["x", "a" * 32, "..", "ü", "A" * 5000])
def test_another_address_finds_nothing(client, ada, token):
    path(ada.member)

    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_who_may_not_log_in_any_more_shares_nothing(client, ada):
    address = path(ada.member)
    Member.objects.filter(pk=ada.member_id).update(is_active=False)

    assert client.get(address).status_code == 404


def test_a_copy_of_the_database_gives_no_address_away(ada):
    address = path(ada.member)
    row = CalendarFeed.objects.get()

    token = address.removeprefix("/calendar/").removesuffix(".ics")
    assert len(token) == 32
    assert token not in (row.nonce, row.digest)
    assert calendar_feed.owner(row.nonce) is None
    assert calendar_feed.owner(row.digest) is None


def test_a_new_secret_key_keeps_subscriptions_and_shows_the_address_while_the_old_key_is_kept(ada, settings):
    address, old = path(ada.member), settings.SECRET_KEY
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a-new-key", [old]
    shown = calendar_feed.address(ada.member)
    settings.SECRET_KEY_FALLBACKS = []

    assert (shown.endswith(address), calendar_feed.address(ada.member)) == (True, "")
    assert calendar_feed.owner(token) == ada.member


@pytest.mark.slow
def test_forty_bookings_cost_as_many_queries_as_four(client, event, ada, django_assert_num_queries):
    for number in range(4):
        booking.book(make.workshop(event, hour=8 + number / 10, hours=0.1), ada, by=BY, at=NOW)
    address = path(ada.member)
    with django_assert_num_queries(7):
        client.get(address)
    for number in range(4, 40):
        booking.book(make.workshop(event, hour=8 + number / 10, hours=0.1), ada, by=BY, at=NOW)

    with django_assert_num_queries(7):
        found = calendar_files.events(client.get(address).content)

    assert len(found) == 40


def test_it_is_in_the_language_of_whose_it_is_whoever_fetches_it(client, event, ada, settings, tmp_path):
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), (pseudo.CODE, "Pseudo")]
    full = make.workshop(event, title="Full", capacity=1)
    for one in (make.registration(event, make.member("Bo")), ada):
        booking.book(full, one, by=BY, at=NOW)
    Member.objects.filter(pk=ada.member.pk).update(language=pseudo.CODE)

    [(_, summary)] = read(client, ada.member)

    assert summary == pseudo.stretched("Waiting list: %(title)s") % {"title": "Full"}
