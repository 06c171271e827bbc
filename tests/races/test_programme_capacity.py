"""Sessions are given places, or lose them, while people book."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests import make
from tests.make import BY, NOW
from tests.races.together import Act, holding_workshop, together, until_blocked
from workshops.models import Booking
from workshops.places import booking, choices
from workshops.places.refusals import BookingRefused, NothingToBook
from workshops.programme import capacity
from workshops.programme.changes import SessionHasBookings

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

Status = Booking.Status
HOUR = timedelta(hours=1)


def test_places_taken_away_while_people_book_refuse_the_editor_or_the_members():
    event = make.event()
    session, old = make.workshop(event), make.workshop(event)
    *crowd, bo = make.crowd(event, 6)
    bos = booking.book(old, bo, by=BY, at=NOW)

    outcomes = together(
        *(lambda ada=ada: booking.book(session, ada, by=BY, at=NOW) for ada in crowd),
        lambda: booking.swap([bos], session, by=BY, at=NOW),
        lambda: capacity.open_to_all(session, by=BY, at=NOW),
    )

    if isinstance(outcomes[-1], SessionHasBookings):
        assert Booking.objects.live().filter(session=session).exists()
    else:
        assert all(isinstance(outcome, BookingRefused) for outcome in outcomes[:-1])


def test_places_are_not_taken_away_from_who_is_booking_one():
    event = make.event()
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    with holding_workshop(session.pk):
        booking_it = Act(lambda: booking.book(session, ada, by=BY, at=NOW))
        until_blocked()
        taking = Act(lambda: capacity.open_to_all(session, by=BY, at=NOW))
        until_blocked(2)

    assert booking_it.wait().status == Status.BOOKED
    assert isinstance(taking.wait(), SessionHasBookings)


@pytest.mark.parametrize("act", ["choose", "swap", "cancel"])
def test_an_act_that_waits_while_the_places_are_taken_away_is_refused(act):
    event = make.event(booking_opens_at=NOW)
    session, old = make.workshop(event), make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    chosen = [choices.choose(session, ada, by=BY, at=NOW - HOUR)] if act == "cancel" else []
    hers = booking.book(old, ada, by=BY, at=NOW)
    acts = {
        "choose": lambda: choices.choose(session, ada, by=BY, at=NOW - HOUR),
        "swap": lambda: booking.swap([hers], session, by=BY, at=NOW),
        "cancel": lambda: booking.cancel(chosen[0], by=BY, at=NOW),
    }

    with holding_workshop(session.pk):
        taking = Act(lambda: capacity.open_to_all(session, by=BY, at=NOW))
        until_blocked()
        waits = Act(acts[act])
        until_blocked(2)
    taking.wait()

    assert isinstance(waits.wait(), NothingToBook)
    hers.refresh_from_db()
    assert hers.status == Status.BOOKED


def test_a_capacity_below_what_is_being_taken_is_refused():
    event = make.event()
    session = make.workshop(event, capacity=5)
    ada = make.registration(event, make.member("Ada"))

    with holding_workshop(session.pk):
        booking_it = Act(lambda: booking.book(session, ada, by=BY, at=NOW))
        until_blocked()
        lowering = Act(lambda: capacity.set_capacity(session, 0, by=BY, at=NOW))
        until_blocked(2)
    booking_it.wait()

    assert lowering.wait().taken == 1


def test_an_editor_inside_an_open_transaction_serves_the_line_only_after_it():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo = make.crowd(event, 2)
    booking.book(session, ada, by=BY, at=NOW)
    bos = booking.book(session, bo, by=BY, at=NOW)

    with transaction.atomic():
        capacity.set_capacity(session, 2, by=BY, at=NOW)
        bos.refresh_from_db()
        inside = bos.status

    bos.refresh_from_db()
    assert (inside, bos.status) == (Status.WAITING, Status.BOOKED)


def test_editors_who_raise_capacity_in_a_transaction_while_all_book_meet_no_deadlock():
    event = make.event()
    sessions = [make.workshop(event, capacity=2, hour=9 + n) for n in range(4)]
    crowd = make.crowd(event, 16)

    def raise_all():
        with transaction.atomic():
            for session in sessions:
                capacity.set_capacity(session, 8, by=BY, at=NOW)

    together(
        *(
            lambda ada=ada, session=session: booking.book(session, ada, by=BY, at=NOW)
            for session in sessions
            for ada in crowd
        ),
        raise_all,
        threads=12,
    )

    assert Booking.objects.booked().count() == 32
