"""The counters of places: what they say, and what Postgres refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from events.models import EventPlaces
from events.places import HAS_PLACE, TAKE, could_serve
from events.places_seen import PlacesSeen
from tests import make


def row(**counters):
    """Places that are not saved."""
    return EventPlaces(**({"capacity": 2} | counters))


def counters(places):
    return places.taken, places.held, places.line


@pytest.mark.parametrize(
    ("counts", "left"),
    [
        ({}, 2),
        ({"taken": 2}, 0),
        ({"taken": 1, "line": 1}, 0),
        ({"capacity": None, "taken": 9}, None),
        ({"capacity": None, "line": 1}, 0),
        ({"capacity": 5, "places_open": 3, "taken": 2}, 1),
        ({"capacity": 5, "places_open": 3, "taken": 4}, 0),
        ({"capacity": 0}, 0),
    ],
)
def test_places_left_for_a_newcomer(counts, left):
    places = row(**counts)

    assert (places.places_left, places.is_full) == (left, left == 0)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "2 of 2 places left"),
        ({"taken": 1}, "1 of 2 places left"),
        ({"capacity": 1}, "1 of 1 place left"),
        ({"taken": 2}, "Full"),
        ({"taken": 2, "line": 4}, "Full. 4 waiting"),
        ({"capacity": None, "taken": 9}, "No limit"),
    ],
)
def test_how_many_there_are_is_said_in_words(counts, words):
    places = row(**counts)
    seen = PlacesSeen(places.capacity, places.places_open, places.taken, places.held, places.line)

    assert (places.in_words, seen.in_words) == (words, words)
    assert seen.is_full == words.startswith("Full")


@pytest.mark.parametrize(("capacity", "places_open"), [(9, 3), (2, 2), (None, None)])
@pytest.mark.django_db
def test_a_wave_never_opens_more_than_there_are(capacity, places_open):
    event = make.event()
    EventPlaces.objects.filter(event=event).update(capacity=5, places_open=3)

    EventPlaces.objects.get().set_capacity(capacity)

    after = EventPlaces.objects.get()
    assert (after.capacity, after.places_open) == (capacity, places_open)


@pytest.mark.parametrize(
    ("counts", "can"),
    [
        ({"taken": 1, "line": 0}, False),
        ({"taken": 1, "line": 1}, True),
        ({"taken": 2, "line": 1}, False),
        ({"taken": 2, "held": 1, "line": 1}, True),
        ({"capacity": None, "taken": 9, "line": 1}, True),
        ({"capacity": 5, "places_open": 3, "taken": 3, "line": 1}, False),
        ({"capacity": 5, "places_open": 3, "taken": 2, "line": 1}, True),
    ],
)
@pytest.mark.django_db
def test_whether_the_line_can_be_served_is_the_same_in_python_and_in_sql(counts, can):
    EventPlaces.objects.filter(pk=make.event().pk).update(**({"capacity": 2} | counts))

    assert EventPlaces.objects.get().can_serve() == can
    assert EventPlaces.objects.filter(could_serve()).exists() == can


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"taken": 2},
        {"taken": 1, "line": 1},
        {"capacity": None, "taken": 9},
        {"capacity": None, "line": 1},
        {"capacity": 5, "places_open": 3, "taken": 2},
        {"capacity": 5, "places_open": 3, "taken": 3},
    ],
)
@pytest.mark.django_db
def test_who_takes_a_ticket_has_a_place_exactly_where_one_is_left(counts):
    EventPlaces.objects.filter(pk=make.event().pk).update(**({"capacity": 2} | counts))
    before = EventPlaces.objects.get()

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {HAS_PLACE} FROM events_eventplaces")  # noqa: S608  # a constant
        [has_place] = cursor.fetchone()
        cursor.execute(f"UPDATE events_eventplaces SET {TAKE}")  # noqa: S608  # constants

    after = EventPlaces.objects.get()
    assert has_place == (not before.is_full)
    assert (after.taken, after.line) == (before.taken + has_place, before.line + (not has_place))
    assert after.ticket == before.ticket + 1


def test_a_place_given_back_is_held_while_somebody_is_in_line():
    with_line, without = row(taken=2, line=1), row(taken=2)

    with_line.give_back()
    without.give_back()

    assert (counters(with_line), counters(without)) == ((2, 1, 1), (1, 0, 0))


def test_the_first_in_line_gets_a_held_place_or_one_that_is_open():
    held, open_ = row(taken=2, held=1, line=2), row(taken=1, line=2)

    held.serve_one()
    open_.serve_one()

    assert (counters(held), counters(open_)) == ((2, 0, 1), (2, 0, 1))


def test_what_is_held_is_open_to_all_when_the_last_one_leaves_the_line():
    two, one = row(taken=2, held=2, line=2), row(taken=2, held=2, line=1)

    two.leave_line()
    one.leave_line()

    assert (counters(two), counters(one)) == ((2, 2, 1), (0, 0, 0))


@pytest.mark.parametrize(
    "counts",
    [
        {"capacity": 2, "taken": 3},
        {"capacity": 5, "places_open": 2, "taken": 3},
        {"capacity": 2, "places_open": 3},
        {"capacity": None, "places_open": 3},
        {"taken": 1, "held": 2, "line": 1},
        {"taken": 1, "held": 1, "line": 0},
        {"taken": -1},
        {"line": -1},
        {"taken": 1, "held": -1},
    ],
)
@pytest.mark.django_db
def test_postgres_refuses_counters_that_cannot_be(counts):
    event = make.event(capacity=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        EventPlaces.objects.filter(event=event).update(**counts)
