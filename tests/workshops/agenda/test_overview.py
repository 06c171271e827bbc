"""Their agenda at a glance: one line for each time, with what is theirs or what is undecided."""

from datetime import timedelta

import pytest

from tests import make
from tests.make import BY, NOW
from tests.workshops.agendas import ada_at
from tests.workshops.places.state import fill
from workshops.agenda import reading
from workshops.agenda.overview import SlotSummary
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db


def lines(registration, at=NOW):
    """The lines of their agenda, by the first minute of their slots."""
    return {slot.plan.begins: slot.line for slot in reading.agenda_of(registration, at=at).slots}


def test_each_line_says_what_is_theirs_or_what_they_could_choose():
    event = make.event()
    make.session(event, hour=9, title="Welcome", format="plenary")
    mine, _ = make.workshop(event, title="Run charts"), make.workshop(event)
    for _ in range(3):
        make.workshop(event, hour=14)
    make.workshop(event, hour=16, title="Alone")
    ada = ada_at(event)
    booking.book(mine, ada, by=BY, at=NOW)

    assert lines(ada) == {
        "09:00": SlotSummary("Welcome", "Open to everyone"),
        "10:00": SlotSummary("Run charts", "Booked", "yours"),
        "14:00": SlotSummary("3 sessions to choose from", "Choose", "choice"),
        "16:00": SlotSummary("Alone", "Not booked yet", "choice"),
    }


@pytest.mark.slow
def test_what_is_undecided_says_how_many_have_places():
    event = make.event()
    sessions = [make.workshop(event, capacity=1) for _ in range(2)]
    alone = make.workshop(event, hour=14, capacity=1, title="Alone")
    ada = ada_at(event)
    found = [lines(ada)["10:00"].status]
    for session in (*sessions, alone):
        fill(session)
        found.append(lines(ada)["10:00"].status)

    assert found == ["Choose", "1 with places", "All full", "All full"]
    assert lines(ada)["14:00"] == SlotSummary("Alone", "Full", "choice")


def test_a_line_that_they_wait_in_says_their_position():
    event = make.event()
    line, _ = make.workshop(event, capacity=1, title="Asking questions"), make.workshop(event)
    fill(line, waiting=2)
    ada = ada_at(event)
    booking.book(line, ada, by=BY, at=NOW)

    assert lines(ada) == {"10:00": SlotSummary("Asking questions", "3rd on the waiting list", "waiting")}


@pytest.mark.slow
def test_an_offer_comes_before_what_it_would_replace(event, ada, offer):
    _, full = offer

    assert lines(ada) == {"10:00": SlotSummary(full.title, "A place is held for you", "offered")}


def test_what_goes_on_meanwhile_is_named_in_the_slots_that_it_covers():
    event = make.event()
    long = make.workshop(event, title="All morning", hours=3)
    make.workshop(event, hour=11)
    ada = ada_at(event)
    booking.book(long, ada, by=BY, at=NOW)

    assert lines(ada)["11:00"] == SlotSummary("During “All morning”")


def test_choices_are_there_before_booking_opens_and_after():
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    session = make.workshop(event, title="Pathways")
    ada = ada_at(event)
    choices.choose(session, ada, by=BY, at=NOW)

    before, after = lines(ada), lines(ada, at=NOW + timedelta(days=2))

    assert before == {"10:00": SlotSummary("Pathways", "Chosen", "yours")}
    assert after == {"10:00": SlotSummary("Pathways", "Chosen, not booked yet", "offered")}


def test_a_session_they_host_and_a_cancelled_one_are_told():
    event = make.event()
    hosted, cancelled = make.workshop(event, title="Hers"), make.workshop(event, hour=14, title="Gone")
    ada = ada_at(event)
    make.host(hosted, "Ada", member=ada.member)
    booking.book(cancelled, ada, by=BY, at=NOW)
    type(cancelled).objects.filter(pk=cancelled.pk).update(status="cancelled")

    assert lines(ada) == {
        "10:00": SlotSummary("Hers", "You host this session", "yours"),
        "14:00": SlotSummary("Gone", "Cancelled", "cancelled"),
    }


def test_a_time_at_which_nothing_can_be_booked_any_more_says_so():
    event = make.event(booking_closes_at=NOW)
    make.workshop(event)

    assert lines(ada_at(event)) == {"10:00": SlotSummary("Nothing booked")}


def test_the_key_of_the_glance_changes_with_what_it_says():
    event = make.event()
    session = make.workshop(event)
    ada = ada_at(event)
    keys = [reading.agenda_of(ada, at=NOW).key, reading.agenda_of(ada, at=NOW).key]

    booking.book(session, ada, by=BY, at=NOW)

    assert keys[0] == keys[1] != reading.agenda_of(ada, at=NOW).key
