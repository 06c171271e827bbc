"""The programme changes while people book: cancelled, moved, taken apart, given places."""

from datetime import timedelta

import pytest
from django.db import transaction

from events.models import Session
from tests import make
from tests.make import NOW
from tests.races.together import Act, holding_workshop, together, until_blocked
from workshops import booking, choices, programme
from workshops.models import Booking, Workshop
from workshops.programme import MoveWouldClash, SessionHasBookings
from workshops.refusals import BookingClosed, BookingRefused, NothingToBook, OfferGone, TimeClash

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
Status = Booking.Status
HOUR = timedelta(hours=1)


def changed(session, **fields):
    """The session as an editor's form has it, not saved."""
    fresh = Session.objects.get(pk=session.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    return fresh


def cancelled(session):
    return changed(session, status=Session.Status.CANCELLED)


def moved(session, by):
    return changed(session, starts_at=session.starts_at + by, ends_at=session.ends_at + by)


def test_a_session_cancelled_while_people_book_has_nobody_left_in_it():
    event = make.event()
    session = make.workshop(event, capacity=10)
    crowd = make.crowd(event, 30)

    together(
        *(lambda one=one: booking.book(session, one, at=NOW) for one in crowd[:15]),
        lambda: programme.save_session(cancelled(session), at=NOW),
        *(lambda one=one: booking.book(session, one, at=NOW) for one in crowd[15:]),
        threads=12,
    )

    row = Workshop.objects.get(session=session)
    assert (row.taken, row.line, row.is_open) == (0, 0, False)
    assert not Booking.objects.live().exists()


def test_who_waits_for_the_row_of_a_session_that_is_being_cancelled_is_refused():
    event = make.event()
    session, old = make.workshop(event), make.workshop(event)
    ada, bo = make.crowd(event, 2)
    bos = booking.book(old, bo, at=NOW)

    with holding_workshop(session.pk):
        cancelling = Act(lambda: programme.save_session(cancelled(session), at=NOW))
        until_blocked()
        acts = [
            Act(lambda: booking.book(session, ada, at=NOW)),
            Act(lambda: booking.swap([bos], session, at=NOW)),
        ]
        until_blocked(3)
    cancelling.wait()

    assert [type(act.wait()) for act in acts] == [BookingClosed, BookingClosed]
    bos.refresh_from_db()
    assert bos.status == Status.BOOKED


def test_a_place_given_up_while_its_session_is_cancelled_is_freed_once():
    event = make.event()
    session = make.workshop(event)
    hers, _ = [booking.book(session, one, at=NOW) for one in make.crowd(event, 2)]

    with holding_workshop(session.pk):
        cancelling = Act(lambda: programme.save_session(cancelled(session), at=NOW))
        until_blocked()
        giving_up = Act(lambda: booking.cancel(hers, at=NOW))
        until_blocked(2)
    cancelling.wait()

    assert giving_up.wait().ended == Booking.Ended.SESSION


def test_an_offer_answered_while_its_session_is_cancelled_is_gone():
    event = make.event()
    session, other = make.workshop(event, capacity=1), make.workshop(event)
    ada, bo = make.crowd(event, 2)
    adas, bos = booking.book(session, ada, at=NOW), booking.book(session, bo, at=NOW)
    theirs = booking.book(other, bo, at=NOW)
    booking.cancel(adas, at=NOW)

    with holding_workshop(session.pk):
        cancelling = Act(lambda: programme.save_session(cancelled(session), at=NOW))
        until_blocked()
        accepting = Act(lambda: booking.accept(bos, at=NOW, replacing=[theirs]))
        until_blocked(2)
    cancelling.wait()

    assert isinstance(accepting.wait(), OfferGone)
    theirs.refresh_from_db()
    assert theirs.status == Status.BOOKED


def test_an_offer_declined_while_its_session_is_cancelled_is_freed_once():
    event = make.event()
    session, other = make.workshop(event, capacity=1), make.workshop(event)
    ada, bo = make.crowd(event, 2)
    adas, bos = booking.book(session, ada, at=NOW), booking.book(session, bo, at=NOW)
    booking.book(other, bo, at=NOW)
    booking.cancel(adas, at=NOW)

    with holding_workshop(session.pk):
        cancelling = Act(lambda: programme.save_session(cancelled(session), at=NOW))
        until_blocked()
        declining = Act(lambda: booking.decline(bos, at=NOW))
        until_blocked(2)
    cancelling.wait()

    assert declining.wait().status == Status.CANCELLED


def test_a_session_moved_while_members_book_one_at_its_new_time_makes_nobody_be_in_two_places():
    event = make.event()
    session, other = make.workshop(event, hour=10), make.workshop(event, hour=12)
    crowd = make.crowd(event, 5)
    for one in crowd:
        booking.book(session, one, at=NOW)

    outcomes = together(
        lambda: programme.save_session(moved(session, 2 * HOUR), at=NOW),
        *(lambda one=one: booking.book(other, one, at=NOW) for one in crowd),
    )

    refused = [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
    assert refused == [MoveWouldClash] or set(refused) == {TimeClash}


def test_a_move_that_meets_a_booking_of_that_moment_is_refused_or_refuses_it():
    event = make.event()
    session, other = make.workshop(event, hour=10), make.workshop(event, hour=12)
    ada = make.registration(event, make.member("Ada"))
    hers = booking.book(session, ada, at=NOW)

    with holding_workshop(other.pk):
        booking_it = Act(lambda: booking.book(other, ada, at=NOW))
        until_blocked()
        programme.save_session(moved(session, 2 * HOUR), at=NOW)
    outcome = booking_it.wait()

    hers.refresh_from_db()
    assert (type(outcome), hers.during.lower) == (TimeClash, other.starts_at)


def test_a_booking_made_while_the_session_moves_has_the_new_time():
    event = make.event()
    session = make.workshop(event, capacity=2)
    crowd = make.crowd(event, 3)

    with holding_workshop(session.pk):
        moving = Act(lambda: programme.save_session(moved(session, HOUR), at=NOW))
        until_blocked()
        acts = [Act(lambda one=one: booking.book(session, one, at=NOW)) for one in crowd]
        until_blocked(4)
    moving.wait()

    assert {act.wait().during.lower for act in acts} == {session.starts_at + HOUR}


def test_a_session_moved_while_a_member_chooses_it_leaves_no_choice_at_the_old_time():
    event = make.event(booking_opens_at=NOW + HOUR)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    with holding_workshop(session.pk):
        moving = Act(lambda: programme.save_session(moved(session, HOUR), at=NOW))
        until_blocked()
        choosing = Act(lambda: choices.choose(session, ada, at=NOW))
        until_blocked(2)
    moving.wait()

    assert choosing.wait().during.lower == session.starts_at + HOUR


def test_two_sessions_that_trade_times_while_people_book_both():
    event = make.event()
    one, other = make.workshop(event, hour=10, capacity=8), make.workshop(event, hour=14, capacity=8)
    crowd = make.crowd(event, 12)

    def trade():
        return programme.save_sessions([moved(one, 4 * HOUR), moved(other, -4 * HOUR)], at=NOW)

    together(
        *(lambda ada=ada: booking.book(one, ada, at=NOW) for ada in crowd),
        trade,
        *(lambda ada=ada: booking.book(other, ada, at=NOW) for ada in crowd),
        threads=10,
    )

    assert Booking.objects.booked().count() == 16


def test_places_taken_away_while_people_book_refuse_the_editor_or_the_members():
    event = make.event()
    session, old = make.workshop(event), make.workshop(event)
    *crowd, bo = make.crowd(event, 6)
    bos = booking.book(old, bo, at=NOW)

    outcomes = together(
        *(lambda ada=ada: booking.book(session, ada, at=NOW) for ada in crowd),
        lambda: booking.swap([bos], session, at=NOW),
        lambda: programme.open_to_all(session),
    )

    if isinstance(outcomes[-1], SessionHasBookings):
        assert Booking.objects.live().filter(session=session).exists()
    else:
        assert all(isinstance(outcome, BookingRefused) for outcome in outcomes[:-1])


def test_places_are_not_taken_away_from_who_is_booking_one():
    event = make.event()
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    with holding_workshop(session.pk):
        booking_it = Act(lambda: booking.book(session, ada, at=NOW))
        until_blocked()
        taking = Act(lambda: programme.open_to_all(session))
        until_blocked(2)

    assert booking_it.wait().status == Status.BOOKED
    assert isinstance(taking.wait(), SessionHasBookings)


@pytest.mark.parametrize("act", ["choose", "swap", "cancel"])
def test_an_act_that_waits_while_the_places_are_taken_away_is_refused(act):
    event = make.event(booking_opens_at=NOW)
    session, old = make.workshop(event), make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    chosen = choices.choose(session, ada, at=NOW - HOUR) if act == "cancel" else None
    hers = booking.book(old, ada, at=NOW)
    acts = {
        "choose": lambda: choices.choose(session, ada, at=NOW - HOUR),
        "swap": lambda: booking.swap([hers], session, at=NOW),
        "cancel": lambda: booking.cancel(chosen, at=NOW),
    }

    with holding_workshop(session.pk):
        taking = Act(lambda: programme.open_to_all(session))
        until_blocked()
        waits = Act(acts[act])
        until_blocked(2)
    taking.wait()

    assert isinstance(waits.wait(), NothingToBook)
    hers.refresh_from_db()
    assert hers.status == Status.BOOKED


def test_places_given_to_a_session_while_it_moves_have_its_new_time():
    event = make.event()
    session = make.session(event)

    for _ in range(4):
        Workshop.objects.all().delete()
        together(
            lambda: programme.save_session(moved(session, HOUR), at=NOW),
            lambda: programme.set_capacity(session, 5, at=NOW),
        )
        session.refresh_from_db()

        assert Workshop.objects.get().during.lower == session.starts_at


def test_a_capacity_below_what_is_being_taken_is_refused():
    event = make.event()
    session = make.workshop(event, capacity=5)
    ada = make.registration(event, make.member("Ada"))

    with holding_workshop(session.pk):
        booking_it = Act(lambda: booking.book(session, ada, at=NOW))
        until_blocked()
        lowering = Act(lambda: programme.set_capacity(session, 0, at=NOW))
        until_blocked(2)
    booking_it.wait()

    assert lowering.wait().taken == 1


def test_an_editor_inside_an_open_transaction_serves_the_line_only_after_it():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, bo = make.crowd(event, 2)
    booking.book(session, ada, at=NOW)
    bos = booking.book(session, bo, at=NOW)

    with transaction.atomic():
        programme.set_capacity(session, 2, at=NOW)
        bos.refresh_from_db()
        inside = bos.status

    bos.refresh_from_db()
    assert (inside, bos.status) == (Status.WAITING, Status.BOOKED)


def test_editors_who_raise_capacity_in_a_transaction_while_all_book_meet_no_deadlock():
    event = make.event()
    sessions = [make.workshop(event, capacity=2, hour=9 + n) for n in range(4)]
    crowd = make.crowd(event, 16)

    def raise_all():
        with transaction.atomic():
            for session in sessions:
                programme.set_capacity(session, 8, at=NOW)

    together(
        *(
            lambda ada=ada, session=session: booking.book(session, ada, at=NOW)
            for session in sessions
            for ada in crowd
        ),
        raise_all,
        threads=12,
    )

    assert Booking.objects.booked().count() == 32
