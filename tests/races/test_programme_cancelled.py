"""Sessions are cancelled while people book them, wait for them and answer their offers."""

import pytest

from tests import make
from tests.make import BY, NOW
from tests.races.edits import cancelled
from tests.races.together import Act, holding_workshop, together, until_blocked
from workshops.models import Booking, Workshop
from workshops.places import booking
from workshops.places.refusals import BookingClosed, OfferGone
from workshops.programme import changes

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

Status = Booking.Status


def test_a_session_cancelled_while_people_book_has_nobody_left_in_it():
    event = make.event()
    session = make.workshop(event, capacity=10)
    crowd = make.crowd(event, 30)

    together(
        *(lambda one=one: booking.book(session, one, by=BY, at=NOW) for one in crowd[:15]),
        lambda: changes.save_session(cancelled(session), by=BY, at=NOW),
        *(lambda one=one: booking.book(session, one, by=BY, at=NOW) for one in crowd[15:]),
        threads=12,
    )

    row = Workshop.objects.get(session=session)
    assert (row.taken, row.line, row.is_open) == (0, 0, False)
    assert not Booking.objects.live().exists()


def test_who_waits_for_the_row_of_a_session_that_is_being_cancelled_is_refused():
    event = make.event()
    session, old = make.workshop(event), make.workshop(event)
    ada, bo = make.crowd(event, 2)
    bos = booking.book(old, bo, by=BY, at=NOW)

    with holding_workshop(session.pk):
        cancelling = Act(lambda: changes.save_session(cancelled(session), by=BY, at=NOW))
        until_blocked()
        acts = [
            Act(lambda: booking.book(session, ada, by=BY, at=NOW)),
            Act(lambda: booking.swap([bos], session, by=BY, at=NOW)),
        ]
        until_blocked(3)
    cancelling.wait()

    assert [type(act.wait()) for act in acts] == [BookingClosed, BookingClosed]
    bos.refresh_from_db()
    assert bos.status == Status.BOOKED


def test_a_place_given_up_while_its_session_is_cancelled_is_freed_once():
    event = make.event()
    session = make.workshop(event)
    hers, _ = [booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 2)]

    with holding_workshop(session.pk):
        cancelling = Act(lambda: changes.save_session(cancelled(session), by=BY, at=NOW))
        until_blocked()
        giving_up = Act(lambda: booking.cancel(hers, by=BY, at=NOW))
        until_blocked(2)
    cancelling.wait()

    assert giving_up.wait().ended == Booking.Ended.SESSION


def test_an_offer_answered_while_its_session_is_cancelled_is_gone():
    event = make.event()
    session, other = make.workshop(event, capacity=1), make.workshop(event)
    ada, bo = make.crowd(event, 2)
    adas, bos = booking.book(session, ada, by=BY, at=NOW), booking.book(session, bo, by=BY, at=NOW)
    theirs = booking.book(other, bo, by=BY, at=NOW)
    booking.cancel(adas, by=BY, at=NOW)

    with holding_workshop(session.pk):
        cancelling = Act(lambda: changes.save_session(cancelled(session), by=BY, at=NOW))
        until_blocked()
        accepting = Act(lambda: booking.accept(bos, by=BY, at=NOW, replacing=[theirs]))
        until_blocked(2)
    cancelling.wait()

    assert isinstance(accepting.wait(), OfferGone)
    theirs.refresh_from_db()
    assert theirs.status == Status.BOOKED


def test_an_offer_declined_while_its_session_is_cancelled_is_freed_once():
    event = make.event()
    session, other = make.workshop(event, capacity=1), make.workshop(event)
    ada, bo = make.crowd(event, 2)
    adas, bos = booking.book(session, ada, by=BY, at=NOW), booking.book(session, bo, by=BY, at=NOW)
    booking.book(other, bo, by=BY, at=NOW)
    booking.cancel(adas, by=BY, at=NOW)

    with holding_workshop(session.pk):
        cancelling = Act(lambda: changes.save_session(cancelled(session), by=BY, at=NOW))
        until_blocked()
        declining = Act(lambda: booking.decline(bos, by=BY, at=NOW))
        until_blocked(2)
    cancelling.wait()

    assert declining.wait().status == Status.CANCELLED
