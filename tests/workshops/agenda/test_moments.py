"""What a session is to a reader at each moment, and what else is in their agenda."""

from datetime import timedelta

import pytest

from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.agendas import ada_at, shown, state
from tests.workshops.places.state import crowd
from workshops.agenda import state_lookup
from workshops.models import Booking
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db


def test_an_offer_says_until_when_and_what_it_would_replace():
    event = make.event()
    mine, full = make.workshop(event, title="Run charts"), make.workshop(event, capacity=1)
    ada = ada_at(event)
    bos = booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(full, ada, by=BY, at=NOW)
    booking.book(mine, ada, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)

    one = state(full, ada)

    assert (one.tone, one.label, one.until) == (
        "offered",
        "A place is held for you",
        NOW + timedelta(hours=24),
    )
    assert one.message.startswith("It is at the same time as “Run charts”.")
    assert [(button.label, button.is_page) for button in one.buttons] == [
        ("Accept", True),
        ("Decline", False),
    ]


def test_an_offer_whose_deadline_has_come_can_be_asked_for_again():
    event = make.event()
    mine, full = make.workshop(event), make.workshop(event, capacity=1)
    ada = ada_at(event)
    bos = booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(full, ada, by=BY, at=NOW)
    booking.book(mine, ada, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)

    assert shown(full, ada, at=NOW + timedelta(hours=24))[3] == ["Ask again", "Leave the waiting list"]


def test_before_booking_opens_they_choose():
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    session, other = make.workshop(event, title="First"), make.workshop(event)
    ada = ada_at(event)
    assert shown(session, ada)[3] == ["Choose"]

    choices.choose(session, ada, by=BY, at=NOW)
    choices.choose(other, ada, by=BY, at=NOW + timedelta(minutes=1))

    assert shown(session, ada) == ("yours", "Chosen", "5 of 5 places left", ["Take out of my choices"])
    assert state(other, ada).message == "At the same time as “First”, which you chose before it."


def test_at_the_second_of_opening_a_choice_can_be_booked():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada = ada_at(event)
    choices.choose(session, ada, by=BY, at=NOW - timedelta(seconds=1))

    assert shown(session, ada, at=NOW)[1:] == (
        "Chosen, not booked yet",
        "5 of 5 places left",
        ["Book a place", "Take out of my choices"],
    )


def test_a_session_that_opens_at_a_moment_of_its_own_says_when():
    event = make.event()
    session = make.workshop(event, booking_opens_at=NOW + timedelta(days=2))
    ada = ada_at(event)

    assert state(session, ada).opens_at == NOW + timedelta(days=2)


def test_after_closing_and_after_the_start_there_is_nothing_to_press():
    event = make.event(booking_closes_at=NOW + timedelta(hours=1))
    session = make.workshop(event)
    ada = ada_at(event)

    closed = state(session, ada, at=NOW + timedelta(hours=1))
    started = state(session, ada, at=found(session.starts_at))

    assert (closed.message, closed.buttons) == ("Booking for this session has closed.", ())
    assert (started.message, started.buttons) == ("This session has started, so booking has closed.", ())


def test_who_waited_in_vain_reads_so_and_when_it_was():
    event = make.event()
    session = make.workshop(event, capacity=1)
    crowd(event, session, 1)
    ada = ada_at(event)
    booking.book(session, ada, by=BY, at=NOW)

    moments = (
        found(session.starts_at),
        found(session.ends_at) - timedelta(seconds=1),
        found(session.ends_at),
    )

    assert [state(session, ada, at=at).message for at in moments] == [
        "This session has started. No place came free.",
        "This session has started. No place came free.",
        "This session has ended. No place came free.",
    ]


def test_a_place_can_be_given_up_after_closing_but_not_after_the_start():
    event = make.event(booking_closes_at=NOW + timedelta(hours=1))
    session = make.workshop(event)
    ada = ada_at(event)
    booking.book(session, ada, by=BY, at=NOW)

    assert shown(session, ada, at=NOW + timedelta(hours=2))[3] == ["Give up my place"]
    assert shown(session, ada, at=found(session.starts_at)) == ("yours", "Booked", "", [])


def test_what_they_host_is_in_their_agenda_and_keeps_them_busy():
    event = make.event()
    hosted, other = make.workshop(event, title="Hers"), make.workshop(event)
    ada = ada_at(event)
    make.host(hosted, "Ada", member=ada.member)

    assert shown(hosted, ada) == ("yours", "You host this session", "5 of 5 places left", [])
    assert state(other, ada).message == "At the same time as “Hers”, which you host."


def test_what_needs_no_booking_is_there_by_itself():
    event = make.event()
    plenary = make.session(event, format="plenary")
    ada = ada_at(event)

    assert shown(plenary, ada) == ("", "Open to everyone", "", [])


def test_a_cancelled_session_is_told_to_those_who_had_it_only():
    event = make.event()
    session = make.workshop(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")
    booked = booking.book(session, ada, by=BY, at=NOW)
    type(session).objects.filter(pk=session.pk).update(status="cancelled")
    Booking.objects.filter(pk=booked.pk).update(status="cancelled", ended="session")

    assert shown(session, ada) == ("cancelled", "Cancelled", "", [])
    assert state_lookup.all_states(bo, at=NOW) == {}
