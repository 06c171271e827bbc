"""Swapping: what they have is never lost unless they get the new one."""

import pytest

from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import offered, passed, places, registered, statuses
from workshops.models import Booking
from workshops.places import booking
from workshops.places.refusals import BookingClosed, NothingToBook, TimeClash, WorkshopFull

pytestmark = pytest.mark.django_db
Status = Booking.Status


def test_a_swap_for_a_full_session_leaves_everything_as_it_was():
    event = make.event()
    old, new = make.workshop(event), make.workshop(event, capacity=1)
    ada, bo, cy = registered(event, "Ada", "Bo", "Cy")
    hers = booking.book(old, ada, by=BY, at=NOW)
    booking.book(new, bo, by=BY, at=NOW)
    booking.book(new, cy, by=BY, at=NOW)

    with pytest.raises(WorkshopFull, match="Your sessions stay as they were") as refusal:
        booking.swap([hers], new, by=BY, at=NOW)

    assert (refusal.value.waiting, statuses(hers)) == (1, [Status.BOOKED])
    assert (places(old), places(new)) == ((1, 0, 0), (1, 0, 1))


def test_one_long_session_may_replace_several_short_ones():
    event = make.event()
    shorts = [make.workshop(event, hour=hour) for hour in (10, 11, 12)]
    long = make.workshop(event, hour=10, hours=3)
    ada = make.registration(event, make.member("Ada"))
    hers = [booking.book(one, ada, by=BY, at=NOW) for one in shorts]

    swapped = booking.swap(hers, long, by=BY, at=NOW)

    assert (swapped.status, set(statuses(*hers))) == (Status.BOOKED, {Status.CANCELLED})


def test_a_swap_gives_up_nothing_that_they_have_not_booked():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    waits = booking.book(make.workshop(event, capacity=0), ada, by=BY, at=NOW)
    hers = booking.book(make.workshop(event, hour=12), ada, by=BY, at=NOW)

    booking.swap([waits, hers], make.workshop(event, hour=12), by=BY, at=NOW)

    assert statuses(waits, hers) == [Status.WAITING, Status.CANCELLED]


def test_a_swap_that_does_not_name_all_it_clashes_with_changes_nothing():
    event = make.event()
    shorts = [make.workshop(event, hour=hour, title=f"At {hour}") for hour in (10, 11)]
    long = make.workshop(event, hour=10, hours=3)
    ada = make.registration(event, make.member("Ada"))
    hers = [booking.book(one, ada, by=BY, at=NOW) for one in shorts]

    with pytest.raises(TimeClash, match="“At 11”"):
        booking.swap(hers[:1], long, by=BY, at=NOW)

    assert statuses(*hers) == [Status.BOOKED, Status.BOOKED]


def test_a_swap_never_touches_bookings_of_somebody_else():
    event = make.event()
    one, other, new = (make.workshop(event, hour=hour) for hour in (10, 12, 14))
    ada, bo = registered(event, "Ada", "Bo")
    hers, bos = booking.book(one, ada, by=BY, at=NOW), booking.book(other, bo, by=BY, at=NOW)

    swapped = booking.swap([hers, bos], new, by=BY, at=NOW)

    assert (swapped.registration, statuses(hers, bos)) == (ada, [Status.CANCELLED, Status.BOOKED])


def test_swapping_twice_is_not_an_error():
    event = make.event()
    old, new = make.workshop(event), make.workshop(event)
    hers = booking.book(old, make.registration(event, make.member("Ada")), by=BY, at=NOW)

    first, again = booking.swap([hers], new, by=BY, at=NOW), booking.swap([hers], new, by=BY, at=NOW)

    assert (first.pk, places(old), places(new)) == (again.pk, (0, 0, 0), (1, 0, 0))


@pytest.mark.slow
def test_swapping_for_an_offered_session_accepts_the_offer():
    event = make.event()
    bos, theirs = offered(event)

    swapped = booking.swap([theirs], bos.session, by=BY, at=NOW)

    assert (swapped.pk, swapped.status, statuses(theirs)) == (bos.pk, Status.BOOKED, [Status.CANCELLED])


@pytest.mark.slow
def test_swapping_for_a_passed_session_takes_the_place_that_is_free_now():
    event = make.event()
    bos, theirs = passed(event)

    swapped = booking.swap([theirs], bos.session, by=BY, at=NOW)

    assert (swapped.pk, swapped.status, places(bos.session)) == (bos.pk, Status.BOOKED, (1, 0, 0))


def test_who_waits_for_the_new_session_already_swaps_nothing():
    event = make.event()
    old, new = make.workshop(event), make.workshop(event, capacity=0)
    ada = make.registration(event, make.member("Ada"))
    hers, waits = booking.book(old, ada, by=BY, at=NOW), booking.book(new, ada, by=BY, at=NOW)

    with pytest.raises(WorkshopFull):
        booking.swap([hers], new, by=BY, at=NOW)

    assert statuses(hers, waits) == [Status.BOOKED, Status.WAITING]


@pytest.mark.slow
def test_an_offer_that_has_lapsed_is_a_place_for_who_swaps():
    event = make.event()
    bos, _ = offered(event)
    old = make.workshop(event)
    hers = booking.book(old, make.registration(event, make.member("Cy")), by=BY, at=NOW)

    with pytest.raises(WorkshopFull):
        booking.swap([hers], bos.session, by=BY, at=NOW)
    swapped = booking.swap([hers], bos.session, by=BY, at=found(bos.expires_at))

    assert (swapped.status, statuses(bos)) == (Status.BOOKED, [Status.PASSED])


def test_a_swap_into_what_is_closed_changes_nothing():
    event = make.event()
    old, new = make.workshop(event), make.workshop(event, booking_closes_at=NOW)
    hers = booking.book(old, make.registration(event, make.member("Ada")), by=BY, at=NOW)

    with pytest.raises(BookingClosed):
        booking.swap([hers], new, by=BY, at=NOW)

    assert statuses(hers) == [Status.BOOKED]


def test_a_host_swaps_nothing_for_their_own_session():
    event = make.event()
    old, new = make.workshop(event), make.workshop(event, hour=12)
    hana = make.member("Hana")
    make.host(new, member=hana)
    hers = booking.book(old, make.registration(event, hana), by=BY, at=NOW)

    with pytest.raises(NothingToBook, match="You host this session"):
        booking.swap([hers], new, by=BY, at=NOW)

    assert statuses(hers) == [Status.BOOKED]
