"""Emails tell the truth of the moment they leave; what failed is told by the next."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from events import cancellation, registration
from events.models import CalendarEntry
from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import minutes
from workshops import notices
from workshops.letters import agenda_emails
from workshops.models import AgendaTold
from workshops.places import booking
from workshops.programme import changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

QUIET = notices.AGENDA_DEBOUNCE


@pytest.mark.slow
def test_what_a_failed_email_would_have_told_is_told_by_the_next(event, ada, settings):
    session = make.workshop(event, title="First")
    booking.book(session, ada, by=BY, at=NOW)
    settings.EMAIL_BACKEND = "tests.letters.NoServer"
    letters.deliver(minutes(2))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    kept = (AgendaTold.objects.count(), CalendarEntry.objects.count())
    booking.book(make.workshop(event, title="Second", hour=14), ada, by=BY, at=minutes(3))

    email = letters.only(letters.deliver(minutes(6)))

    assert kept == (0, 0)
    assert letters.entries(email) == [("PUBLISH", "First", 0), ("PUBLISH", "Second", 0)]
    assert letters.deliver(minutes(60)) == []


@pytest.mark.usefixtures("ordinary_monday")
def test_looking_at_a_message_is_not_telling_it(event, ada):
    booking.book(make.workshop(event), ada, by=BY, at=NOW)

    assert agenda_emails.agenda(Message.objects.get()) is not None

    assert (AgendaTold.objects.count(), CalendarEntry.objects.count()) == (0, 0)


def test_a_letter_carries_what_it_told_whatever_has_become_of_its_message(event, ada):
    session = make.workshop(event)
    booking.book(session, ada, by=BY, at=NOW)
    with time_machine.travel(NOW, tick=False):
        letter = found(agenda_emails.agenda(Message.objects.get()))
    booking.cancel(ada.bookings.get(), by=BY, at=NOW)
    Message.objects.all().delete()

    found(letter.on_sent)(minutes(1))

    assert AgendaTold.objects.get().items.keys() == {str(session.pk)}
    assert CalendarEntry.objects.get().session == session


@pytest.mark.usefixtures("ordinary_monday")
def test_an_email_that_was_on_its_way_while_they_cancelled_leaves_no_trace(event, ada):
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    message = Message.objects.get()
    letter = found(agenda_emails.agenda(message))
    registration.cancel(ada, by=BY, at=minutes(1))

    found(letter.on_sent)(minutes(1))

    assert not AgendaTold.objects.exists()


def test_a_registration_cancelled_meanwhile_leaves_nothing_to_tell(event, ada):
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    registration.cancel(ada, by=BY, at=minutes(1))

    subjects = [one.subject for one in letters.deliver(minutes(3))]

    assert subjects == ["Your registration for Q 2026 is cancelled"]


def test_an_event_cancelled_meanwhile_leaves_nothing_else_to_tell(event, ada):
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    cancellation.cancel_event(event, by=BY, at=minutes(1))

    meanwhile = letters.deliver(minutes(3))
    cancellation.tell(at=minutes(11))

    assert meanwhile == []
    assert [one.subject for one in letters.deliver(minutes(11))] == ["Q 2026 is cancelled"]


@pytest.mark.slow
def test_registered_again_their_agenda_begins_anew(event, ada):
    booking.book(make.workshop(event, title="Before"), ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    registration.cancel(ada, by=BY, at=minutes(3))
    again = registration.register(event, ada.member, by=BY, at=minutes(4))
    booking.book(make.workshop(event, title="After", hour=14), again, by=BY, at=minutes(4))

    email = next(one for one in letters.deliver(minutes(7)) if one.subject.startswith("Your agenda"))

    assert (letters.changes(email), "Before" in email.body) == ([], False)
    assert ("PUBLISH", "After", 0) in letters.entries(email)


@pytest.mark.parametrize(
    "kind", ["agenda", "booking-opens-soon", "booking-opens", "place-given", "place-offered"]
)
@pytest.mark.parametrize("payload", [{}, {"registration": 0}, {"booking": 0}])
def test_what_is_gone_is_not_told_and_is_no_error(kind, payload):
    render = {
        "agenda": agenda_emails.agenda,
        "booking-opens-soon": agenda_emails.booking_opens_soon,
        "booking-opens": agenda_emails.booking_opens,
        "place-given": agenda_emails.place_given,
        "place-offered": agenda_emails.place_offered,
    }[kind]

    assert render(Message(kind=kind, key="x", member=make.member("Ada"), payload=payload)) is None


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "new@example.org"}])
def test_nobody_is_written_to_who_cannot_log_in_or_has_not_confirmed_the_address(event, ada, change):
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    Member.objects.filter(pk=ada.member_id).update(**change)

    assert letters.deliver(minutes(2)) == []


@pytest.mark.slow
def test_all_links_are_absolute_and_the_same_for_everybody(event, ada):
    bo = make.registration(event, make.member("Bo"))
    session = make.workshop(event)
    for one in (ada, bo):
        booking.book(session, one, by=BY, at=NOW)

    sent = letters.deliver(minutes(2))

    assert letters.links(sent[0]) == letters.links(sent[1])
    assert all(link.startswith("https://events.example.org/") for link in letters.links(sent[0]))


@pytest.mark.slow
@pytest.mark.usefixtures("ordinary_monday")
def test_an_agenda_of_forty_costs_as_many_queries_as_one_of_four(event, ada, django_assert_num_queries):
    for number in range(4):
        booking.book(make.workshop(event, hour=8 + number / 10, hours=0.1), ada, by=BY, at=NOW)
    message = Message.objects.get()
    with django_assert_num_queries(9):
        agenda_emails.agenda(message)
    for number in range(4, 40):
        booking.book(make.workshop(event, hour=8 + number / 10, hours=0.1), ada, by=BY, at=NOW)

    with django_assert_num_queries(9):
        agenda_emails.agenda(message)


@pytest.mark.slow
def test_a_session_that_moves_and_a_member_who_books_are_one_truth(event, ada):
    session = make.workshop(event, title="Moving")
    booking.book(session, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    changes.save_session(make.later(session, timedelta(hours=2)), by=BY, at=minutes(5))
    booking.book(make.workshop(event, title="New"), ada, by=BY, at=minutes(5))

    moved, agenda = letters.only(letters.deliver(minutes(5))), letters.only(letters.deliver(minutes(8)))

    assert letters.entries(moved) == [("REQUEST", "Moving", 1)]
    assert letters.entries(agenda) == [("REQUEST", "New", 0)]
    assert letters.changes(agenda) == [
        "Booked: “New”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time)."
    ]
    assert len(mail.outbox) == 3
