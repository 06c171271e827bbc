"""A session is brought back while its emails go out, and while its people book something else."""

from datetime import timedelta

import pytest

from events import registration as registering
from events.models import Session
from notifications import delivery
from notifications.models import Message
from tests import invariants, make
from tests.make import BY, NOW
from tests.races.edits import cancelled
from tests.races.together import Act, holding, holding_workshop, together, until_blocked
from workshops.models import Booking, Workshop
from workshops.places import booking
from workshops.places.refusals import BookingClosed
from workshops.programme import cancelling, changes
from workshops.programme.cancelling import TooLate

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

Status = Booking.Status
SOON, DUE = NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)


def full(number: int) -> Session:
    """A cancelled session in which so many had a place."""
    session = make.workshop(make.event(), capacity=number)
    for one in make.crowd(session.event, number):
        booking.book(session, one, by=BY, at=NOW)
    changes.save_session(cancelled(session), by=BY, at=NOW)
    return session


def back(session: Session):
    return lambda: cancelling.bring_back(session, by=BY, at=SOON)


def claimed() -> int | None:
    one = delivery.claim(at=DUE, which=delivery.TO_MANY)
    return one.pk if one else None


def test_either_it_is_back_and_nobody_is_told_or_it_stays_cancelled():
    for _ in range(5):
        session = full(3)

        *claims, outcome = together(claimed, claimed, back(session))

        letters = Message.objects.filter(kind="session-cancelled", payload__session=session.pk)
        live = Booking.objects.live().filter(session=session).count()
        is_back = Session.objects.get(pk=session.pk).is_published
        on_their_way = sum(one is not None for one in claims)
        assert (is_back, live, letters.count(), on_their_way == 0) in [
            (True, 3, 0, True),
            (False, 0, 3, False),
        ]
        assert isinstance(outcome, TooLate) != is_back
        Message.objects.all().delete()


def test_people_who_book_elsewhere_while_it_comes_back_have_both_to_decide():
    session = full(6)
    there = make.workshop(session.event, capacity=None, hour=10.5)
    people = [one.registration for one in Booking.objects.filter(session=session)]

    together(
        *(lambda one=one: booking.book(there, one, by=BY, at=SOON) for one in people[:3]),
        back(session),
        *(lambda one=one: booking.book(there, one, by=BY, at=SOON) for one in people[3:]),
    )

    row = Workshop.objects.get(session=session)
    assert (row.taken, row.held, row.line) == (6, 0, 0)
    assert Booking.objects.live().filter(session=session).count() == 6
    assert invariants.broken() == []


def test_who_books_in_another_event_at_that_moment_keeps_both_to_decide():
    session = full(1)
    (hers,) = Booking.objects.filter(session=session)
    there = make.workshop(make.event(), capacity=None, hour=10.5)
    elsewhere = make.registration(there.event, hers.member)

    with holding_workshop(session.pk):
        coming_back = Act(back(session))
        until_blocked()
        booking.book(there, elsewhere, by=BY, at=SOON)
    coming_back.wait()

    hers.refresh_from_db()
    assert hers.status == Status.CONTESTED
    assert invariants.broken() == []


def test_who_cancels_their_registration_while_it_comes_back_stays_out():
    session = full(1)
    (hers,) = Booking.objects.filter(session=session)
    places = "SELECT 1 FROM events_eventplaces WHERE event_id = %s FOR NO KEY UPDATE"

    with holding(places, session.event_id):
        leaving = Act(lambda: registering.cancel(hers.registration, by=BY, at=SOON))
        until_blocked()
        coming_back = Act(back(session))
        until_blocked(2)
    leaving.wait()
    coming_back.wait()

    hers.refresh_from_db()
    assert hers.status == Status.CANCELLED
    assert invariants.broken() == []


def test_pressed_six_times_it_comes_back_once():
    session = full(2)

    together(*(back(session) for _ in range(6)))

    assert Session.objects.get(pk=session.pk).sequence == 2
    assert Booking.objects.booked().filter(session=session).count() == 2


def test_who_books_while_it_comes_back_waits_behind_those_who_had_a_place():
    session = full(1)
    (bo,) = make.crowd(session.event, 1)

    _, outcome = together(back(session), lambda: booking.book(session, bo, by=BY, at=SOON))

    assert isinstance(outcome, BookingClosed) or outcome.status == Status.WAITING
