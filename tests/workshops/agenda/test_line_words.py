"""What is said to who waits is what the waiting list does."""

import pytest

from tests import make
from tests.make import BY, NOW
from tests.workshops.agendas import ada_at, state
from tests.workshops.places.state import crowd, fill
from workshops.models import Booking
from workshops.places import booking, waiting_list

pytestmark = pytest.mark.django_db
Status = Booking.Status
EMAILED = "and we email you, until half an hour before the start."


@pytest.fixture
def event():
    return make.event()


@pytest.fixture
def ada(event):
    return ada_at(event)


def full(event, waiting=0, **fields):
    """A full session of one place, with so many who wait."""
    session = make.workshop(event, capacity=1, **fields)
    fill(session, waiting=waiting)
    return session


def says(session, ada):
    return state(session, ada).message


def give_up(session):
    booking.cancel(Booking.objects.booked().get(session=session), by=BY, at=NOW)


def test_the_first_in_line_is_told_that_the_next_place_is_theirs_and_it_is(event, ada):
    session = full(event)
    mine = booking.book(session, ada, by=BY, at=NOW)

    told = says(session, ada)
    give_up(session)

    mine.refresh_from_db()
    assert told == f"The next place that comes free is yours at once, {EMAILED}"
    assert mine.status == Status.BOOKED


def test_who_has_moved_up_is_told_where_they_began(event, ada):
    session = full(event, waiting=3)
    booking.book(session, ada, by=BY, at=NOW)
    at_first = says(session, ada)

    for _ in range(2):
        give_up(session)

    assert at_first == f"When it is your turn, a place that comes free is yours at once, {EMAILED}"
    assert state(session, ada).label == "You are 2nd on the waiting list"
    assert says(session, ada) == f"You were 4th when you joined, on Monday 2 November. {at_first}"


def test_a_choice_that_became_a_turn_knows_where_it_began(event, ada):
    session = full(event, waiting=1)
    chosen = make.workshop(event, hour=15)
    mine = booking.book(session, ada, by=BY, at=NOW)
    booked = booking.book(chosen, ada, by=BY, at=NOW)

    for one in (mine, booked):
        one.refresh_from_db()
    assert (mine.first_position, booked.first_position) == (2, None)


def test_who_has_something_then_is_told_that_the_place_is_held_and_it_is(event, ada):
    session = full(event)
    mine = booking.book(session, ada, by=BY, at=NOW)
    booking.book(make.workshop(event, title="Letters"), ada, by=BY, at=NOW)

    told = says(session, ada)
    give_up(session)

    mine.refresh_from_db()
    assert told == (
        "You have “Letters” at this time: when it is your turn, the place is held for you, we email you, and "
        "you decide. Until then you keep what you have."
    )
    assert mine.status == Status.OFFERED


def test_who_hosts_then_is_told_that_a_place_passes_them_by_and_it_does(event, ada):
    session = full(event)
    mine = booking.book(session, ada, by=BY, at=NOW)
    make.host(make.session(event, title="Rivers"), member=ada.member)

    told = says(session, ada)
    give_up(session)

    mine.refresh_from_db()
    assert told == (
        "You host “Rivers” at this time, so a place that comes free passes you by. You keep your turn."
    )
    assert mine.status == Status.PASSED
    assert says(session, ada) == (
        "A place went to the next in line, because you host “Rivers” at this time. You have kept your turn."
    )


def test_who_was_passed_over_for_what_they_have_swaps_where_a_place_is_left(event, ada):
    session = full(event)
    mine = booking.book(session, ada, by=BY, at=NOW)
    booking.book(make.workshop(event, title="Letters"), ada, by=BY, at=NOW)
    give_up(session)
    booking.decline(Booking.objects.get(pk=mine.pk), by=BY, at=NOW)

    shown = state(session, ada)

    assert shown.message == (
        "A place that was held for you has gone to the next in line. It overlaps “Letters”. You have kept "
        "your turn."
    )
    assert [button.label for button in shown.buttons] == ["Swap with “Letters”", "Leave the waiting list"]


def test_who_was_passed_over_asks_again_where_no_place_is_left(event, ada):
    session = full(event)
    mine = booking.book(session, ada, by=BY, at=NOW)
    booking.book(make.workshop(event, title="Letters"), ada, by=BY, at=NOW)
    crowd(event, session, 1)
    give_up(session)
    booking.decline(Booking.objects.get(pk=mine.pk), by=BY, at=NOW)

    assert [button.label for button in state(session, ada).buttons] == ["Ask again", "Leave the waiting list"]
    assert not waiting_list.serve_if_due(session.pk, at=NOW)
