"""Emails about sessions that are cancelled, read from the mailbox."""

import pytest

from events.models import Session
from tests import letters, make
from tests.make import BY
from tests.workshops.places.state import minutes
from tests.workshops.programme.moving import WAS, move, told
from workshops.models import AgendaTold, Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]


@pytest.fixture
def session(event, ada) -> Session:
    """A session that Ada has booked and was told of."""
    return told(event, ada)


@pytest.mark.slow
def test_a_cancelled_session_is_told_with_others_of_its_time_that_have_places(event, session):
    make.workshop(event, title="Has places", slug="places")
    full = make.workshop(event, title="Is full", capacity=1)
    booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=minutes(3))
    make.workshop(event, title="Is later", hour=15)
    move(session, hours=0, status=Session.Status.CANCELLED)

    email = next(one for one in letters.deliver(minutes(5)) if one.to == ["ada@example.org"])

    assert email.subject == "Cancelled: Leading quietly"
    assert f"“Leading quietly” is cancelled.\n\nIt was planned for {WAS}, Room 3." in email.body
    assert "These sessions of that time have places:\n\n- Has places\n" in email.body
    assert ("Is full" in email.body, "Is later" in email.body) == (False, False)
    assert letters.entries(email) == [("CANCEL", "Leading quietly", 1)]
    assert letters.say_the_same_twice(email)
    assert AgendaTold.objects.get(registration__member__email="ada@example.org").items == {}


@pytest.mark.slow
def test_moved_then_cancelled_only_the_end_is_told(session):
    move(session)
    move(session, at=minutes(6), status=Session.Status.CANCELLED)

    assert [email.subject for email in letters.deliver(minutes(6))] == ["Cancelled: Leading quietly"]


@pytest.mark.slow
def test_who_had_given_it_up_is_not_told_that_it_is_cancelled(session):
    booking.cancel(Booking.objects.get(), by=BY, at=minutes(3))
    letters.deliver(minutes(5))
    move(session, hours=0, at=minutes(6), status=Session.Status.CANCELLED)

    assert letters.deliver(minutes(7)) == []


@pytest.mark.slow
def test_a_cancellation_that_was_taken_back_is_not_told(session):
    move(session, hours=0, status=Session.Status.CANCELLED)
    move(session, hours=0, at=minutes(6), status=Session.Status.PUBLISHED)

    subjects = [email.subject for email in letters.deliver(minutes(6))]

    assert "Cancelled: Leading quietly" not in subjects


@pytest.mark.slow
def test_a_host_is_told_of_a_cancellation_and_their_calendar_follows(session):
    make.host(session, "Hana", email="hana@example.org")
    move(session)
    letters.deliver(minutes(5))
    move(session, hours=0, at=minutes(10), status=Session.Status.CANCELLED)

    sent = {email.to[0]: email for email in letters.deliver(minutes(10))}

    assert letters.entries(sent["hana@example.org"]) == [("CANCEL", "Leading quietly", 1)]
    assert "You were to be one of its hosts or speakers." in sent["hana@example.org"].body
    assert letters.say_the_same_twice(sent["hana@example.org"])
