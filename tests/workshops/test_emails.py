"""Emails about her agenda, read from the mailbox: what is so, what changed, nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from events import registration
from events.models import CalendarEntry, Session
from members.models import Member
from notifications.again import send_again
from notifications.models import Message
from tests import letters, make
from tests.make import NOW
from workshops import booking, emails, programme, telling, told, waiting
from workshops.models import AgendaTold, Booking

pytestmark = pytest.mark.django_db

QUIET = telling.AGENDA_QUIET


def minutes(number):
    """So many minutes after the beginning."""
    return NOW + timedelta(minutes=number)


@pytest.fixture(autouse=True)
def address(settings):
    """Where links lead in these tests."""
    settings.SITE_URL = "https://events.example.org"


@pytest.fixture
def event():
    """The community's event."""
    return make.event(slug="2026", title="Q 2026")


@pytest.fixture
def ada(event):
    """Ada, registered."""
    return make.registration(event, make.member("Ada", email="ada@example.org"))


def says_the_same_twice(email):
    """Whether the plain part and the HTML part have the same words (the HTML has the site's name on top)."""
    return ["Q", "community", *letters.words_of_text(email)] == letters.words_of_html(email)


def said_changes(email):
    """The lines under "What has changed"."""
    _, _, rest = email.body.partition("What has changed:")
    return [line[2:] for line in rest.partition("Your agenda\n")[0].splitlines() if line.startswith("- ")]


def test_one_email_tells_all_she_did_once_she_has_stopped(event, ada):
    make.session(event, title="Opening", format=Session.Format.PLENARY, hour=9)
    booking.book(make.workshop(event, title="Leading quietly", room="Room 3"), ada, at=NOW)
    booking.book(make.workshop(event, title="Measuring", hour=14, day=1), ada, at=minutes(1))

    too_early, email = letters.deliver(minutes(2)), letters.only(letters.deliver(minutes(3)))

    assert too_early == []
    assert email.subject == "Your agenda for Q 2026"
    assert list(letters.lines(email))[1:14] == [
        "Your agenda",
        "All times are UK and Ireland time.",
        "Wednesday 18 November",
        "09:00 to 10:00",
        "Opening",
        "Open to everyone who is registered.",
        "10:00 to 11:00",
        "Leading quietly",
        "Booked. Room 3.",
        "Thursday 19 November",
        "14:00 to 15:00",
        "Measuring",
        "Booked.",
    ]
    assert letters.entries(email) == [("REQUEST", "Leading quietly", 0), ("REQUEST", "Measuring", 0)]
    assert says_the_same_twice(email)


def test_a_session_in_a_calendar_has_its_time_and_place_and_no_joining_details(event, ada):
    session = make.workshop(
        event,
        title="Été, «à l’hôpital»",
        room="Room; 3",
        join_url="https://meet.example.org/j/9",
        passcode="s3cret",
    )
    booking.book(session, ada, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    found = letters.calendars(email)[0].events[0]
    assert (found["SUMMARY"], found["LOCATION"]) == ("Été, «à l’hôpital»", "Room; 3")
    assert found["DTSTART"].dt == session.starts_at
    assert "https://events.example.org/events/2026/agenda/" in found["DESCRIPTION"]
    assert "s3cret" not in email.message().as_string()
    assert "meet.example.org" not in email.message().as_string() + email.body


def test_a_single_entry_is_the_bodys_last_alternative_where_calendars_look(event, ada):
    booking.book(make.workshop(event), ada, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    kinds = [kind for _, kind in email.alternatives]
    assert kinds == ["text/html", "text/calendar; method=REQUEST"]


def test_her_own_time_stands_beside_the_events_where_it_differs(event):
    bo = make.registration(event, make.member("Bo", time_zone="Asia/Kolkata"))
    booking.book(make.workshop(event, hour=19), bo, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    assert "19:00 to 20:00, Thursday 19 November, 00:30 to 01:30 for you" in email.body
    assert says_the_same_twice(email)


def test_over_a_change_of_clocks_the_hours_are_those_on_the_wall():
    event = make.event(first_day=datetime(2026, 10, 25).date(), last_day=datetime(2026, 10, 25).date())  # noqa: DTZ001
    ada = make.registration(event, make.member("Ada"))
    made = make.workshop(
        event,
        starts_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ends_at=datetime(2026, 10, 25, 2, 30, tzinfo=UTC),
    )
    at = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    booking.book(made, ada, at=at)

    email = letters.only(letters.deliver(at + QUIET))

    assert "01:30 to 02:30" in email.body
    entry = letters.calendars(email)[0].events[0]
    assert entry["DTEND"].dt.astimezone(UTC) - entry["DTSTART"].dt.astimezone(UTC) == timedelta(hours=2)


def test_each_email_says_what_changed_since_the_one_before(event, ada):
    first, second = make.workshop(event, title="First"), make.workshop(event, title="Second", hour=14)
    booked = booking.book(first, ada, at=NOW)
    letters.deliver(minutes(2))

    booking.book(second, ada, at=minutes(10))
    added = letters.only(letters.deliver(minutes(12)))
    booking.cancel(booked, at=minutes(20))
    removed = letters.only(letters.deliver(minutes(22)))
    booking.book(first, ada, at=minutes(30))
    again = letters.only(letters.deliver(minutes(32)))

    time = "Wednesday 18 November, {} (UK and Ireland time)".format
    assert said_changes(added) == [f"Booked: “Second”, {time('14:00 to 15:00')}."]
    assert said_changes(removed) == ["You gave up your place in “First”."]
    assert said_changes(again) == [f"Booked: “First”, {time('10:00 to 11:00')}."]
    assert [letters.entries(one) for one in (added, removed, again)] == [
        [("REQUEST", "Second", 0)],
        [("CANCEL", "First", 1)],
        [("REQUEST", "First", 2)],
    ]
    assert added.subject == "Your agenda for Q 2026 has changed"
    assert [says_the_same_twice(one) for one in (added, removed, again)] == [True] * 3


def test_who_is_back_where_she_was_is_told_nothing(event, ada):
    session = make.workshop(event)
    booking.book(make.workshop(event, hour=14), ada, at=NOW)
    letters.deliver(minutes(2))

    booking.cancel(booking.book(session, ada, at=minutes(10)), at=minutes(11))

    assert letters.deliver(minutes(13)) == []


def test_who_gave_up_before_the_first_email_is_told_nothing(event, ada):
    make.session(event, format=Session.Format.PLENARY, hour=9)
    booking.cancel(booking.book(make.workshop(event), ada, at=NOW), at=minutes(1))

    assert letters.deliver(minutes(3)) == []
    assert not AgendaTold.objects.exists()


def test_what_a_failed_email_would_have_told_is_told_by_the_next(event, ada, settings):
    session = make.workshop(event, title="First")
    booking.book(session, ada, at=NOW)
    settings.EMAIL_BACKEND = "tests.letters.NoServer"
    letters.deliver(minutes(2))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    kept = (AgendaTold.objects.count(), CalendarEntry.objects.count())
    booking.book(make.workshop(event, title="Second", hour=14), ada, at=minutes(3))

    email = letters.only(letters.deliver(minutes(6)))

    assert kept == (0, 0)
    assert letters.entries(email) == [("REQUEST", "First", 0), ("REQUEST", "Second", 0)]
    assert letters.deliver(minutes(60)) == []


def test_looking_at_a_message_is_not_telling_it(event, ada):
    booking.book(make.workshop(event), ada, at=NOW)

    assert emails.agenda(Message.objects.get()) is not None

    assert (AgendaTold.objects.count(), CalendarEntry.objects.count()) == (0, 0)


def test_waiting_says_the_position_and_that_it_is_no_place(event, ada):
    session = make.workshop(event, title="Full", capacity=1)
    for one in make.crowd(event, 2):
        booking.book(session, one, at=NOW)
    booking.book(session, ada, at=NOW)

    email = next(one for one in letters.deliver(minutes(2)) if one.to == ["ada@example.org"])

    assert "You are 2nd on the waiting list. You do not have a place yet." in email.body
    assert letters.calendars(email) == []
    assert says_the_same_twice(email)


def test_a_better_position_is_told_with_the_next_change(event, ada):
    full = make.workshop(event, title="Full", capacity=1)
    crowd = [booking.book(full, one, at=NOW) for one in make.crowd(event, 2)]
    booking.book(full, ada, at=NOW)
    letters.deliver(minutes(2))
    booking.cancel(crowd[1], at=minutes(5))
    booking.book(make.workshop(event, title="Other", hour=14), ada, at=minutes(5))

    sent = [one for one in letters.deliver(minutes(8)) if one.to == ["ada@example.org"]]

    assert (
        said_changes(letters.only(sent))[0] == "You are now 1st on the waiting list of “Full”. You were 2nd."
    )
    assert says_the_same_twice(sent[0])


def test_a_swap_is_told_as_one(event, ada):
    old, new = make.workshop(event, title="Old"), make.workshop(event, title="New")
    booked = booking.book(old, ada, at=NOW)
    letters.deliver(minutes(2))

    booking.swap([booked], new, at=minutes(5))

    email = letters.only(letters.deliver(minutes(7)))
    assert said_changes(email) == [
        "Booked: “New”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time).",
        "You swapped “Old” for another session.",
    ]
    assert letters.entries(email) == [("CANCEL", "Old", 1), ("REQUEST", "New", 0)]


def test_with_a_subscribed_calendar_there_are_no_files(event):
    bo = make.registration(event, make.member("Bo", calendar=Member.Calendar.FEED))
    booking.book(make.workshop(event), bo, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    assert (letters.calendars(email), "calendar" in email.body) == ([], False)
    assert AgendaTold.objects.get().items[str(Booking.objects.get().session_id)]["state"] == "booked"


def test_what_she_asks_for_comes_at_once_and_whole_but_once_a_minute(event, ada):
    booking.book(make.workshop(event, title="First"), ada, at=NOW)
    letters.deliver(minutes(2))
    for seconds in (0, 5, 20):
        telling.agenda_asked_for(ada, minutes(10) + timedelta(seconds=seconds))

    email = letters.only(letters.deliver(minutes(11)))

    assert (email.subject, said_changes(email)) == ("Your agenda for Q 2026", [])
    assert letters.entries(email) == [("REQUEST", "First", 0)]


def test_asked_for_before_booking_opens_it_shows_her_choices():
    event = make.event(booking_opens_at=minutes(60))
    ada = make.registration(event, make.member("Ada"))
    booking.choose(make.workshop(event, title="Chosen"), ada, at=NOW)
    telling.agenda_asked_for(ada, NOW)

    email = letters.only(letters.deliver(NOW))

    assert "You have chosen, and not booked yet:\n\n- Chosen" in email.body
    assert "Nothing yet." in email.body
    assert says_the_same_twice(email)


def test_sent_again_it_tells_all_with_the_same_sequences(event, ada):
    booking.book(make.workshop(event, title="First"), ada, at=NOW)
    letters.deliver(minutes(2))
    send_again(Message.objects.get(), by=make.member("Staff"), at=minutes(10))

    assert letters.entries(letters.only(letters.deliver(minutes(10)))) == [("REQUEST", "First", 0)]


def test_a_place_that_came_free_is_told_once_and_not_by_the_agenda_again(event, ada):
    session = make.workshop(event, title="Full", capacity=1, room="Room 3")
    bo = make.registration(event, make.member("Bo"))
    bos = booking.book(session, bo, at=NOW)
    booking.book(session, ada, at=NOW)
    letters.deliver(minutes(2))

    booking.cancel(bos, at=minutes(10))
    email = letters.only(letters.deliver(minutes(10)))
    booking.book(make.workshop(event, title="Other", hour=14), ada, at=minutes(11))

    assert (email.subject, email.to) == ("A place for you: Full", ["ada@example.org"])
    assert "“Full”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time), Room 3." in email.body
    assert (
        "See your agenda, or give up your place:\nhttps://events.example.org/events/2026/agenda/"
        in email.body
    )
    assert letters.entries(email) == [("REQUEST", "Full", 0)]
    assert says_the_same_twice(email)
    agenda = [one for one in letters.deliver(minutes(13)) if one.to == ["ada@example.org"]]
    assert said_changes(letters.only(agenda)) == [
        "Booked: “Other”, Wednesday 18 November, 14:00 to 15:00 (UK and Ireland time)."
    ]


def test_a_place_that_the_agenda_told_first_is_not_told_again(event, ada):
    session = make.workshop(event, title="Full", capacity=1)
    bos = booking.book(session, make.registration(event, make.member("Bo")), at=NOW)
    booking.book(session, ada, at=NOW)
    letters.deliver(minutes(2))
    telling.agenda_asked_for(ada, minutes(9))
    Message.objects.filter(kind="agenda").update(send_after=minutes(9))
    booking.cancel(bos, at=minutes(10))
    Message.objects.filter(kind="place-given").update(send_after=minutes(11))

    sent = [one for one in letters.deliver(minutes(10)) if one.to == ["ada@example.org"]]
    later = [one for one in letters.deliver(minutes(11)) if one.to == ["ada@example.org"]]

    assert said_changes(letters.only(sent)) == [
        "A place came free and is yours: “Full”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time)."
    ]
    assert later == []


def test_an_email_that_was_on_its_way_while_she_cancelled_leaves_no_trace(event, ada):
    booking.book(make.workshop(event), ada, at=NOW)
    message = Message.objects.get()
    emails.agenda(message)
    registration.cancel(ada, at=minutes(1))

    told.record(message, minutes(1))

    assert not AgendaTold.objects.exists()


def test_a_place_given_up_before_the_email_went_out_is_not_told(event, ada):
    session = make.workshop(event, capacity=1)
    bos = booking.book(session, make.registration(event, make.member("Bo")), at=NOW)
    mine = booking.book(session, ada, at=NOW)
    letters.deliver(minutes(2))
    booking.cancel(bos, at=minutes(10))
    booking.cancel(Booking.objects.get(pk=mine.pk), at=minutes(10))

    assert [email.to for email in letters.deliver(minutes(10))] == []


def offer(event, ada):
    """Ada has "Other" and is offered "Full" at the same time."""
    full, other = make.workshop(event, title="Full", capacity=1), make.workshop(event, title="Other")
    bos = booking.book(full, make.registration(event, make.member("Bo")), at=NOW)
    mine = booking.book(full, ada, at=NOW)
    booking.book(other, ada, at=NOW)
    letters.deliver(minutes(2))
    booking.cancel(bos, at=minutes(10))
    return Booking.objects.get(pk=mine.pk)


def test_an_offer_says_until_when_and_what_it_would_replace(event, ada):
    offer(event, ada)

    email = letters.only(letters.deliver(minutes(10)))

    assert email.subject == "A place is held for you: Full"
    assert "held for you until Tuesday 3 November, 10:10 (UK and Ireland time):" in email.body
    assert "It is at the same time as “Other”, which you have. If you accept, you give that up." in email.body
    assert "Accept or decline:\nhttps://events.example.org/events/2026/agenda/" in email.body
    assert (letters.calendars(email), says_the_same_twice(email)) == ([], True)


def test_an_offer_that_is_answered_is_not_told_and_its_end_is(event, ada):
    booking.decline(offer(event, ada), at=minutes(10))

    assert letters.deliver(minutes(10)) == []
    email = next(one for one in letters.deliver(minutes(13)) if one.to == ["ada@example.org"])
    assert said_changes(email) == [
        "The place held for you in “Full” has gone to the next in line. You keep your turn."
    ]
    assert says_the_same_twice(email)


def test_an_offer_that_lapsed_is_told_by_the_agenda(event, ada):
    offer(event, ada)
    letters.deliver(minutes(10))
    at = NOW + timedelta(days=1, hours=1)
    waiting.sweep(at=at)

    sent = [one for one in letters.deliver(at + QUIET) if one.to == ["ada@example.org"]]

    assert said_changes(letters.only(sent)) == [
        "The place held for you in “Full” has gone to the next in line. You keep your turn."
    ]


def test_a_registration_cancelled_meanwhile_leaves_nothing_to_tell(event, ada):
    booking.book(make.workshop(event), ada, at=NOW)
    registration.cancel(ada, at=minutes(1))

    subjects = [one.subject for one in letters.deliver(minutes(3))]

    assert subjects == ["Your registration for Q 2026 is cancelled"]


def test_registered_again_her_agenda_begins_anew(event, ada):
    booking.book(make.workshop(event, title="Before"), ada, at=NOW)
    letters.deliver(minutes(2))
    registration.cancel(ada, at=minutes(3))
    again = registration.register(event, ada.member, at=minutes(4))
    booking.book(make.workshop(event, title="After", hour=14), again, at=minutes(4))

    email = next(one for one in letters.deliver(minutes(7)) if one.subject.startswith("Your agenda"))

    assert (said_changes(email), "Before" in email.body) == ([], False)
    assert ("REQUEST", "After", 0) in letters.entries(email)


def test_a_session_she_hosts_is_in_her_agenda_and_her_calendar(event, ada):
    hosted = make.session(event, title="Hosted", hour=16)
    contributor = make.host(hosted, "Ada", email="")
    contributor.member = ada.member
    contributor.save()
    booking.book(make.workshop(event, title="Booked"), ada, at=NOW)

    email = letters.only(letters.deliver(minutes(2)))

    assert "Hosted\nYou host this session." in email.body
    assert letters.entries(email) == [("REQUEST", "Booked", 0), ("REQUEST", "Hosted", 0)]


@pytest.mark.parametrize("kind", ["agenda", "booking-opens", "place-given", "place-offered"])
@pytest.mark.parametrize("about", [{}, {"registration": 0}, {"booking": 0}])
def test_what_is_gone_is_not_told_and_is_no_error(kind, about):
    render = {
        "agenda": emails.agenda,
        "booking-opens": emails.booking_opens,
        "place-given": emails.place_given,
        "place-offered": emails.place_offered,
    }[kind]

    assert render(Message(kind=kind, key="x", member=make.member("Ada"), about=about)) is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "new@example.org"}])
def test_nobody_is_written_to_who_cannot_log_in_or_has_not_confirmed_the_address(event, ada, change):
    booking.book(make.workshop(event), ada, at=NOW)
    Member.objects.filter(pk=ada.member_id).update(**change)

    assert letters.deliver(minutes(2)) == []


def test_all_links_are_absolute_and_the_same_for_everybody(event, ada):
    bo = make.registration(event, make.member("Bo"))
    session = make.workshop(event)
    for one in (ada, bo):
        booking.book(session, one, at=NOW)

    sent = letters.deliver(minutes(2))

    assert letters.links(sent[0]) == letters.links(sent[1])
    assert all(link.startswith("https://events.example.org/") for link in letters.links(sent[0]))


def test_an_agenda_of_forty_costs_as_many_queries_as_one_of_four(event, ada, django_assert_num_queries):
    for number in range(4):
        booking.book(make.workshop(event, hour=8 + number / 10, hours=0.1), ada, at=NOW)
    message = Message.objects.get()
    with django_assert_num_queries(10):
        emails.agenda(message)
    for number in range(4, 40):
        booking.book(make.workshop(event, hour=8 + number / 10, hours=0.1), ada, at=NOW)

    with django_assert_num_queries(10):
        emails.agenda(message)


def test_a_session_that_moves_and_a_member_who_books_are_one_truth(event, ada):
    session = make.workshop(event, title="Moving")
    booking.book(session, ada, at=NOW)
    letters.deliver(minutes(2))
    session.starts_at += timedelta(hours=2)
    session.ends_at += timedelta(hours=2)
    programme.save_session(session, at=minutes(5))
    booking.book(make.workshop(event, title="New"), ada, at=minutes(5))

    moved, agenda = letters.only(letters.deliver(minutes(5))), letters.only(letters.deliver(minutes(8)))

    assert letters.entries(moved) == [("REQUEST", "Moving", 1)]
    assert letters.entries(agenda) == [("REQUEST", "New", 0)]
    assert said_changes(agenda) == [
        "Booked: “New”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time)."
    ]
    assert len(mail.outbox) == 3
