"""Sessions that start together are decided at once, for all who have the same facts, and for nobody else."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest

from events.models import Event, Registration, Session
from events.programme import reading as programme
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops import agendas
from tests.workshops.agendas import ada_at
from tests.workshops.places.state import crowd
from workshops.agenda import reading, state_lookup
from workshops.agenda.own_bookings import own_bookings
from workshops.agenda.slots import AgendaSlot
from workshops.agenda.state_lookup import States
from workshops.agenda.states import State
from workshops.agenda.together import Decided
from workshops.models import Workshop
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def event() -> Event:
    return make.event(booking_opens_at=NOW, booking_closes_at=NOW + 12 * HOUR)


@pytest.fixture
def session(event: Event) -> Session:
    return make.workshop(event, title="Listening")


@pytest.fixture
def ada(event: Event) -> Registration:
    return ada_at(event)


def decided(session: Session, reader: Registration, at: datetime = NOW) -> Decided:
    """What all that start with ``session`` are to them."""
    return state_lookup.all_states(reader, at=at).starting(found(session.starts_at))


def slot(reader: Registration, at: datetime = NOW) -> AgendaSlot:
    """The only slot of their agenda."""
    (only,) = reading.agenda_of(reader, at=at).slots
    return only


def whole(states: Mapping[int, State]) -> list[object]:
    """All that is shown of states: two are equal for Django where their sessions have one key."""
    return [
        (one, one.shown, one.key, one.alternatives, vars(one.session)["title"]) for one in states.values()
    ]


def one_by_one(reader: Registration, at: datetime) -> States:
    """The states of a whole programme, each decided by itself."""
    seen = programme.seen_now(reader.event)
    sessions = state_lookup.all_states(reader, at=at, seen=seen)._sessions
    return States(own_bookings(reader, at=at), sessions, seen.places, at=at)


def test_who_has_the_same_facts_is_given_the_very_same(ada: Registration, session: Session):
    bo = ada_at(ada.event, "Bo")

    first = decided(session, ada), slot(ada)

    assert (decided(session, bo), slot(bo)) == first
    assert (decided(session, ada, at=NOW + HOUR), slot(ada, at=NOW + HOUR)) == first


@pytest.mark.parametrize(
    "happens",
    [
        lambda session, _: Workshop.objects.filter(session=session).update(taken=5),
        lambda session, _: Workshop.objects.filter(session=session).update(line=1),
        lambda session, ada: booking.book(session, ada, by=BY, at=NOW),
        lambda session, ada: booking.cancel(booking.book(session, ada, by=BY, at=NOW), by=BY, at=NOW),
        lambda session, ada: choices.choose(session, ada, by=BY, at=NOW - HOUR),
        lambda session, ada: make.host(session, "Ada", member=ada.member),
        lambda session, ada: agendas.change(session, ada, title="Hearing"),
    ],
)
def test_whatever_happens_is_decided_anew_for_them_and_undone_for_nobody(
    ada: Registration, session: Session, happens: Callable[[Session, Registration], object]
):
    bo = ada_at(ada.event, "Bo")
    before = decided(session, ada), slot(ada).key, decided(session, bo).states[session.pk].tone

    happens(session, ada)

    assert decided(session, ada) is not before[0]
    assert whole(decided(session, ada).states) == whole(one_by_one(ada, NOW))
    assert (slot(bo).own, decided(session, bo).states[session.pk].tone) == ((), before[2])


def test_what_keeps_them_busy_in_another_event_is_seen_too(ada: Registration, session: Session):
    before = decided(session, ada)
    elsewhere = make.workshop(make.event(), title="Elsewhere")
    booking.book(elsewhere, make.registration(elsewhere.event, ada.member), by=BY, at=NOW)

    after = decided(session, ada)

    assert after is not before
    assert "Elsewhere" in after.states[session.pk].message


@pytest.mark.parametrize("moment", [NOW - HOUR, NOW + 13 * HOUR, NOW + timedelta(days=400)])
def test_before_the_opening_and_after_the_end_something_else_is_decided(
    ada: Registration, session: Session, moment: datetime
):
    now = decided(session, ada), slot(ada)

    then = decided(session, ada, at=moment), slot(ada, at=moment)

    assert [one is other for one, other in zip(now, then, strict=True)] == [False, False]
    assert decided(session, ada, at=moment).states == dict(one_by_one(ada, moment))


def test_who_waits_for_approval_is_told_something_else(ada: Registration, session: Session):
    bo = make.registration(ada.event, make.member("Bo"), status=Registration.Status.RECEIVED)

    assert decided(session, ada) is not decided(session, bo)
    assert [decided(session, who).states[session.pk].buttons[0].act for who in (ada, bo)] == [
        "book",
        "choose",
    ]


def test_each_zone_has_its_own_slot_of_the_same_states(ada: Registration, session: Session):
    bo = ada_at(ada.event, "Bo", time_zone="America/New_York")

    slots = slot(ada), slot(bo)

    assert slots[0].among is slots[1].among
    assert [one.plan.note for one in slots] == ["", "05:00 to 06:00 for you"]


def test_who_waits_in_a_line_has_a_slot_of_their_own(event: Event, ada: Registration):
    full, free = make.workshop(event, capacity=1), make.workshop(event)
    crowd(event, full, 1)
    booking.book(full, ada, by=BY, at=NOW)

    slots = slot(ada), slot(ada)
    Workshop.objects.filter(session=free).update(taken=5)

    assert slots[0] is not slots[1]
    assert [[one.pk for one in card.state.alternatives] for card in slots[0].choices] == [[free.pk], []]
    assert [card.state.alternatives for card in slot(ada).choices] == [(), ()]


def test_all_at_once_is_what_each_is_alone(event: Event, ada: Registration):
    at_ten, long, full = (make.workshop(event, hours=hours, capacity=5) for hours in (0.5, 3, 1))
    instead = make.workshop(event, hours=0.5, hour=10.5)
    inside, hosted, gone, later = (make.workshop(event, hour=hour) for hour in (11, 11, 14, 14))
    make.session(event, hour=9, format="plenary")
    make.session(event, starts_at=None, ends_at=None)
    make.host(hosted, "Ada", member=ada.member)
    choices.choose(later, ada, by=BY, at=NOW - HOUR)
    crowd(event, full, 5)
    for one in (at_ten, full):
        booking.book(one, ada, by=BY, at=NOW)
    Session.objects.filter(pk=gone.pk).update(status=Session.Status.CANCELLED)
    moments = [NOW - HOUR, NOW, NOW + 13 * HOUR, found(long.starts_at), found(inside.ends_at)]

    at_once = [state_lookup.all_states(ada, at=at).at_once() for at in moments]

    assert list(map(whole, at_once)) == [whole(one_by_one(ada, at)) for at in moments]
    assert list(map(whole, at_once)) == [whole(state_lookup.all_states(ada, at=at)) for at in moments]
    assert [gone.pk in states for states in at_once] == [False] * len(moments)
    assert [[one.pk for one in states[full.pk].alternatives] for states in at_once] == [
        [],
        [instead.pk],
        [],
        [],
        [],
    ]
