"""Booking one place: what becomes of it, and what is refused."""

from datetime import timedelta

import pytest

from events.models import Event, Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import places, registered
from workshops.models import Booking, Workshop
from workshops.places import booking
from workshops.places.refusals import BookingClosed, BookingNotOpen, NothingToBook, NotRegistered, TimeClash

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db
Status = Booking.Status


def test_a_place_that_is_free_is_booked_at_once():
    event = make.event()
    session = make.workshop(event, capacity=2)
    ada = make.registration(event, make.member("Ada"))

    booked = booking.book(session, ada, by=BY, at=NOW)

    assert (booked.status, booked.ticket, places(session)) == (Status.BOOKED, 1, (1, 0, 0))


def test_when_it_is_full_they_wait_in_the_order_of_asking():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo, cy = (make.registration(event, make.member(name)) for name in ("Ada", "Bo", "Cy"))

    outcomes = [booking.book(session, one, by=BY, at=NOW).status for one in (ada, bo, cy)]

    assert outcomes == [Status.BOOKED, Status.WAITING, Status.WAITING]
    assert places(session) == (1, 0, 2)


def test_cancelling_gives_the_place_to_whoever_waited_longest():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo, cy = (make.registration(event, make.member(name)) for name in ("Ada", "Bo", "Cy"))
    hers, bos, cys = (booking.book(session, one, by=BY, at=NOW) for one in (ada, bo, cy))

    booking.cancel(hers, by=BY, at=NOW)

    bos.refresh_from_db()
    cys.refresh_from_db()
    assert (bos.status, cys.status, places(session)) == (Status.BOOKED, Status.WAITING, (1, 0, 1))


def test_a_swap_gives_the_old_place_to_the_line_and_takes_the_new_one():
    event = make.event()
    old, new = make.workshop(event, capacity=1), make.workshop(event, capacity=1)
    ada, bo = make.registration(event, make.member("Ada")), make.registration(event, make.member("Bo"))
    hers = booking.book(old, ada, by=BY, at=NOW)
    bos = booking.book(old, bo, by=BY, at=NOW)

    swapped = booking.swap([hers], new, by=BY, at=NOW)

    bos.refresh_from_db()
    hers.refresh_from_db()
    assert (swapped.status, hers.status, bos.status) == (Status.BOOKED, Status.CANCELLED, Status.BOOKED)
    assert (places(old), places(new)) == ((1, 0, 0), (1, 0, 0))


def test_a_place_that_would_clash_is_held_as_an_offer():
    event = make.event()
    full, other = make.workshop(event, capacity=1), make.workshop(event)
    ada, bo = make.registration(event, make.member("Ada")), make.registration(event, make.member("Bo"))
    adas = booking.book(full, ada, by=BY, at=NOW)
    bos = booking.book(full, bo, by=BY, at=NOW)
    booking.book(other, bo, by=BY, at=NOW)

    booking.cancel(adas, by=BY, at=NOW)

    bos.refresh_from_db()
    assert (bos.status, bos.expires_at) == (Status.OFFERED, NOW + timedelta(hours=24))
    assert places(full) == (1, 0, 0)


def test_booking_twice_is_not_an_error_and_changes_nothing():
    event = make.event()
    session, full = make.workshop(event), make.workshop(event, hour=12, capacity=0)
    ada = make.registration(event, make.member("Ada"))

    booked = [booking.book(session, ada, by=BY, at=NOW), booking.book(session, ada, by=BY, at=NOW + SECOND)]
    waiting = [booking.book(full, ada, by=BY, at=NOW), booking.book(full, ada, by=BY, at=NOW + SECOND)]

    assert (booked[0].pk, waiting[0].pk) == (booked[1].pk, waiting[1].pk)
    assert (booked[1].status_changed_at, waiting[1].ticket) == (NOW, 1)
    assert (places(session), places(full)) == ((1, 0, 0), (0, 0, 1))


def test_without_a_limit_everybody_has_a_place():
    event = make.event()
    session = make.workshop(event, capacity=None)

    outcomes = [booking.book(session, one, by=BY, at=NOW).status for one in make.crowd(event, 7)]

    assert (set(outcomes), places(session)) == ({Status.BOOKED}, (7, 0, 0))


def test_only_the_places_that_are_open_are_given():
    event = make.event()
    session = make.workshop(event, capacity=5)
    Workshop.objects.update(places_open=2)

    outcomes = [booking.book(session, one, by=BY, at=NOW).status for one in make.crowd(event, 3)]

    assert outcomes == [Status.BOOKED, Status.BOOKED, Status.WAITING]


def test_booking_opens_at_exactly_its_second():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    with pytest.raises(BookingNotOpen, match="Booking has not opened yet"):
        booking.book(session, ada, by=BY, at=NOW - SECOND)

    assert booking.book(session, ada, by=BY, at=NOW).status == Status.BOOKED


def test_booking_closes_at_exactly_its_second():
    event = make.event(booking_closes_at=NOW)
    session = make.workshop(event)
    ada, bo = registered(event, "Ada", "Bo")

    hers = booking.book(session, ada, by=BY, at=NOW - SECOND)
    with pytest.raises(BookingClosed, match="Booking for this session has closed"):
        booking.book(session, bo, by=BY, at=NOW)

    assert hers.status == Status.BOOKED


def test_a_session_may_open_and_close_at_moments_of_its_own():
    event = make.event(booking_opens_at=NOW, booking_closes_at=NOW + timedelta(hours=1))
    early = make.workshop(event, booking_opens_at=NOW - timedelta(hours=1))
    late = make.workshop(event, hour=12, booking_closes_at=NOW + timedelta(hours=2))
    ada = make.registration(event, make.member("Ada"))

    outcomes = [
        booking.book(early, ada, by=BY, at=NOW - timedelta(hours=1)).status,
        booking.book(late, ada, by=BY, at=NOW + timedelta(hours=2) - SECOND).status,
    ]

    assert outcomes == [Status.BOOKED, Status.BOOKED]


def test_a_session_that_has_started_is_closed():
    event = make.event()
    session = make.workshop(event)
    (ada, bo), start = registered(event, "Ada", "Bo"), found(session.starts_at)

    hers = booking.book(session, ada, by=BY, at=start - SECOND)
    with pytest.raises(BookingClosed):
        booking.book(session, bo, by=BY, at=start)

    assert hers.status == Status.BOOKED


@pytest.mark.parametrize("status", [Session.Status.DRAFT, Session.Status.CANCELLED])
def test_a_session_that_does_not_take_place_cannot_be_booked(status):
    event = make.event()
    session = make.workshop(event, status=status)
    ada = make.registration(event, make.member("Ada"))

    with pytest.raises(BookingClosed, match="This session is not taking bookings"):
        booking.book(session, ada, by=BY, at=NOW)


def test_a_workshop_that_is_not_open_gives_nothing_even_to_who_has_looked_before():
    event = make.event()
    session = make.workshop(event)
    Workshop.objects.update(is_open=False)
    ada = make.registration(event, make.member("Ada"))

    with pytest.raises(BookingClosed):
        booking.book(session, ada, by=BY, at=NOW)

    assert places(session) == (0, 0, 0)


@pytest.mark.parametrize("status", [Event.Status.DRAFT, Event.Status.CANCELLED, Event.Status.ARCHIVED])
def test_an_event_that_does_not_take_place_takes_no_bookings(status):
    event = make.event(status=status)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    with pytest.raises(BookingClosed):
        booking.book(session, ada, by=BY, at=NOW)


def test_a_session_open_to_all_or_on_demand_has_nothing_to_book():
    event = make.event()
    plenary, film = make.session(event), make.session(event, starts_at=None, ends_at=None)
    ada = make.registration(event, make.member("Ada"))

    for session in (plenary, film):
        with pytest.raises(NothingToBook, match="This session has no places to book"):
            booking.book(session, ada, by=BY, at=NOW)


@pytest.mark.parametrize("status", ["received", "waiting", "cancelled"])
def test_only_a_confirmed_registration_books(status):
    event = make.event()
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"), status=status, ticket=1)

    with pytest.raises(NotRegistered):
        booking.book(session, ada, by=BY, at=NOW)


def test_a_registration_for_another_event_books_nothing():
    here, there = make.event(), make.event()
    session = make.workshop(here)
    ada = make.registration(there, make.member("Ada"))

    with pytest.raises(NothingToBook):
        booking.book(session, ada, by=BY, at=NOW)


def test_a_place_at_the_time_of_another_is_refused_and_says_what_it_clashes_with():
    event = make.event()
    hers, wanted = make.workshop(event, title="Fishbowl"), make.workshop(event, hour=10.5)
    ada = make.registration(event, make.member("Ada"))
    booked = booking.book(hers, ada, by=BY, at=NOW)

    with pytest.raises(TimeClash, match="It is at the same time as “Fishbowl”") as refusal:
        booking.book(wanted, ada, by=BY, at=NOW)

    assert [clash.booking for clash in refusal.value.clashes] == [booked]
    assert places(wanted) == (0, 0, 0)


def test_an_overlap_that_only_the_database_sees_is_refused_as_a_clash():
    event = make.event()
    hers, other = make.workshop(event), make.workshop(event, hour=14)
    ada = make.registration(event, make.member("Ada"))
    theirs = booking.book(hers, ada, by=BY, at=NOW)
    Workshop.objects.filter(session=other).update(during=theirs.during)

    with pytest.raises(TimeClash):
        booking.book(other, ada, by=BY, at=NOW)

    assert (places(hers), places(other)) == ((1, 0, 0), (0, 0, 0))


def test_a_full_session_can_be_waited_for_although_it_clashes():
    event = make.event()
    hers, full = make.workshop(event), make.workshop(event, capacity=0)
    ada = make.registration(event, make.member("Ada"))
    booking.book(hers, ada, by=BY, at=NOW)

    assert booking.book(full, ada, by=BY, at=NOW).status == Status.WAITING


def test_sessions_whose_ends_touch_do_not_clash():
    event = make.event()
    first, second = make.workshop(event, hour=10), make.workshop(event, hour=11)
    ada = make.registration(event, make.member("Ada"))

    outcomes = [booking.book(one, ada, by=BY, at=NOW).status for one in (first, second)]

    assert outcomes == [Status.BOOKED, Status.BOOKED]


def test_a_newcomer_never_has_a_place_while_somebody_is_in_line():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo = registered(event, "Ada", "Bo")
    booking.book(session, ada, by=BY, at=NOW)
    Workshop.objects.update(capacity=3, line=1)  # a line that nobody has served yet

    assert booking._book(session.pk, bo.pk, BY, NOW).status == Status.WAITING
    assert places(session) == (1, 0, 2)
