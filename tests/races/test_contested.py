"""What is to be decided is decided, ends, moves back and loses its cause at once."""

from datetime import timedelta

import pytest

from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.races.edits import moved
from tests.races.together import Act, holding, holding_workshop, together, until_blocked
from workshops.models import Booking
from workshops.places import booking, deciding, waiting_list
from workshops.places.refusals import BookingRefused
from workshops.programme import changes

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

Status = Booking.Status
HOUR = timedelta(hours=1)


def contested(people=1, waiting=0):
    """The sessions, and by person the place in what has moved and the one that it overlaps."""
    event = make.event()
    sessions = [make.workshop(event, hour=hour, capacity=people) for hour in (10, 12)]
    crowd = make.crowd(event, people + waiting)
    places = [[booking.book(one, who, by=BY, at=NOW) for one in sessions] for who in crowd]
    changes.save_session(moved(sessions[0], 2 * HOUR), by=BY, at=NOW)
    return sessions, places


def statuses():
    return sorted(Booking.objects.live().values_list("status", flat=True))


@pytest.mark.parametrize("_again", range(3))
def test_six_decisions_for_one_and_for_the_other_keep_exactly_one(_again):
    _, [(first, other)] = contested()

    outcomes = together(
        *(lambda: deciding.keep(first, giving_up=[other], by=BY, at=NOW) for _ in range(3)),
        *(lambda: deciding.keep(other, giving_up=[first], by=BY, at=NOW) for _ in range(3)),
    )

    assert statuses() == [Status.BOOKED]
    assert all(isinstance(one, Booking | BookingRefused) for one in outcomes)


def test_decisions_the_deadline_and_the_line_leave_every_place_with_one_person():
    sessions, places = contested(people=4, waiting=4)
    late = found(found(Booking.objects.filter(status=Status.CONTESTED).first()).expires_at)

    together(
        *(
            lambda one=one, other=other: deciding.keep(one, giving_up=[other], by=BY, at=NOW)
            for one, other in places[:4]
        ),
        *(lambda: waiting_list.sweep(at=late) for _ in range(3)),
    )
    waiting_list.sweep(at=late)

    held = Booking.objects.filter(session__in=sessions, status__in=Booking.HOLDING)
    assert held.count() == 8


@pytest.mark.parametrize("_again", range(3))
def test_a_place_that_moves_back_while_its_deadline_comes_is_kept_or_has_ended_before(_again):
    sessions, [(first, other)] = contested()
    first.refresh_from_db()
    back = moved(sessions[0], -2 * HOUR)

    together(
        lambda: waiting_list.sweep(at=found(first.expires_at)),
        lambda: changes.save_session(back, by=BY, at=NOW),
        lambda: booking.cancel(other, by=BY, at=NOW),
        lambda: deciding.keep(first, giving_up=[other], by=BY, at=NOW),
    )

    first.refresh_from_db()
    assert first.status in (Status.BOOKED, Status.CANCELLED)


def test_a_place_is_not_left_to_decide_beside_one_that_is_being_given_up():
    event = make.event()
    sessions = [make.workshop(event, hour=hour) for hour in (10, 12)]
    [ada] = make.crowd(event, 1)
    first, other = (booking.book(one, ada, by=BY, at=NOW) for one in sessions)

    with holding_workshop(sessions[1].pk):
        giving_up = Act(lambda: booking.cancel(other, by=BY, at=NOW))
        until_blocked()
        changes.save_session(moved(sessions[0], 2 * HOUR), by=BY, at=NOW)
    giving_up.wait()

    first.refresh_from_db()
    assert first.status == Status.BOOKED


def test_two_sessions_moved_onto_each_other_by_two_people_leave_one_to_decide():
    event = make.event()
    sessions = [make.workshop(event, hour=hour, capacity=5) for hour in (10, 14)]
    for who in make.crowd(event, 5):
        for one in sessions:
            booking.book(one, who, by=BY, at=NOW)

    outcomes = together(
        lambda: changes.save_session(moved(sessions[0], 2 * HOUR), by=BY, at=NOW),
        lambda: changes.save_session(moved(sessions[1], -2 * HOUR), by=BY, at=NOW),
    )

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert statuses() == [Status.BOOKED] * 5 + [Status.CONTESTED] * 5


def test_a_move_waits_for_whoever_is_giving_the_other_place_up():
    event = make.event()
    sessions = [make.workshop(event, hour=hour) for hour in (10, 12)]
    [ada] = make.crowd(event, 1)
    first, other = (booking.book(one, ada, by=BY, at=NOW) for one in sessions)
    given_up = """
        WITH places AS (UPDATE workshops_workshop SET taken = taken - 1 WHERE session_id = %s)
        UPDATE workshops_booking SET status = 'cancelled', ended = 'member' WHERE id = %s
    """

    with holding(given_up, sessions[1].pk, other.pk):
        moving = Act(lambda: changes.save_session(moved(sessions[0], 2 * HOUR), by=BY, at=NOW))
        until_blocked()
    moving.wait()

    first.refresh_from_db()
    assert first.status == Status.BOOKED
