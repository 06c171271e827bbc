"""A cancelled registration frees everything that hangs on it."""

import pytest

from events import registration as registering
from tests import make
from tests.make import BY, NOW
from tests.workshops.places.state import offered, passed, places, registered, statuses
from workshops.models import Booking
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db
Status = Booking.Status


@pytest.mark.slow
def test_all_they_have_ends_and_every_freed_place_goes_to_the_line():
    event = make.event()
    one, other, third = (make.workshop(event, capacity=1, hour=hour) for hour in (10, 12, 14))
    ada, bo = registered(event, "Ada", "Bo")
    hers = [booking.book(session, ada, by=BY, at=NOW) for session in (one, other)]
    bos = [booking.book(session, bo, by=BY, at=NOW) for session in (one, other, third)]
    hers.append(booking.book(third, ada, by=BY, at=NOW))

    registering.cancel(ada, by=BY, at=NOW)

    assert statuses(*hers) == [Status.CANCELLED] * 3
    assert {one.ended for one in hers} == {Booking.Ended.REGISTRATION}
    assert statuses(*bos) == [Status.BOOKED] * 3
    assert [places(session) for session in (one, other, third)] == [(1, 0, 0)] * 3


@pytest.mark.slow
@pytest.mark.parametrize("having", [offered, passed])
def test_offers_and_passed_places_end_too(having):
    event = make.event()
    bos, theirs = having(event)

    registering.cancel(bos.registration, by=BY, at=NOW)

    assert statuses(bos, theirs) == [Status.CANCELLED, Status.CANCELLED]
    assert (places(bos.session), places(theirs.session)) == ((0, 0, 0), (0, 0, 0))


def test_choices_end_with_it_and_what_they_gave_up_before_stays_as_it_was():
    event = make.event()
    later, now = make.workshop(event, booking_opens_at=NOW.replace(day=3)), make.workshop(event, hour=12)
    ada = make.registration(event, make.member("Ada"))
    chosen, given_up = choices.choose(later, ada, by=BY, at=NOW), booking.book(now, ada, by=BY, at=NOW)
    booking.cancel(given_up, by=BY, at=NOW)

    registering.cancel(ada, by=BY, at=NOW)

    assert statuses(chosen, given_up) == [Status.CANCELLED, Status.CANCELLED]
    assert (chosen.ended, given_up.ended) == (Booking.Ended.REGISTRATION, Booking.Ended.BY_MEMBER)


def test_who_registers_again_has_none_of_it_back_and_takes_new_tickets():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo = registered(event, "Ada", "Bo")
    hers, bos = booking.book(session, ada, by=BY, at=NOW), booking.book(session, bo, by=BY, at=NOW)
    registering.cancel(ada, by=BY, at=NOW)

    again = registering.register(event, ada.member, by=BY, at=NOW)
    waits = booking.book(session, again, by=BY, at=NOW)

    assert (again.pk, waits.status, waits.ticket) == (ada.pk, Status.WAITING, 3)
    assert statuses(hers, bos) == [Status.CANCELLED, Status.BOOKED]
