"""Emails about registrations, read from the mailbox."""

from datetime import UTC, datetime, timedelta

import pytest

from events import cancellation, emails, registration
from events.cancellation import EventNotCancelled
from events.models import CalendarEntry, Event, Registration
from members import membership
from members.membership import TAKEN_BACK_WITHIN
from members.models import Member, SiteSettings
from notifications.models import Message
from notifications.resend import send_again
from tests import letters, make
from tests.calendar_files import day
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]
LATER = NOW + timedelta(minutes=5)


def the_event(**fields):
    """The community's event."""
    return make.event(**({"slug": "2026", "title": "Q <2026> & more"} | fields))


def test_who_is_registered_is_sent_to_build_their_agenda_with_the_days_for_their_calendar():
    event = the_event()
    make.workshop(event)
    registration.register(event, make.member("Ada"), by=BY, at=NOW)

    email = letters.only(letters.deliver(NOW))

    assert email.subject == "You are registered for Q <2026> & more"
    assert "Build your agenda now:\nhttps://events.example.org/events/2026/agenda/" in email.body
    assert "Declining in your calendar does not give up your place." in email.body
    assert "Q <2026> & more: Wednesday 18 November to Thursday 19 November. Online." in email.body
    assert letters.say_the_same_twice(email)
    assert letters.entries(email) == [("REQUEST", "Q <2026> & more", 0)]
    days = letters.calendars(email)[0].events[0]
    assert (str(day(days, "DTSTART")), str(day(days, "DTEND"))) == ("2026-11-18", "2026-11-20")


def test_before_booking_opens_it_says_when_in_the_events_time_and_theirs():
    event = the_event(booking_opens_at=NOW + timedelta(days=7))
    make.workshop(event)
    registration.register(event, make.member("Ada", time_zone="America/New_York"), by=BY, at=NOW)

    email = letters.only(letters.deliver(NOW))

    opens = "Booking opens Monday 9 November, 10:00 (UK and Ireland time), 05:00 for you; we will email you."
    assert opens in email.body
    assert "Build your agenda now" not in email.body
    assert letters.say_the_same_twice(email)


def test_an_event_without_places_to_book_says_nothing_of_booking():
    event = the_event()
    make.session(event)
    registration.register(event, make.member("Ada"), by=BY, at=NOW)

    email = letters.only(letters.deliver(NOW))

    assert "ooking" not in email.body
    assert "See your agenda:\nhttps://events.example.org/events/2026/agenda/" in email.body


def test_who_subscribed_to_their_calendar_gets_no_calendar_file():
    registration.register(the_event(), make.member("Ada", calendar=Member.Calendar.FEED), by=BY, at=NOW)

    email = letters.only(letters.deliver(NOW))

    assert (email.attachments, len(email.alternatives)) == ([], 1)
    assert "calendar" not in email.body
    assert not CalendarEntry.objects.exists()


def test_a_person_waiting_for_approval_is_told_what_happens_next():
    ada = make.member("Ada", membership=Member.Membership.WAITING)
    registration.register(the_event(), ada, by=BY, at=NOW)

    email = letters.only(letters.deliver(NOW))

    assert email.subject == "We have your registration for Q <2026> & more"
    assert "confirmed as soon as your membership is approved, usually within two working days." in email.body
    assert (letters.calendars(email), letters.say_the_same_twice(email)) == ([], True)


def test_their_approval_confirms_it_and_tells_them():
    event, admin = the_event(), make.member("Staff")
    ada = make.member("Ada", membership=Member.Membership.WAITING)
    registration.register(event, ada, by=BY, at=NOW)
    letters.deliver(NOW)

    membership.approve(ada, by=admin, at=LATER)

    subjects = {email.subject for email in letters.deliver(LATER + TAKEN_BACK_WITHIN)}
    assert "You are registered for Q <2026> & more" in subjects
    assert Registration.objects.get(member=ada).is_confirmed


def test_approved_before_the_first_email_went_out_they_are_told_the_state_as_it_is_only():
    event, admin = the_event(), make.member("Staff")
    ada = make.member("Ada", membership=Member.Membership.WAITING)
    registration.register(event, ada, by=BY, at=NOW)
    membership.approve(ada, by=admin, at=LATER)

    sent = letters.deliver(LATER + TAKEN_BACK_WITHIN)
    subjects = [email.subject for email in sent if "Q <2026>" in email.subject]

    assert subjects == ["You are registered for Q <2026> & more"]
    assert Message.objects.get(kind="registered", state="superseded").last_error == "Nothing left to tell."


@pytest.mark.slow
def test_when_the_event_is_full_they_read_their_place_in_line():
    event = the_event(capacity=1)
    registration.register(event, make.member("Ada"), by=BY, at=NOW)
    registration.register(event, make.member("Bo"), by=BY, at=NOW)
    registration.register(event, make.member("Cy"), by=BY, at=NOW)

    emails_sent = letters.deliver(NOW)

    assert [email.subject for email in emails_sent][1:] == [
        "You are on the waiting list for Q <2026> & more"
    ] * 2
    assert "You are 2nd on the waiting list." in emails_sent[2].body
    assert letters.say_the_same_twice(emails_sent[2])


@pytest.mark.slow
def test_cancelling_lists_what_is_lost_and_clears_their_calendar():
    event = the_event()
    session = make.workshop(event, title="Leading quietly")
    ada = registration.register(event, make.member("Ada"), by=BY, at=NOW)
    booking.book(session, ada, by=BY, at=NOW)
    letters.deliver(NOW + timedelta(minutes=3))

    registration.cancel(ada, by=BY, at=LATER)

    email = letters.only(letters.deliver(LATER))
    assert email.subject == "Your registration for Q <2026> & more is cancelled"
    assert "- Leading quietly" in email.body
    assert letters.say_the_same_twice(email)
    assert letters.entries(email) == [
        ("PUBLISH", "Not in your agenda any more: Leading quietly", 1),
        ("PUBLISH", "Not in your agenda any more: Q <2026> & more", 1),
    ]
    assert not CalendarEntry.objects.standing().exists()


@pytest.mark.slow
def test_registering_again_raises_the_sequence():
    event, ada = the_event(), make.member("Ada")
    registration.cancel(
        registration.register(event, ada, by=BY, at=NOW), by=BY, at=NOW + timedelta(seconds=1)
    )
    registration.register(event, ada, by=BY, at=LATER)
    first = letters.deliver(LATER)
    registration.cancel(Registration.objects.get(), by=BY, at=LATER + timedelta(minutes=1))
    second = letters.deliver(LATER + timedelta(minutes=1))
    registration.register(event, ada, by=BY, at=LATER + timedelta(minutes=2))
    third = letters.deliver(LATER + timedelta(minutes=2))

    found = [letters.entries(letters.only(sent)) for sent in (first, second, third)]

    title = "Q <2026> & more"
    assert found == [[("REQUEST", title, 0)], [("CANCEL", title, 1)], [("REQUEST", title, 2)]]


def test_nobody_is_told_that_they_cancelled_who_is_registered_again():
    event, ada = the_event(), make.member("Ada")
    registration.cancel(
        registration.register(event, ada, by=BY, at=NOW), by=BY, at=NOW + timedelta(seconds=1)
    )
    registration.register(event, ada, by=BY, at=NOW + timedelta(seconds=2))

    subjects = [email.subject for email in letters.deliver(LATER)]

    assert subjects == ["You are registered for Q <2026> & more"]


def test_asked_for_again_it_is_sent_again_with_the_same_sequence():
    registration.register(the_event(), make.member("Ada"), by=BY, at=NOW)
    first = letters.only(letters.deliver(NOW))
    send_again(Message.objects.get(), by=make.member("Staff"), at=LATER)

    again = letters.only(letters.deliver(LATER))

    assert (again.subject, letters.entries(again)) == (first.subject, letters.entries(first))
    assert again.extra_headers["Message-ID"] != first.extra_headers["Message-ID"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "new@example.org"}])
def test_nobody_is_written_to_who_cannot_log_in_or_has_not_confirmed_the_address(change):
    ada = make.member("Ada")
    registration.register(the_event(), ada, by=BY, at=NOW)
    Member.objects.filter(pk=ada.pk).update(**change)

    assert letters.deliver(NOW) == []
    assert Message.objects.get().state == "superseded"


@pytest.mark.parametrize("kind", ["registered", "registration-cancelled", "event-cancelled"])
@pytest.mark.parametrize("payload", [{}, {"registration": 0}, {"event": 0}, {"contributor": 0}])
def test_what_is_gone_is_not_told_and_is_no_error(kind, payload):
    message = Message(kind=kind, key="x", member=make.member("Ada"), payload=payload)
    render = {
        "registered": emails.registered,
        "registration-cancelled": emails.registration_cancelled,
        "event-cancelled": emails.event_cancelled,
    }[kind]

    assert render(message) is None


@pytest.mark.slow
def test_a_cancelled_event_is_told_to_all_who_counted_on_it_once():
    event = the_event()
    session = make.workshop(event, title="Leading quietly")
    ada = registration.register(event, make.member("Ada", email="ada@example.org"), by=BY, at=NOW)
    booking.book(session, ada, by=BY, at=NOW)
    gone = registration.register(event, make.member("Gone"), by=BY, at=NOW)
    make.host(session, "Hana", email="hana@example.org")
    host = make.host(session, "Ada", email="")
    host.member = ada.member
    host.save()
    registration.cancel(gone, by=BY, at=NOW)
    letters.deliver(NOW + timedelta(minutes=3))

    cancellation.cancel_event(event, by=BY, at=LATER)
    cancellation.cancel_event(event, by=BY, at=LATER + timedelta(seconds=9))

    cancellation.tell(at=LATER + timedelta(minutes=10))
    sent = {email.to[0]: email for email in letters.deliver(LATER + timedelta(minutes=10))}
    assert sorted(sent) == ["ada@example.org", "hana@example.org"]
    assert letters.entries(sent["ada@example.org"]) == [
        ("PUBLISH", "Not in your agenda any more: Leading quietly", 1),
        ("PUBLISH", "Not in your agenda any more: Q <2026> & more", 1),
    ]
    assert "Your registration and your places end with it." in sent["ada@example.org"].body
    assert "The session in which you were to host or speak is cancelled" in sent["hana@example.org"].body
    assert [letters.say_the_same_twice(email) for email in sent.values()] == [True, True]
    assert Event.objects.get().status == Event.Status.CANCELLED
    assert not Registration.objects.get(pk=ada.pk).event.booking_is_open(LATER)


def test_an_event_cancelled_in_the_meantime_confirms_nobody():
    event = the_event()
    registration.register(event, make.member("Ada"), by=BY, at=NOW)
    cancellation.cancel_event(event, by=BY, at=NOW)

    meanwhile = letters.deliver(NOW + timedelta(minutes=1))
    cancellation.tell(at=NOW + timedelta(minutes=10))
    subjects = [email.subject for email in letters.deliver(NOW + timedelta(minutes=10))]

    assert (meanwhile, subjects) == ([], ["Q <2026> & more is cancelled"])


def test_who_registered_just_before_it_was_called_off_is_told_once_it_is_back():
    event = the_event()
    registration.register(event, make.member("Ada"), by=BY, at=NOW)
    cancellation.cancel_event(event, by=BY, at=NOW)
    meanwhile = letters.deliver(NOW + timedelta(minutes=1))
    cancellation.bring_back(event, by=BY, at=NOW + timedelta(minutes=2))

    subjects = [email.subject for email in letters.deliver(NOW + timedelta(minutes=2))]

    assert (meanwhile, len(subjects)) == ([], 1)
    assert "cancelled" not in subjects[0]


def test_what_was_ended_for_another_reason_meanwhile_is_not_owed_again():
    event = the_event()
    registration.register(event, make.member("Ada"), by=BY, at=NOW)
    Message.objects.update(state=Message.State.SUPERSEDED, last_error="Taken as sent.")
    cancellation.cancel_event(event, by=BY, at=NOW)
    cancellation.bring_back(event, by=BY, at=NOW + timedelta(minutes=2))

    assert letters.deliver(NOW + timedelta(minutes=2)) == []


def test_a_draft_cannot_be_cancelled():
    event = the_event(status=Event.Status.DRAFT)

    with pytest.raises(EventNotCancelled, match="Only a published event"):
        cancellation.cancel_event(event, by=BY, at=NOW)


def test_every_email_says_why_it_came_and_whom_to_answer():
    contact = {"contact_email": "team@example.org", "sender_email": "q@example.org"}
    SiteSettings.objects.update_or_create(pk=1, defaults=contact)
    registration.register(the_event(), make.member("Ada"), by=BY, at=NOW)

    email = letters.only(letters.deliver(NOW))

    assert email.reply_to == ["team@example.org"]
    assert "You get this email because you registered for Q <2026> & more." in email.body
    assert letters.calendars(email)[0].events[0]["ORGANIZER"] == "mailto:q@example.org"
    assert all(link.startswith(("https://events.example.org/", "mailto:")) for link in letters.links(email))


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 11, 16, 12, tzinfo=UTC), "Build your agenda now"),
        (datetime(2026, 11, 17, 12, tzinfo=UTC), "It starts tomorrow at 10:00.\n"),
        (datetime(2026, 11, 18, 10, 30, tzinfo=UTC), "It is on now.\n"),
    ],
)
def test_from_the_day_before_on_it_says_when_and_nothing_of_building_an_agenda(at, says):
    event = the_event()
    make.workshop(event)
    make.workshop(event, day=1)
    registration.register(event, make.member("Ada"), by=BY, at=at)

    email = letters.only(letters.deliver(at))

    assert says in email.body
    assert ("Build your agenda" in email.body) == (at.day == 16)
    assert letters.say_the_same_twice(email)


def test_once_the_event_is_over_no_letter_says_that_they_are_registered():
    event = the_event()
    make.workshop(event)
    registration.register(event, make.member("Ada"), by=BY, at=NOW)

    assert letters.deliver(datetime(2026, 11, 20, 12, tzinfo=UTC)) == []
