"""Who was passed waits again, in their old order, as soon as nothing clashes any more."""

from datetime import timedelta

import pytest

from events.models import Session
from tests import make
from tests.make import BY, NOW
from tests.workshops.places.state import full_with_line, passed, places, registered, statuses
from workshops.models import Booking, Workshop
from workshops.places import booking
from workshops.programme import cancelling, capacity, changes

pytestmark = pytest.mark.django_db

Status = Booking.Status


@pytest.mark.slow
def test_who_was_passed_waits_again_when_they_give_up_what_clashed():
    event = make.event()
    bos, theirs = passed(event)

    booking.cancel(theirs, by=BY, at=NOW)

    assert (statuses(bos), places(bos.session)) == ([Status.BOOKED], (1, 0, 0))


@pytest.mark.slow
def test_who_gives_up_another_time_stays_passed():
    event = make.event()
    bos, theirs = passed(event)
    later = booking.book(make.workshop(event, hour=15), bos.registration, by=BY, at=NOW)

    booking.cancel(later, by=BY, at=NOW)

    assert statuses(bos, theirs) == [Status.PASSED, Status.BOOKED]


@pytest.mark.slow
def test_who_was_passed_for_a_session_that_is_closed_now_stays_passed():
    bos, theirs = passed(make.event())
    Workshop.objects.filter(session=bos.session).update(is_open=False)

    booking.cancel(theirs, by=BY, at=NOW)

    assert (statuses(bos), places(bos.session)) == ([Status.PASSED], (0, 0, 0))


@pytest.mark.slow
def test_who_was_passed_waits_again_when_they_swap_away_what_clashed():
    event = make.event()
    bos, theirs = passed(event)

    booking.swap([theirs], make.workshop(event, hour=15), by=BY, at=NOW)

    assert statuses(bos) == [Status.BOOKED]


@pytest.mark.slow
def test_who_was_passed_keeps_their_place_before_those_who_came_later():
    event = make.event()
    bos, theirs = passed(event)
    cy, dan = (booking.book(bos.session, one, by=BY, at=NOW) for one in registered(event, "Cy", "Dan"))
    booking.cancel(theirs, by=BY, at=NOW)

    booking.cancel(cy, by=BY, at=NOW)

    assert (statuses(bos, dan), bos.ticket) == ([Status.BOOKED, Status.WAITING], 2)


@pytest.mark.slow
def test_who_was_passed_waits_again_once_it_is_told_that_the_session_that_clashed_is_cancelled():
    event = make.event()
    bos, theirs = passed(event)
    theirs.session.status = Session.Status.CANCELLED

    changes.save_session(theirs.session, by=BY, at=NOW)
    before = statuses(theirs, bos)
    cancelling.settle(at=NOW + timedelta(minutes=10))

    assert before == [Status.CANCELLED, Status.PASSED]
    assert statuses(theirs, bos) == [Status.CANCELLED, Status.BOOKED]


@pytest.mark.slow
def test_who_was_passed_waits_again_when_the_session_that_clashed_moves_away():
    event = make.event()
    bos, theirs = passed(event)

    changes.save_session(make.later(theirs.session, timedelta(hours=4)), by=BY, at=NOW)

    assert statuses(theirs, bos) == [Status.BOOKED, Status.BOOKED]


@pytest.mark.slow
@pytest.mark.parametrize("linked", [True, False])
def test_who_was_passed_because_they_host_waits_again_when_their_session_moves_away(linked):
    event = make.event()
    session, [adas] = full_with_line(event, "Ada")
    hosted = make.session(event)
    make.host(hosted, **({"member": adas.member} if linked else {"email": adas.member.email.upper()}))
    capacity.set_capacity(session, 2, by=BY, at=NOW)
    assert statuses(adas) == [Status.PASSED]

    changes.save_session(make.later(hosted, timedelta(hours=4)), by=BY, at=NOW)

    assert statuses(adas) == [Status.BOOKED]
