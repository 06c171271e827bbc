"""Emails about a place that came free: given, or held for them until they decide."""

from datetime import timedelta

import pytest

from notifications.models import Message
from tests import letters, make
from tests.make import BY, NOW
from tests.workshops.places.state import minutes
from workshops import notices
from workshops.models import Booking
from workshops.places import booking, waiting_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

QUIET = notices.AGENDA_DEBOUNCE


@pytest.mark.slow
def test_a_place_that_came_free_is_told_once_and_not_by_the_agenda_again(event, ada):
    session = make.workshop(event, title="Full", capacity=1, room="Room 3")
    bo = make.registration(event, make.member("Bo"))
    bos = booking.book(session, bo, by=BY, at=NOW)
    booking.book(session, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))

    booking.cancel(bos, by=BY, at=minutes(10))
    email = letters.only(letters.deliver(minutes(10)))
    booking.book(make.workshop(event, title="Other", hour=14), ada, by=BY, at=minutes(11))

    assert (email.subject, email.to) == ("A place for you: Full", ["ada@example.org"])
    assert "“Full”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time), Room 3." in email.body
    assert (
        "See your agenda, or give up your place:\nhttps://events.example.org/events/2026/agenda/"
        in email.body
    )
    assert letters.entries(email) == [("REQUEST", "Full", 0)]
    assert letters.say_the_same_twice(email)
    agenda = [one for one in letters.deliver(minutes(13)) if one.to == ["ada@example.org"]]
    assert letters.changes(letters.only(agenda)) == [
        "Booked: “Other”, Wednesday 18 November, 14:00 to 15:00 (UK and Ireland time)."
    ]


@pytest.mark.slow
def test_a_place_that_the_agenda_told_first_is_not_told_again(event, ada):
    session = make.workshop(event, title="Full", capacity=1)
    bos = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(session, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    notices.queue_agenda(ada, minutes(9))
    Message.objects.filter(kind="agenda").update(send_after=minutes(9))
    booking.cancel(bos, by=BY, at=minutes(10))
    Message.objects.filter(kind="place-given").update(send_after=minutes(11))

    sent = [one for one in letters.deliver(minutes(10)) if one.to == ["ada@example.org"]]
    later = [one for one in letters.deliver(minutes(11)) if one.to == ["ada@example.org"]]

    assert letters.changes(letters.only(sent)) == [
        "A place came free and is yours: “Full”, Wednesday 18 November, 10:00 to 11:00 (UK and Ireland time)."
    ]
    assert later == []


@pytest.mark.slow
def test_a_place_given_up_before_the_email_went_out_is_not_told(event, ada):
    session = make.workshop(event, capacity=1)
    bos = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    mine = booking.book(session, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    booking.cancel(bos, by=BY, at=minutes(10))
    booking.cancel(Booking.objects.get(pk=mine.pk), by=BY, at=minutes(10))

    assert [email.to for email in letters.deliver(minutes(10))] == []


def offer(event, ada):
    """Ada has "Other" and is offered "Full" at the same time."""
    full, other = make.workshop(event, title="Full", capacity=1), make.workshop(event, title="Other")
    bos = booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    mine = booking.book(full, ada, by=BY, at=NOW)
    booking.book(other, ada, by=BY, at=NOW)
    letters.deliver(minutes(2))
    booking.cancel(bos, by=BY, at=minutes(10))
    return Booking.objects.get(pk=mine.pk)


def test_an_offer_says_until_when_and_what_it_would_replace(event, ada):
    offer(event, ada)

    email = letters.only(letters.deliver(minutes(10)))

    assert email.subject == "A place is held for you: Full"
    assert "held for you until Tuesday 3 November, 10:10 (UK and Ireland time):" in email.body
    assert "It is at the same time as “Other”, which you have. If you accept, you give that up." in email.body
    assert "Accept or decline:\nhttps://events.example.org/events/2026/agenda/" in email.body
    assert (letters.calendars(email), letters.say_the_same_twice(email)) == ([], True)


@pytest.mark.slow
def test_an_offer_that_is_answered_is_not_told_and_its_end_is(event, ada):
    booking.decline(offer(event, ada), by=BY, at=minutes(10))

    assert letters.deliver(minutes(10)) == []
    assert Message.objects.get(kind="place-offered").state == "superseded"
    email = next(one for one in letters.deliver(minutes(13)) if one.to == ["ada@example.org"])
    assert letters.changes(email) == [
        "The place held for you in “Full” has gone to the next in line. It overlaps “Other”. "
        "You keep your turn."
    ]
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_an_offer_whose_deadline_has_come_is_over_even_before_anybody_noticed(event, ada):
    offer(event, ada)
    at = NOW + timedelta(days=1, hours=1)
    notices.queue_agenda(ada, at)

    sent = [one for one in letters.deliver(at) if one.to == ["ada@example.org"]]

    assert (
        "A place that was held for you has gone to the next in line. It overlaps “Other”."
        in letters.only(sent).body
    )


@pytest.mark.slow
def test_an_offer_that_lapsed_is_told_by_the_agenda(event, ada):
    offer(event, ada)
    letters.deliver(minutes(10))
    at = NOW + timedelta(days=1, hours=1)
    waiting_list.sweep(at=at)

    sent = [one for one in letters.deliver(at + QUIET) if one.to == ["ada@example.org"]]

    assert letters.changes(letters.only(sent)) == [
        "The place held for you in “Full” has gone to the next in line. It overlaps “Other”. "
        "You keep your turn."
    ]
