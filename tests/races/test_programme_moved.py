"""Sessions move while people book and choose them."""

from datetime import timedelta
from functools import partial

import pytest

from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.races.edits import moved
from tests.races.together import Act, holding_workshop, together, until_blocked
from workshops.models import Booking, Workshop
from workshops.places import booking, choices
from workshops.places.refusals import TimeClash
from workshops.programme import capacity, changes

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

HOUR = timedelta(hours=1)


def test_a_session_moved_while_members_book_one_at_its_new_time_leaves_both_to_them_or_refuses_it():
    event = make.event()
    session, other = make.workshop(event, hour=10), make.workshop(event, hour=12)
    crowd = make.crowd(event, 5)
    for one in crowd:
        booking.book(session, one, by=BY, at=NOW)

    outcomes = together(
        lambda: changes.save_session(moved(session, 2 * HOUR), by=BY, at=NOW),
        *(lambda one=one: booking.book(other, one, by=BY, at=NOW) for one in crowd),
    )

    refused = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
    to_decide = Booking.objects.filter(session=session, status=Booking.Status.CONTESTED)
    assert set(refused) <= {TimeClash}
    assert to_decide.count() == 5 - len(refused)


def test_a_move_that_meets_a_booking_of_that_moment_is_refused_or_refuses_it():
    event = make.event()
    session, other = make.workshop(event, hour=10), make.workshop(event, hour=12)
    ada = make.registration(event, make.member("Ada"))
    hers = booking.book(session, ada, by=BY, at=NOW)

    with holding_workshop(other.pk):
        booking_it = Act(lambda: booking.book(other, ada, by=BY, at=NOW))
        until_blocked()
        changes.save_session(moved(session, 2 * HOUR), by=BY, at=NOW)
    outcome = booking_it.wait()

    hers.refresh_from_db()
    assert (type(outcome), hers.during.lower) == (TimeClash, other.starts_at)


def test_a_booking_made_while_the_session_moves_has_the_new_time():
    event = make.event()
    session = make.workshop(event, capacity=2)
    crowd = make.crowd(event, 3)

    with holding_workshop(session.pk):
        moving = Act(lambda: changes.save_session(moved(session, HOUR), by=BY, at=NOW))
        until_blocked()
        acts = [Act(partial(booking.book, session, one, by=BY, at=NOW)) for one in crowd]
        until_blocked(4)
    moving.wait()

    assert {act.wait().during.lower for act in acts} == {found(session.starts_at) + HOUR}


def test_a_session_moved_while_a_member_chooses_it_leaves_no_choice_at_the_old_time():
    event = make.event(booking_opens_at=NOW + HOUR)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    with holding_workshop(session.pk):
        moving = Act(lambda: changes.save_session(moved(session, HOUR), by=BY, at=NOW))
        until_blocked()
        choosing = Act(lambda: choices.choose(session, ada, by=BY, at=NOW))
        until_blocked(2)
    moving.wait()

    assert choosing.wait().during.lower == found(session.starts_at) + HOUR


def test_two_sessions_that_trade_times_while_people_book_both():
    event = make.event()
    one, other = make.workshop(event, hour=10, capacity=8), make.workshop(event, hour=14, capacity=8)
    crowd = make.crowd(event, 12)

    def trade():
        return changes.save_sessions([moved(one, 4 * HOUR), moved(other, -4 * HOUR)], by=BY, at=NOW)

    together(
        *(lambda ada=ada: booking.book(one, ada, by=BY, at=NOW) for ada in crowd),
        trade,
        *(lambda ada=ada: booking.book(other, ada, by=BY, at=NOW) for ada in crowd),
        threads=10,
    )

    assert Booking.objects.booked().count() == 16


def test_places_given_to_a_session_while_it_moves_have_its_new_time():
    event = make.event()
    session = make.session(event)

    for _ in range(4):
        Workshop.objects.all().delete()
        together(
            lambda: changes.save_session(moved(session, HOUR), by=BY, at=NOW),
            lambda: capacity.set_capacity(session, 5, by=BY, at=NOW),
        )
        session.refresh_from_db()

        assert Workshop.objects.get().during.lower == session.starts_at
