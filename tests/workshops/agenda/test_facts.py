"""What a session is decided by: the same facts are decided once, and every one of them is seen at once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from events.models import Event, Registration, Session
from tests import make
from tests.make import BY, NOW
from tests.workshops import agendas
from tests.workshops.agendas import ada_at, shown, state
from workshops.agenda.facts import EventFacts, LiveSession
from workshops.agenda.states import State
from workshops.places import booking

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
STARTS, ENDS = NOW + 10 * HOUR, NOW + 11 * HOUR


def answers(session: Session, at: datetime) -> list[bool]:
    """All that a session says of the clock."""
    rules = (Session.has_started, Session.has_ended, Session.booking_has_opened)
    return [rule(session, at) for rule in (*rules, Session.booking_has_closed, Session.booking_is_open)]


@pytest.mark.parametrize("opens", [None, NOW + 2 * HOUR])
@pytest.mark.parametrize("closes", [None, NOW + 8 * HOUR])
@pytest.mark.parametrize("own_opens", [None, NOW + 3 * HOUR])
@pytest.mark.parametrize("own_closes", [None, NOW + 7 * HOUR])
def test_a_session_answers_at_its_last_turn_as_it_does_now(
    opens: datetime | None, closes: datetime | None, own_opens: datetime | None, own_closes: datetime | None
):
    event = EventFacts(1, "2026", "Europe/London", opens, closes, Event.Status.PUBLISHED)
    live = LiveSession(
        7, 1, "Listening", "listening", "workshop", STARTS, ENDS, "", own_opens, own_closes, "published", None
    )
    session = live.record(event.record())
    moments = [NOW + hours * HOUR + off for hours in range(13) for off in (-MINUTE, 0 * MINUTE, MINUTE)]

    turns = [event.last_turn(live, at) for at in moments]

    assert [answers(session, at) for at in turns] == [answers(session, at) for at in moments]
    assert all(turn <= at for turn, at in zip(turns, moments, strict=True))


@pytest.mark.django_db
def test_who_has_the_same_facts_has_them_decided_once():
    event = make.event()
    session = make.workshop(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")

    first = state(session, ada)

    assert state(session, bo) is first
    assert state(session, ada, at=NOW + MINUTE) is first


@pytest.mark.django_db
def test_what_one_reader_has_is_decided_for_them_alone():
    event = make.event()
    session, meanwhile = make.workshop(event, title="Listening"), make.workshop(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")
    before = [shown(one, bo)[3] for one in (session, meanwhile)]

    booking.book(session, ada, by=BY, at=NOW)

    assert [shown(one, ada)[3] for one in (session, meanwhile)] == [
        ["Give up my place"],
        ["Swap with “Listening”"],
    ]
    assert [shown(one, bo)[3] for one in (session, meanwhile)] == before == [["Book a place"]] * 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "Hearing"}, "Hearing"),
        ({"slug": "hearing"}, "/hearing/book/"),
        ({"booking_opens_at": NOW + HOUR}, "/choose/"),
        ({"booking_closes_at": NOW - HOUR}, "Booking for this session has closed."),
        ({"starts_at": NOW - HOUR}, "This session has started"),
        ({"starts_at": NOW - HOUR, "ends_at": NOW}, "This session has ended."),
    ],
)
def test_every_change_of_a_session_is_seen_at_once(change: dict[str, Any], said: str):
    event = make.event()
    session = make.workshop(event, title="Listening", slug="listening")
    ada = ada_at(event)
    before = words(state(session, ada))

    agendas.change(session, ada, **change)

    assert [said in before, said in words(state(session, ada))] == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slug": "2027"}, "/2027/"),
        ({"time_zone": "America/New_York"}, "America/New_York"),
        ({"booking_opens_at": NOW + HOUR}, "/choose/"),
        ({"booking_closes_at": NOW - HOUR}, "Booking for this session has closed."),
        ({"status": "cancelled"}, "Booking for this session has closed."),
    ],
)
def test_every_change_of_the_event_is_seen_at_once(change: dict[str, Any], said: str):
    event = make.event()
    session = make.workshop(event)
    own = ada_at(event)
    before = words(state(session, own))

    Event.objects.filter(pk=event.pk).update(**change)

    own = Registration.objects.select_related("event", "member").get(pk=own.pk)
    assert [said in before, said in words(state(session, own))] == [False, True]


def words(one: State) -> str:
    """All that can be seen of a state, in one text."""
    shown = (one.label, one.message, one.session.title, one.session.event.time_zone)
    return " ".join([*shown, *(button.url for button in one.buttons)])
