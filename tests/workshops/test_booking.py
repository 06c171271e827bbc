"""Booking one place: what becomes of it, and what is refused."""

from datetime import timedelta

import pytest

from tests import make
from tests.make import NOW
from workshops import booking
from workshops.models import Booking, Workshop

pytestmark = pytest.mark.django_db
Status = Booking.Status


def places(session):
    """The counters of a session's places, as (taken, held, line)."""
    row = Workshop.objects.get(session=session)
    return row.taken, row.held, row.line


def test_a_place_that_is_free_is_booked_at_once():
    event = make.event()
    session = make.workshop(event, capacity=2)
    ada = make.registration(event, make.member("Ada"))

    booked = booking.book(session, ada, at=NOW)

    assert (booked.status, booked.ticket, places(session)) == (Status.BOOKED, 1, (1, 0, 0))


def test_when_it_is_full_she_waits_in_the_order_of_asking():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo, cy = (make.registration(event, make.member(name)) for name in ("Ada", "Bo", "Cy"))

    outcomes = [booking.book(session, one, at=NOW).status for one in (ada, bo, cy)]

    assert outcomes == [Status.BOOKED, Status.WAITING, Status.WAITING]
    assert places(session) == (1, 0, 2)


def test_cancelling_gives_the_place_to_whoever_waited_longest():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo, cy = (make.registration(event, make.member(name)) for name in ("Ada", "Bo", "Cy"))
    hers, bos, cys = (booking.book(session, one, at=NOW) for one in (ada, bo, cy))

    booking.cancel(hers, at=NOW)

    bos.refresh_from_db()
    cys.refresh_from_db()
    assert (bos.status, cys.status, places(session)) == (Status.BOOKED, Status.WAITING, (1, 0, 1))


def test_a_swap_gives_the_old_place_to_the_line_and_takes_the_new_one():
    event = make.event()
    old, new = make.workshop(event, capacity=1), make.workshop(event, capacity=1)
    ada, bo = make.registration(event, make.member("Ada")), make.registration(event, make.member("Bo"))
    hers = booking.book(old, ada, at=NOW)
    bos = booking.book(old, bo, at=NOW)

    swapped = booking.swap([hers], new, at=NOW)

    bos.refresh_from_db()
    hers.refresh_from_db()
    assert (swapped.status, hers.status, bos.status) == (Status.BOOKED, Status.CANCELLED, Status.BOOKED)
    assert (places(old), places(new)) == ((1, 0, 0), (1, 0, 0))


def test_a_place_that_would_clash_is_held_as_an_offer():
    event = make.event()
    full, other = make.workshop(event, capacity=1), make.workshop(event)
    ada, bo = make.registration(event, make.member("Ada")), make.registration(event, make.member("Bo"))
    adas = booking.book(full, ada, at=NOW)
    bos = booking.book(full, bo, at=NOW)
    booking.book(other, bo, at=NOW)

    booking.cancel(adas, at=NOW)

    bos.refresh_from_db()
    assert (bos.status, bos.expires_at) == (Status.OFFERED, NOW + timedelta(hours=24))
    assert places(full) == (1, 0, 0)
