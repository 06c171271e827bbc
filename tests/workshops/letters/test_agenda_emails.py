"""Emails about their agenda, read from the mailbox: what is so, what changed, nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest

from events.models import Session
from members.models import Member
from notifications.models import Message
from notifications.resend import send_again
from tests import letters, make
from tests.calendar_files import moment, text
from tests.make import BY, NOW
from tests.workshops.places.state import minutes
from workshops import notices
from workshops.models import AgendaTold, Booking
from workshops.places import booking, choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

SESSIONS = "https://events.example.org/events/2026/sessions"
QUIET = notices.AGENDA_DEBOUNCE


def test_one_email_tells_all_they_did_once_they_have_stopped(event, ada):
    opening = make.session(event, title="Opening", format=Session.Format.PLENARY, hour=9)
    leading = make.workshop(event, title="Leading quietly", room="Room 3")
    measuring = make.workshop(event, title="Measuring", hour=14, day=1)
    booking.book(leading, ada, by=BY, at=NOW)
    booking.book(measuring, ada, by=BY, at=minutes(1))

    too_early, email = letters.deliver(minutes(2)), letters.only(letters.deliver(minutes(3)))

    assert too_early == []
    assert email.subject == "Your agenda for Q 2026"
    assert list(letters.lines(email))[1:20] == [
        "Your agenda",
        "All times are UK and Ireland time.",
        "Your own calendar can follow by itself, if you subscribe to your agenda once:",
        "https://events.example.org/calendar/",
        "Or open the calendar file that comes with this email: your calendar takes its 2 entries from there, "
        "and there is nothing to accept. If a session that is not yours any more stays in your calendar, "
        "delete it there.",
        "Wednesday 18 November",
        "09:00 to 10:00",
        "Opening",
        "Open to everyone who is registered.",
        f"{SESSIONS}/{opening.slug}/",
        "10:00 to 11:00",
        "Leading quietly",
        "Booked. Room 3.",
        f"{SESSIONS}/{leading.slug}/",
        "Thursday 19 November",
        "14:00 to 15:00",
        "Measuring",
        "Booked.",
        f"{SESSIONS}/{measuring.slug}/",
    ]
    assert letters.entries(email) == [("PUBLISH", "Leading quietly", 0), ("PUBLISH", "Measuring", 0)]
    assert [(file.filename, file.mimetype) for file in email.attachments] == [
        ("your-agenda.ics", "application/ics")
    ]
    assert letters.say_the_same_twice(email)


def test_a_session_in_a_calendar_has_its_time_and_place_and_no_joining_details(event, ada):
    session = make.workshop(
        event,
        title="Été, «à l’hôpital»",
        room="Room; 3",
        join_url="https://meet.example.org/j/9",
        passcode="s3cret",
    )
    booking.book(session, ada, by=BY, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    found = letters.calendars(email)[0].events[0]
    assert (found["SUMMARY"], found["LOCATION"]) == ("Été, «à l’hôpital»", "Room; 3")
    assert moment(found, "DTSTART") == session.starts_at
    assert text(found, "DESCRIPTION").startswith("Your place is booked; there is nothing to accept.\n\n")
    assert "https://events.example.org/events/2026/agenda/" in text(found, "DESCRIPTION")
    assert "s3cret" not in email.message().as_string()
    assert "meet.example.org" not in email.message().as_string() + email.body


def test_a_single_entry_is_the_bodys_last_alternative_where_calendars_look(event, ada):
    booking.book(make.workshop(event, title="Leading"), ada, by=BY, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    kinds = [kind for _, kind in email.alternatives]
    assert kinds == ["text/html", "text/calendar; method=REQUEST; name=leading.ics"]


def test_their_own_time_stands_beside_the_events_where_it_differs(event):
    bo = make.registration(event, make.member("Bo", time_zone="Asia/Kolkata"))
    booking.book(make.workshop(event, hour=19), bo, by=BY, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    assert "19:00 to 20:00, Thursday 19 November, 00:30 to 01:30 for you" in email.body
    assert letters.say_the_same_twice(email)


def test_over_a_change_of_clocks_the_hours_are_those_on_the_wall():
    event = make.event(first_day=datetime(2026, 10, 25).date(), last_day=datetime(2026, 10, 25).date())  # noqa: DTZ001
    ada = make.registration(event, make.member("Ada"))
    made = make.workshop(
        event,
        starts_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ends_at=datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
    )
    at = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    booking.book(made, ada, by=BY, at=at)

    email = letters.only(letters.deliver(at + QUIET))

    assert "01:30 (UTC+1) to 02:30" in email.body
    entry = letters.calendars(email)[0].events[0]
    start, end = (moment(entry, name).astimezone(UTC) for name in ("DTSTART", "DTEND"))
    assert end - start == timedelta(hours=2)


@pytest.mark.slow
def test_each_email_says_what_changed_since_the_one_before(event, ada):
    first, second = make.workshop(event, title="First"), make.workshop(event, title="Second", hour=14)
    booked = booking.book(first, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))

    booking.book(second, ada, by=BY, at=minutes(10))
    added = letters.only(letters.deliver(minutes(12)))
    booking.cancel(booked, by=BY, at=minutes(20))
    removed = letters.only(letters.deliver(minutes(22)))
    booking.book(first, ada, by=BY, at=minutes(30))
    again = letters.only(letters.deliver(minutes(32)))

    time = "Wednesday 18 November, {} (UK and Ireland time)".format
    assert letters.changes(added) == [f"Booked: “Second”, {time('14:00 to 15:00')}."]
    assert letters.changes(removed) == ["You gave up your place in “First”."]
    assert letters.changes(again) == [f"Booked: “First”, {time('10:00 to 11:00')}."]
    assert [letters.entries(one) for one in (added, removed, again)] == [
        [("REQUEST", "Second", 0)],
        [("CANCEL", "First", 1)],
        [("REQUEST", "First", 2)],
    ]
    assert added.subject == "Your agenda for Q 2026 has changed"
    assert [letters.say_the_same_twice(one) for one in (added, removed, again)] == [True] * 3


@pytest.mark.slow
def test_an_entry_ends_once(event, ada):
    booked = booking.book(make.workshop(event, title="First"), ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    booking.cancel(booked, by=BY, at=minutes(10))
    letters.deliver(minutes(12))
    booking.book(make.workshop(event, title="Second", hour=14), ada, by=BY, at=minutes(20))

    email = letters.only(letters.deliver(minutes(22)))

    assert letters.entries(email) == [("REQUEST", "Second", 0)]


@pytest.mark.slow
def test_who_is_back_where_they_were_is_told_nothing(event, ada):
    session = make.workshop(event)
    booking.book(make.workshop(event, hour=14), ada, by=BY, at=NOW)
    letters.deliver(minutes(2))

    booking.cancel(booking.book(session, ada, by=BY, at=minutes(10)), by=BY, at=minutes(11))

    assert letters.deliver(minutes(13)) == []


def test_who_gave_up_before_the_first_email_is_told_nothing(event, ada):
    make.session(event, format=Session.Format.PLENARY, hour=9)
    booking.cancel(booking.book(make.workshop(event), ada, by=BY, at=NOW), by=BY, at=minutes(1))

    assert letters.deliver(minutes(3)) == []
    assert not AgendaTold.objects.exists()


@pytest.mark.slow
def test_waiting_says_the_position_and_that_it_is_no_place(event, ada):
    session = make.workshop(event, title="Full", capacity=1)
    for one in make.crowd(event, 2):
        booking.book(session, one, by=BY, at=NOW)
    booking.book(session, ada, by=BY, at=NOW)

    email = next(one for one in letters.deliver(minutes(2)) if one.to == ["ada@example.org"])

    assert "You are 2nd on the waiting list. You do not have a place yet." in email.body
    assert letters.calendars(email) == []
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_a_better_position_is_told_with_the_next_change(event, ada):
    full = make.workshop(event, title="Full", capacity=1)
    crowd = [booking.book(full, one, by=BY, at=NOW) for one in make.crowd(event, 2)]
    booking.book(full, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    booking.cancel(crowd[1], by=BY, at=minutes(5))
    booking.book(make.workshop(event, title="Other", hour=14), ada, by=BY, at=minutes(5))

    sent = [one for one in letters.deliver(minutes(8)) if one.to == ["ada@example.org"]]

    assert (
        letters.changes(letters.only(sent))[0]
        == "You are now 1st on the waiting list of “Full”. You were 2nd."
    )
    assert letters.say_the_same_twice(sent[0])


@pytest.mark.slow
def test_a_swap_is_told_as_one(event, ada):
    old, new = make.workshop(event, title="Old"), make.workshop(event, title="New")
    booked = booking.book(old, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))

    booking.swap([booked], new, by=BY, at=minutes(5))

    email = letters.only(letters.deliver(minutes(7)))
    assert letters.changes(email) == [
        "Booked: “New”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time).",
        "You swapped “Old” for another session.",
    ]
    assert letters.entries(email) == [
        ("PUBLISH", "New", 0),
        ("PUBLISH", "Not in your agenda any more: Old", 1),
    ]
    assert [kind for _, kind in email.alternatives] == ["text/html"]


def test_with_a_subscribed_calendar_there_are_no_files(event):
    bo = make.registration(event, make.member("Bo", calendar=Member.Calendar.FEED))
    booking.book(make.workshop(event), bo, by=BY, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    assert (letters.calendars(email), "calendar" in email.body) == ([], False)
    assert AgendaTold.objects.get().items[str(Booking.objects.get().session_id)]["state"] == "booked"


@pytest.mark.slow
def test_what_they_ask_for_comes_at_once_and_whole_but_once_a_minute(event, ada):
    booking.book(make.workshop(event, title="First"), ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    for seconds in (0, 5, 20):
        notices.queue_agenda(ada, minutes(10) + timedelta(seconds=seconds))

    email = letters.only(letters.deliver(minutes(11)))

    assert (email.subject, letters.changes(email)) == ("Your agenda for Q 2026", [])
    assert letters.entries(email) == [("REQUEST", "First", 0)]


def test_asked_for_before_booking_opens_it_shows_their_choices():
    event = make.event(booking_opens_at=minutes(60))
    ada = make.registration(event, make.member("Ada"))
    choices.choose(make.workshop(event, title="Chosen"), ada, by=BY, at=NOW)
    notices.queue_agenda(ada, NOW)

    email = letters.only(letters.deliver(NOW))

    assert "You have chosen, and not booked yet:\n\n- Chosen" in email.body
    assert "Nothing yet." in email.body
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_sent_again_it_tells_all_with_the_same_sequences(event, ada):
    booking.book(make.workshop(event, title="First"), ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    send_again(Message.objects.get(), by=make.member("Staff"), at=minutes(10))

    assert letters.entries(letters.only(letters.deliver(minutes(10)))) == [("REQUEST", "First", 0)]


def test_a_session_they_host_is_in_their_agenda_and_their_calendar(event, ada):
    hosted = make.session(event, title="Hosted", hour=16)
    contributor = make.host(hosted, "Ada", email="")
    contributor.member = ada.member
    contributor.save()
    booking.book(make.workshop(event, title="Booked"), ada, by=BY, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    assert "Hosted\nYou host this session." in email.body
    assert letters.entries(email) == [("PUBLISH", "Booked", 0), ("PUBLISH", "Hosted", 0)]
    said = [str(entry["DESCRIPTION"]).splitlines()[0] for entry in letters.calendars(email)[0].events]
    assert said == [
        "Your place is booked; there is nothing to accept.",
        "You host or speak in this session; there is nothing to accept.",
    ]
