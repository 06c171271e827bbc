"""Many who press at once in the last half hour, in four processes: never more than the places."""

from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest

from events.models import Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.races.together import processes_together, together
from workshops.models import Booking, Workshop
from workshops.places import booking, last_minutes, waiting_list
from workshops.places.refusals import BookingClosed, PlaceTaken

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
Status = Booking.Status


def half_empty(capacity, waiting, free):
    """A session of which places come free ten minutes before it starts, with a line."""
    event = make.event()
    session = make.workshop(event, capacity=capacity)
    line = make.crowd(event, capacity + waiting)
    for one in line:
        booking.book(session, one, by=BY, at=NOW)
    at = before(session, 20)
    for place in Booking.objects.booked().filter(session=session)[:free]:
        booking.cancel(place, by=BY, at=at)
    return session, [one.pk for one in line[capacity:]]


def before(session: Session, minutes: float):
    return found(session.starts_at) - timedelta(minutes=minutes)


def booked(session):
    return Booking.objects.booked().filter(session=session).count()


def test_four_processes_take_as_many_as_there_are_and_all_others_keep_their_turn():
    session, line = half_empty(capacity=6, waiting=40, free=4)

    results = processes_together(
        *(("take", {"session": session.pk, "registrations": line[n::4], "minutes": 19}) for n in range(4))
    )

    assert Counter(chain.from_iterable(results)) == {"booked": 4, PlaceTaken.__name__: 36}
    row = Workshop.objects.get(session=session)
    assert (row.taken, row.held, row.line, booked(session)) == (6, 0, 36, 6)


def test_in_the_last_minutes_newcomers_and_those_in_line_take_as_many_as_there_are():
    session, line = half_empty(capacity=3, waiting=12, free=2)
    newcomers = [one.pk for one in make.crowd(session.event, 12)]

    results = processes_together(
        *(
            ("take", {"session": session.pk, "registrations": [*line[n::4], *newcomers[n::4]], "minutes": 9})
            for n in range(4)
        )
    )

    assert Counter(chain.from_iterable(results)) == {"booked": 2, PlaceTaken.__name__: 22}
    assert booked(session) == 3
    assert not Booking.objects.waiting().filter(session=session, registration__in=newcomers).exists()


def test_giving_up_booking_taking_and_sweeping_at_once():
    session, _ = half_empty(capacity=4, waiting=6, free=1)
    at = before(session, 15)
    cy = make.registration(session.event, make.member("Cy"))
    placed = list(Booking.objects.booked().filter(session=session))
    waits = list(Booking.objects.waiting().filter(session=session).select_related("registration"))

    results = together(
        *(lambda one=one: booking.cancel(one, by=BY, at=at) for one in placed),
        *(lambda one=one: last_minutes.take(session, one.registration, by=BY, at=at) for one in waits),
        *[lambda: booking.book(session, cy, by=BY, at=at)] * 2,
        *[lambda: waiting_list.sweep(at=at)] * 2,
    )

    assert [type(one) for one in results[-4:-2]] == [BookingClosed, BookingClosed]
    row = Workshop.objects.get(session=session)
    assert row.taken - row.held == booked(session) <= 4
