"""Emails about sessions that moved or are cancelled, read from the mailbox."""

from datetime import timedelta

import pytest

from events.models import CalendarEntry, Session
from members.models import Member, SiteSettings
from notifications.models import Message
from tests import letters, make
from tests.calendar_files import moment, text
from tests.make import BY, NOW
from tests.workshops.places.state import minutes
from tests.workshops.programme.moving import WAS, move, told
from workshops.letters import session_emails
from workshops.models import AgendaTold, Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

NEW = "Wednesday 18 November, 12:00 to 13:00 (UK and Ireland time)"


@pytest.fixture
def session(event, ada) -> Session:
    """A session that Ada has booked and was told of."""
    return told(event, ada)


@pytest.mark.slow
def test_a_move_says_the_old_and_the_new_time_and_moves_the_calendar(session):
    move(session)

    email = letters.only(letters.deliver(minutes(5)))

    assert email.subject == "New time: Leading quietly"
    assert list(letters.lines(email))[1:5] == [
        "“Leading quietly” has moved to another time.",
        f"New time: {NEW}.",
        f"It was: {WAS}.",
        "Your place is still yours.",
    ]
    assert letters.entries(email) == [("REQUEST", "Leading quietly", 1)]
    assert moment(letters.calendars(email)[0].events[0], "DTSTART") == session.starts_at + timedelta(hours=2)
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_a_new_room_says_the_old_and_the_new_one(session):
    move(session, hours=0, room="The «Aula»")

    email = letters.only(letters.deliver(minutes(5)))

    assert email.subject == "New room: Leading quietly"
    assert "The room is now The «Aula»; it was Room 3." in email.body
    assert letters.calendars(email)[0].events[0]["LOCATION"] == "The «Aula»"
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_two_moves_before_the_email_went_out_are_told_as_one(session):
    move(session, hours=1)
    move(session, hours=1, at=minutes(6))

    email = letters.only(letters.deliver(minutes(6)))

    assert (f"New time: {NEW}." in email.body, f"It was: {WAS}." in email.body) == (True, True)
    assert letters.entries(email) == [("REQUEST", "Leading quietly", 1)]


@pytest.mark.slow
def test_moved_and_moved_back_there_is_nothing_to_tell(session):
    move(session, hours=1)
    move(session, hours=-1, at=minutes(6))

    assert letters.deliver(minutes(6)) == []


@pytest.mark.slow
def test_the_sequence_rises_over_move_cancel_and_what_comes_after(event, ada, session):
    move(session)
    moved = letters.only(letters.deliver(minutes(5)))
    booking.cancel(Booking.objects.get(), by=BY, at=minutes(10))
    given_up = letters.only(letters.deliver(minutes(12)))
    booking.book(session, ada, by=BY, at=minutes(20))
    rebooked = letters.only(letters.deliver(minutes(22)))
    move(session, at=minutes(30), status=Session.Status.CANCELLED)
    cancelled = letters.only(letters.deliver(minutes(40)))

    found = [letters.entries(email)[0][::2] for email in (moved, given_up, rebooked, cancelled)]
    assert found == [("REQUEST", 1), ("CANCEL", 2), ("REQUEST", 3), ("CANCEL", 4)]
    uids = {
        str(letters.calendars(email)[0].events[0]["UID"]) for email in (moved, given_up, rebooked, cancelled)
    }
    assert uids == {f"session-{session.pk}-member-{ada.member_id}@{SiteSettings.load().uid_host}"}


@pytest.mark.slow
def test_a_new_address_of_the_site_moves_and_ends_the_entry_that_was_sent(settings, session):
    uid_host = SiteSettings.load().uid_host
    settings.SITE_URL = "https://new.example.org"
    move(session)
    moved = letters.only(letters.deliver(minutes(5)))
    settings.SITE_URL = "https://newer.example.org"
    move(session, at=minutes(6), status=Session.Status.CANCELLED)
    cancelled = letters.only(letters.deliver(minutes(16)))

    found = [letters.calendars(email)[0].events[0] for email in (moved, cancelled)]
    assert [str(entry["UID"]).rpartition("@")[2] for entry in found] == [uid_host, uid_host]
    assert CalendarEntry.objects.get().uid_host == uid_host


@pytest.mark.slow
def test_an_entry_that_was_sent_under_another_host_is_ended_under_that_one(session):
    CalendarEntry.objects.update(uid_host="older.example.org")
    move(session, status=Session.Status.CANCELLED)

    email = letters.only(letters.deliver(minutes(15)))

    assert str(letters.calendars(email)[0].events[0]["UID"]).endswith("@older.example.org")


@pytest.mark.slow
def test_an_entry_that_was_sent_under_another_host_moves_under_that_one(session):
    CalendarEntry.objects.update(uid_host="older.example.org")
    move(session)

    email = letters.only(letters.deliver(minutes(5)))

    assert letters.entries(email) == [("REQUEST", "Leading quietly", 1)]
    assert str(letters.calendars(email)[0].events[0]["UID"]).endswith("@older.example.org")
    assert CalendarEntry.objects.get().uid_host == "older.example.org"


@pytest.mark.slow
def test_all_letters_about_one_session_are_one_thread(event, ada, session):
    move(session)
    moved = letters.only(letters.deliver(minutes(5)))
    move(session, at=minutes(6), status=Session.Status.CANCELLED)
    cancelled = letters.only(letters.deliver(minutes(16)))

    root = f"<session-{session.pk}-member-{ada.member_id}@{SiteSettings.load().uid_host}>"
    found = [(email.message()["References"], email.message()["In-Reply-To"]) for email in (moved, cancelled)]
    assert found == [(root, root), (root, root)]


@pytest.mark.slow
def test_the_end_of_an_entry_keeps_nobody_busy_and_asks_for_nothing(session):
    move(session, hours=0, status=Session.Status.CANCELLED)

    email = letters.only(letters.deliver(minutes(15)))

    entry = letters.calendars(email)[0].events[0]
    assert (entry["TRANSP"], entry["X-MICROSOFT-CDO-BUSYSTATUS"], entry["DESCRIPTION"]) == (
        "TRANSPARENT",
        "FREE",
        "This is not in your agenda any more; there is nothing to answer.",
    )


@pytest.mark.slow
def test_who_waits_is_told_without_a_calendar_file(event, session):
    bo = make.registration(event, make.member("Bo", email="bo@example.org"))
    booking.book(session, bo, by=BY, at=minutes(3))
    move(session, at=minutes(4))

    sent = {email.to[0]: email for email in letters.deliver(minutes(4))}

    assert "You are still on the waiting list: 1st in line." in sent["bo@example.org"].body
    assert letters.calendars(sent["bo@example.org"]) == []
    assert letters.say_the_same_twice(sent["bo@example.org"])


@pytest.mark.slow
def test_who_gave_their_place_up_before_the_email_went_out_is_not_told(session):
    move(session)
    booking.cancel(Booking.objects.get(), by=BY, at=minutes(5))

    assert letters.deliver(minutes(5)) == []


@pytest.mark.slow
def test_the_agenda_does_not_repeat_a_move_that_was_told(event, ada, session):
    move(session)
    letters.deliver(minutes(5))
    booking.book(make.workshop(event, title="Other", hour=15), ada, by=BY, at=minutes(6))

    email = letters.only(letters.deliver(minutes(8)))

    assert "moved" not in email.body
    assert AgendaTold.objects.get().items[str(session.pk)]["starts_at"] == "2026-11-18T12:00:00+00:00"


@pytest.mark.slow
def test_a_host_without_an_account_is_told_with_the_page_of_the_session(event, session):
    make.host(session, "Hana Ōta", email="hana@example.org")
    move(session)

    sent = {email.to[0]: email for email in letters.deliver(minutes(5))}

    email = sent["hana@example.org"]
    assert "Hello Hana Ōta," in email.body
    assert "You are one of its hosts or speakers." in email.body
    assert "https://events.example.org/events/2026/sessions/leading/" in letters.links(email)
    assert "/agenda/" not in email.body + letters.html_of(email)
    assert letters.entries(email) == [("REQUEST", "Leading quietly", 0)]
    assert letters.calendars(email)[0].events[0]["ATTENDEE"] == "mailto:hana@example.org"
    assert "/agenda/" not in text(letters.calendars(email)[0].events[0], "DESCRIPTION")
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_a_host_without_an_account_is_told_of_two_moves_once(session):
    make.host(session, "Hana", email="hana@example.org")
    move(session, hours=1)
    move(session, hours=1, at=minutes(6))

    to_hana = [email for email in letters.deliver(minutes(6)) if email.to == ["hana@example.org"]]

    assert len(to_hana) == 1


@pytest.mark.slow
def test_a_host_who_is_a_member_with_an_agenda_has_one_entry_for_it(event):
    hana = make.registration(event, make.member("Hana", email="hana@example.org"))
    hosted = make.workshop(event, title="Hosted")
    host = make.host(hosted, "Hana", email="")
    host.member = hana.member
    host.save()
    booking.book(make.workshop(event, title="Booked", hour=16), hana, by=BY, at=NOW)
    letters.deliver(minutes(2))

    move(hosted)

    email = letters.only(letters.deliver(minutes(5)))
    assert letters.entries(email) == [("REQUEST", "Hosted", 1)]
    assert "https://events.example.org/events/2026/agenda/" in letters.links(email)


@pytest.mark.slow
def test_a_host_who_was_taken_off_meanwhile_is_not_told(session):
    contributor = make.host(session, "Hana", email="hana@example.org")
    move(session)
    contributor.session_contributors.all().delete()

    assert [email.to for email in letters.deliver(minutes(5))] == [["ada@example.org"]]


@pytest.mark.slow
def test_with_a_subscribed_calendar_a_move_is_told_without_a_file(event):
    bo = make.registration(event, make.member("Bo", calendar=Member.Calendar.FEED))
    session = make.workshop(event)
    booking.book(session, bo, by=BY, at=NOW)
    letters.deliver(minutes(2))
    move(session)

    assert letters.calendars(letters.only(letters.deliver(minutes(5)))) == []


@pytest.mark.parametrize(
    "payload", [{}, {"session": 0}, {"session": 0, "contributor": 0}, {"registration": 0}]
)
def test_what_is_gone_is_not_told_and_is_no_error(payload):
    message = Message(kind="x", key="x", member=make.member("Ada"), payload=payload)

    assert session_emails.session_changed(message) is None
    assert session_emails.session_cancelled(message) is None


@pytest.mark.slow
def test_who_was_passed_keeps_their_turn_and_is_told(event, ada):
    full, other = make.workshop(event, title="Full", capacity=1), make.workshop(event, title="Other")
    bos = booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    mine = booking.book(full, ada, by=BY, at=NOW)
    booking.book(other, ada, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)
    booking.decline(Booking.objects.get(pk=mine.pk), by=BY, at=minutes(1))
    letters.deliver(minutes(4))
    move(full, hours=0, at=minutes(5), room="The Aula")

    email = letters.only(letters.deliver(minutes(5)))

    assert (email.to, email.subject) == (["ada@example.org"], "New room: Full")
    assert "You are still on the waiting list." in email.body
