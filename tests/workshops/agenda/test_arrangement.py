"""How a reader's agenda is arranged: its slots, keys, times and figures."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models.signals import post_init

from events.models import Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops import agendas
from tests.workshops.agendas import ada_at, shown
from tests.workshops.places.state import crowd
from workshops.agenda import reading, state_lookup
from workshops.models import Workshop
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db


def test_a_slot_shows_theirs_then_the_choices_and_folds_what_clashes():
    event = make.event()
    plenary = make.session(event, hour=9, format="plenary")
    mine, other = make.workshop(event), make.workshop(event)
    free, line = make.workshop(event, hour=14), make.workshop(event, hour=14, capacity=1)
    ada = ada_at(event)
    crowd(event, line, 1)
    booking.book(mine, ada, by=BY, at=NOW)
    booking.book(line, ada, by=BY, at=NOW)

    slots = [
        [[card.session for card in cards] for cards in (slot.own, slot.choices, slot.others)]
        for slot in reading.agenda_of(ada, at=NOW).slots
    ]

    assert slots == [[[plenary], [], []], [[mine], [], [other]], [[], [free, line], []]]


def test_a_choice_stays_where_it_stands():
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    sessions = [make.workshop(event) for _ in range(3)]
    ada = ada_at(event)
    choices.choose(sessions[1], ada, by=BY, at=NOW)

    (slot,) = reading.agenda_of(ada, at=NOW).slots

    assert [card.session for card in slot.choices] == sessions


def test_times_stand_in_the_events_zone_with_theirs_beside():
    event = make.event()
    make.workshop(event, hours=1.5)
    ada = ada_at(event, time_zone="America/New_York")

    (slot,) = reading.agenda_of(ada, at=NOW).slots

    assert (slot.plan.title, slot.plan.length, slot.plan.note) == (
        "10:00 to 11:30",
        "1 hour 30 minutes",
        "05:00 to 06:30 for you",
    )


def test_the_summary_counts_what_they_have():
    event = make.event()
    mine, line = make.workshop(event), make.workshop(event, hour=14, capacity=1)
    ada = ada_at(event)
    crowd(event, line, 1)
    booking.book(mine, ada, by=BY, at=NOW)
    booking.book(line, ada, by=BY, at=NOW)

    summary = reading.agenda_of(ada, at=NOW).summary

    assert (summary.booked, [one.session for one in summary.waiting], summary.chosen) == (1, [line], 0)


@pytest.mark.parametrize("change", [{"title": "Renamed"}, {"ends_at": NOW + timedelta(days=99)}])
def test_a_key_changes_with_what_the_line_at_a_glance_and_the_heading_say(change):
    event = make.event()
    session = make.workshop(event)
    ada = ada_at(event)
    before = reading.agenda_of(ada, at=NOW).slots[0].key

    agendas.change(session, ada, **change)

    assert reading.agenda_of(ada, at=NOW).slots[0].key != before


def test_the_days_at_a_glance_have_another_key_with_another_slot():
    event = make.event()
    session = make.workshop(event)
    ada = ada_at(event)
    keys = [reading.agenda_of(ada, at=NOW).glance_key]
    for change in ({"title": "Renamed"}, {"starts_at": found(session.starts_at) - timedelta(minutes=15)}):
        agendas.change(session, ada, **change)
        keys.append(reading.agenda_of(ada, at=NOW).glance_key)

    assert keys[0] == keys[1] != keys[2]


@pytest.mark.slow
def test_a_key_changes_with_the_buttons_and_not_with_the_number_of_places():
    event = make.event()
    session = make.workshop(event, capacity=3)
    ada = ada_at(event)
    keys = []
    for number in (1, 1, 1, 1):
        keys.append(reading.agenda_of(ada, at=NOW).slots[0].key)
        crowd(event, session, number)

    assert keys[0] == keys[1] == keys[2] != keys[3]


def test_somebody_else_is_not_in_their_agenda_and_keeps_nobody_else_busy():
    event = make.event()
    session, other = make.workshop(event), make.workshop(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")
    booking.book(session, bo, by=BY, at=NOW)

    assert shown(session, ada)[1] == ""
    assert shown(other, ada)[3] == ["Book a place"]


def test_joining_details_are_for_those_who_booked():
    event = make.event()
    session, plenary = make.workshop(event, capacity=1), make.session(event)
    ada, bo = ada_at(event), ada_at(event, "Bo")
    booking.book(session, ada, by=BY, at=NOW)
    booking.book(session, bo, by=BY, at=NOW)
    session = type(session).objects.get(pk=session.pk)

    answers = [reading.may_join(session, one) for one in (ada, bo)]

    assert answers == [True, False]
    assert reading.may_join(plenary, ada) is None


@pytest.mark.slow
@pytest.mark.parametrize(("sessions", "booked"), [(20, 4), (300, 40)])
def test_reading_costs_the_same_however_long_it_is(sessions, booked, django_assert_num_queries):
    event = make.event(last_day=make.event().first_day + timedelta(days=30))
    ada = ada_at(event)
    many = [make.session(event, day=n // 10, hour=8 + n % 10) for n in range(sessions)]
    Workshop.objects.bulk_create(
        Workshop(session=one, capacity=5, during=(one.starts_at, one.ends_at)) for one in many
    )
    for one in many[:booked]:
        booking.book(one, ada, by=BY, at=NOW)
    make.known_to_the_planner()
    reading.agenda_of(ada, at=NOW)

    with django_assert_num_queries(2):
        reading.agenda_of(ada, at=NOW)


@pytest.mark.parametrize("elsewhere", [3, 30])
def test_an_answer_about_one_slot_makes_records_of_what_it_touches_only(elsewhere):
    event = make.event()
    session, _meanwhile = make.workshop(event, hour=9), make.workshop(event, hour=9)
    for number in range(elsewhere):
        make.workshop(event, hour=10 + 0.25 * number, hours=0.25)
    ada = ada_at(event)
    made: list[Session] = []
    agenda = reading.agenda_of(ada, at=NOW)
    post_init.connect(
        lambda instance, **_: made.append(instance), sender=Session, weak=False, dispatch_uid="made"
    )

    slot = found(agenda.slot_of(session))
    said = [slot.line.status, [one.id for one in agenda.touched_by(session)], agenda.summary.booked]

    post_init.disconnect(sender=Session, dispatch_uid="made")
    assert said == ["Choose", [slot.id], 0]
    assert len(made) == 2


def test_a_slot_that_falls_into_a_long_session_says_so():
    event = make.event()
    long, inside = make.workshop(event, hours=3), make.workshop(event, hour=11)
    ada = ada_at(event)
    booking.book(long, ada, by=BY, at=NOW)

    slots = reading.agenda_of(ada, at=NOW).slots

    assert [[one.title for one in slot.busy_with] for slot in slots] == [[], [long.title]]
    assert [card.session for card in slots[1].others] == [inside]


def test_one_session_is_the_same_alone_as_among_all():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    full, meanwhile = make.workshop(event, capacity=0), make.workshop(event, hours=2)
    touching, later = make.workshop(event, hour=9), make.workshop(event, hour=15)
    booking.book(full, ada, by=BY, at=NOW)

    alone = state_lookup.states_around(full, ada, at=NOW)

    everything = state_lookup.all_states(ada, at=NOW)
    assert alone == {pk: everything[pk] for pk in (full.pk, meanwhile.pk)}
    assert alone[full.pk].alternatives == (meanwhile,)
    assert {touching.pk, later.pk} < set(everything)


def test_what_is_theirs_is_the_same_alone_as_among_all():
    event = make.event(booking_opens_at=NOW)
    hana = make.member("Hana", email="hana@example.org")
    own = make.registration(event, hana)
    booked, waits, hosts, chosen, stopped, gave_up, nothing = (
        make.workshop(event, hour=8 + number, capacity=None if number != 1 else 0) for number in range(7)
    )
    make.host(hosts, email="hana@example.org")
    choices.choose(chosen, own, by=BY, at=NOW - timedelta(minutes=1))
    for session in (booked, waits, stopped):
        booking.book(session, own, by=BY, at=NOW)
    booking.cancel(booking.book(gave_up, own, by=BY, at=NOW), by=BY, at=NOW)
    Session.objects.filter(pk=stopped.pk).update(status=Session.Status.CANCELLED)

    theirs = state_lookup.own_states(own, at=NOW)

    everything = state_lookup.all_states(own, at=NOW)
    assert set(everything) - set(theirs) == {gave_up.pk, nothing.pk}
    assert theirs == {pk: replace(everything[pk], alternatives=()) for pk in theirs}
    assert [state.label for state in theirs.values()] == [
        "Booked",
        "You are 1st on the waiting list",
        "You host this session",
        "Chosen, not booked yet",
        "Cancelled",
    ]


def test_only_what_is_theirs_is_decided(django_assert_num_queries):
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    mine, _ = make.workshop(event), [make.workshop(event, hour=12) for _ in range(3)]
    booking.book(mine, ada, by=BY, at=NOW)

    with django_assert_num_queries(1):
        states = state_lookup.own_states(ada, at=NOW)

    assert list(states) == [mine.pk]


def test_a_session_that_moved_since_it_was_looked_at_is_found_all_the_same():
    event = make.event()
    ada, session = ada_at(event), make.workshop(event, hour=10)
    moved = found(session.starts_at) + timedelta(hours=4)
    Session.objects.filter(pk=session.pk).update(starts_at=moved, ends_at=moved + timedelta(hours=1))

    states = state_lookup.states_around(session, ada, at=NOW)

    assert states[session.pk].session.starts_at == moved


def test_an_on_demand_session_alone_is_nothing_to_them():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    film = make.session(event, starts_at=None, ends_at=None)

    assert state_lookup.states_around(film, ada, at=NOW) == {}


def test_at_a_glance_midnight_and_the_hour_that_comes_twice_are_told_apart():
    night = date(2027, 10, 31)
    event = make.event(first_day=night - timedelta(days=1), last_day=night)
    make.workshop(event, hour=22.5, hours=1)
    make.workshop(event, day=1, hour=0.5)
    make.workshop(event, day=1, hour=1, hours=0.5)

    slots = reading.agenda_of(ada_at(event), at=NOW).slots

    assert [(slot.plan.begins, slot.plan.ends) for slot in slots] == [
        ("23:30", "00:30"),
        ("01:30 (UTC+1)", "01:30 (UTC)"),
        ("01:00 (UTC)", "01:30 (UTC)"),
    ]
