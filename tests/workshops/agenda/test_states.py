"""What each session is to a reader: to book, to give up, to wait for, to swap."""

import pytest

from tests import make
from tests.make import BY, NOW
from tests.workshops.agendas import ada_at, shown, state
from tests.workshops.places.state import crowd
from workshops.places import booking

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_session_with_places_can_be_booked():
    event = make.event()
    session = make.workshop(event, capacity=20)
    ada = ada_at(event)
    crowd(event, session, 12)

    assert shown(session, ada) == ("", "", "8 of 20 places left", ["Book a place"])


def test_one_place_is_one_place():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada = ada_at(event)

    assert state(session, ada).places == "1 of 1 place left"


def test_a_session_without_limit_says_so():
    event = make.event()
    session = make.workshop(event, capacity=None)
    ada = ada_at(event)

    assert shown(session, ada) == ("", "", "No limit", ["Book a place"])


def test_a_full_session_says_how_many_wait():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada = ada_at(event)
    crowd(event, session, 5)

    assert shown(session, ada) == ("", "", "Full. 4 waiting", ["Join the waiting list"])


def test_what_is_booked_can_be_given_up():
    event = make.event()
    session = make.workshop(event)
    ada = ada_at(event)
    booking.book(session, ada, by=BY, at=NOW)

    assert shown(session, ada) == ("yours", "Booked", "", ["Give up my place"])
    assert [button.is_page for button in state(session, ada).buttons] == [False]


def test_giving_up_what_others_wait_for_asks_first():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada = ada_at(event)
    booking.book(session, ada, by=BY, at=NOW)
    crowd(event, session, 1)

    assert [button.is_page for button in state(session, ada).buttons] == [True]


def test_what_they_gave_up_they_can_book_again():
    event = make.event()
    session = make.workshop(event)
    ada = ada_at(event)
    booking.cancel(booking.book(session, ada, by=BY, at=NOW), by=BY, at=NOW)

    assert shown(session, ada) == ("", "", "5 of 5 places left", ["Book again"])


@pytest.mark.slow
def test_who_waits_knows_their_position_and_where_there_are_places_instead():
    event = make.event()
    full, free, later = make.workshop(event, capacity=1), make.workshop(event), make.workshop(event, hour=15)
    ada = ada_at(event)
    crowd(event, full, 3)
    booking.book(full, ada, by=BY, at=NOW)

    assert shown(full, ada) == (
        "waiting",
        "You are 3rd on the waiting list",
        "Full. 3 waiting",
        ["Leave the waiting list"],
    )
    assert state(full, ada).alternatives == (free,)
    assert later not in state(full, ada).alternatives


def test_what_clashes_with_a_place_offers_a_swap():
    event = make.event()
    mine, other = make.workshop(event, title="Run charts"), make.workshop(event)
    ada = ada_at(event)
    booking.book(mine, ada, by=BY, at=NOW)

    assert shown(other, ada)[3] == ["Swap with “Run charts”"]
    assert state(other, ada).buttons[0].is_page


def test_a_long_session_offers_to_replace_several():
    event = make.event()
    one, two = make.workshop(event, hour=10), make.workshop(event, hour=11)
    long = make.workshop(event, hour=10, hours=2)
    ada = ada_at(event)
    for session in (one, two):
        booking.book(session, ada, by=BY, at=NOW)

    assert shown(long, ada)[3] == ["Swap with 2 sessions"]


def test_a_full_session_that_clashes_can_be_waited_for():
    event = make.event()
    mine, full = make.workshop(event), make.workshop(event, capacity=1)
    ada = ada_at(event)
    booking.book(mine, ada, by=BY, at=NOW)
    crowd(event, full, 1)

    assert shown(full, ada)[3] == ["Join the waiting list"]


def test_touching_ends_do_not_clash():
    event = make.event()
    first, second = make.workshop(event, hour=10), make.workshop(event, hour=11)
    ada = ada_at(event)
    booking.book(first, ada, by=BY, at=NOW)

    assert shown(second, ada)[3] == ["Book a place"]


def test_a_place_in_another_event_at_that_time_is_named_and_not_swapped():
    event, other = make.event(), make.event()
    session, elsewhere = make.workshop(event), make.workshop(other, title="Elsewhere")
    ada = ada_at(event)
    booking.book(elsewhere, make.registration(other, ada.member), by=BY, at=NOW)

    assert state(session, ada).message == "At the same time as “Elsewhere”, which you have booked."
    assert state(session, ada).buttons == ()
