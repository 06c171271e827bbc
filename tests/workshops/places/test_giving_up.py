"""Giving up places, and offers: accepted, declined, lapsed, asked for again."""

from datetime import timedelta

import pytest

from events.models import Registration
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import offered, passed, places, registered, statuses
from workshops.models import Booking, Workshop
from workshops.places import booking
from workshops.places.refusals import NotRegistered, OfferGone, TimeClash

SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db
Status = Booking.Status


def test_giving_up_twice_is_not_an_error_and_frees_one_place():
    event = make.event()
    session = make.workshop(event)
    ada, bo = registered(event, "Ada", "Bo")
    hers, _ = booking.book(session, ada, by=BY, at=NOW), booking.book(session, bo, by=BY, at=NOW)

    booking.cancel(hers, by=BY, at=NOW)
    booking.cancel(hers, by=BY, at=NOW + SECOND)

    hers.refresh_from_db()
    assert (hers.status, hers.ended, hers.status_changed_at) == ("cancelled", "member", NOW)
    assert places(session) == (1, 0, 0)


def test_who_gave_up_and_books_again_has_a_new_ticket_behind_the_others():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo = registered(event, "Ada", "Bo")
    hers, bos = booking.book(session, ada, by=BY, at=NOW), booking.book(session, bo, by=BY, at=NOW)
    booking.cancel(hers, by=BY, at=NOW)

    again = booking.book(session, ada, by=BY, at=NOW)

    assert (again.status, again.ticket, statuses(hers, bos)) == (Status.WAITING, 3, ["cancelled", "booked"])


@pytest.mark.slow
def test_leaving_the_line_or_declining_to_be_offered_again_takes_no_place_with_it():
    event = make.event()
    bos, _ = passed(event)
    waits = booking.book(make.workshop(event, hour=14, capacity=0), bos.registration, by=BY, at=NOW)

    for one in (bos, waits):
        booking.cancel(one, by=BY, at=NOW)

    assert (places(bos.session), places(waits.session)) == ((0, 0, 0), (0, 0, 0))


@pytest.mark.slow
def test_leaving_a_line_twice_asks_for_no_passed_place_again():
    event = make.event()
    bos, theirs = passed(event)
    waits = booking.book(make.workshop(event, capacity=0), bos.registration, by=BY, at=NOW)

    for _ in range(2):
        booking.cancel(waits, by=BY, at=NOW)

    assert statuses(bos, theirs, waits) == [Status.PASSED, Status.BOOKED, Status.CANCELLED]


@pytest.mark.slow
def test_an_offer_that_is_given_up_goes_to_the_next():
    event = make.event()
    bos, _ = offered(event)
    cys = booking.book(bos.session, make.registration(event, make.member("Cy")), by=BY, at=NOW)

    booking.cancel(bos, by=BY, at=NOW)

    assert statuses(bos, cys) == [Status.CANCELLED, Status.BOOKED]


@pytest.mark.slow
def test_booking_an_offered_session_accepts_it_once_the_clash_is_gone():
    event = make.event()
    bos, theirs = offered(event)
    with pytest.raises(TimeClash):
        booking.book(bos.session, bos.registration, by=BY, at=NOW)
    booking.cancel(theirs, by=BY, at=NOW)

    booked = booking.book(bos.session, bos.registration, by=BY, at=NOW)

    assert (booked.pk, booked.status, booked.expires_at) == (bos.pk, Status.BOOKED, None)
    assert places(bos.session) == (1, 0, 0)


@pytest.mark.slow
def test_asking_for_a_passed_session_waits_again_with_the_old_ticket():
    event = make.event()
    bos, theirs = passed(event)
    cy, dan = (booking.book(bos.session, one, by=BY, at=NOW) for one in registered(event, "Cy", "Dan"))
    booking.book(bos.session, bos.registration, by=BY, at=NOW)

    booking.cancel(cy, by=BY, at=NOW)

    assert statuses(bos, dan) == [Status.OFFERED, Status.WAITING]
    assert (bos.ticket, theirs.status) == (2, Status.BOOKED)


@pytest.mark.slow
def test_asking_after_the_offer_has_lapsed_waits_again_whoever_has_noticed_it():
    event = make.event()
    bos, theirs = offered(event)
    booking.cancel(theirs, by=BY, at=NOW)

    again = booking.book(bos.session, bos.registration, by=BY, at=found(bos.expires_at))

    assert (again.pk, again.status) == (bos.pk, Status.BOOKED)


@pytest.mark.slow
def test_accepting_gives_up_what_it_replaces_and_serves_the_line_there():
    event = make.event()
    bos, theirs = offered(event)
    Workshop.objects.filter(session=theirs.session).update(capacity=1)
    cys = booking.book(theirs.session, make.registration(event, make.member("Cy")), by=BY, at=NOW)

    accepted = booking.accept(bos, by=BY, at=NOW, replacing=[theirs])
    again = booking.accept(bos, by=BY, at=NOW)

    assert (accepted.status, again.status) == (Status.BOOKED, Status.BOOKED)
    assert statuses(theirs, cys) == [Status.CANCELLED, Status.BOOKED]
    assert theirs.ended == Booking.Ended.SWAPPED


@pytest.mark.slow
def test_an_offer_can_be_accepted_until_its_deadline_and_not_at_it():
    event = make.event()
    bos, theirs = offered(event)
    deadline = found(bos.expires_at)

    with pytest.raises(OfferGone, match="This offer is no longer open"):
        booking.accept(bos, by=BY, at=deadline, replacing=[theirs])
    accepted = booking.accept(bos, by=BY, at=deadline - SECOND, replacing=[theirs])

    assert (accepted.status, statuses(theirs)) == (Status.BOOKED, [Status.CANCELLED])


def test_accepting_what_still_clashes_changes_nothing():
    event = make.event()
    bos, theirs = offered(event)

    with pytest.raises(TimeClash):
        booking.accept(bos, by=BY, at=NOW)

    assert statuses(bos, theirs) == [Status.OFFERED, Status.BOOKED]


def test_who_is_not_registered_any_more_accepts_nothing():
    event = make.event()
    bos, theirs = offered(event)
    Registration.objects.filter(pk=bos.registration_id).update(status="received")

    with pytest.raises(NotRegistered):
        booking.accept(bos, by=BY, at=NOW, replacing=[theirs])


@pytest.mark.slow
def test_a_place_that_is_declined_goes_to_the_next_in_line_at_once():
    event = make.event()
    bos, _ = offered(event)
    cys = booking.book(bos.session, make.registration(event, make.member("Cy")), by=BY, at=NOW)

    booking.decline(bos, by=BY, at=NOW)

    assert statuses(bos, cys) == [Status.PASSED, Status.BOOKED]


@pytest.mark.slow
def test_declining_twice_is_not_an_error_and_frees_one_place():
    event = make.event()
    bos, _ = offered(event)

    outcomes = [booking.decline(bos, by=BY, at=NOW).status, booking.decline(bos, by=BY, at=NOW).status]

    assert (outcomes, places(bos.session)) == ([Status.PASSED, Status.PASSED], (0, 0, 0))


def test_what_has_become_something_else_stays_where_only_that_was_meant():
    event = make.event()
    session = make.workshop(event, capacity=1)
    holder = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    waits = booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)
    booking.cancel(holder, by=BY, at=NOW)

    kept = booking.cancel(waits, by=BY, at=NOW, only=(Booking.Status.WAITING, Booking.Status.PASSED))
    gone = booking.cancel(waits, by=BY, at=NOW, only=(Booking.Status.BOOKED,))

    assert (kept.status, gone.status) == ("booked", "cancelled")
