"""What everybody may know of places: of nobody, and marked so that a page finds what may be another."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from events.models import Event, Session
from events.programme.cache_version import raise_version
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import crowd, fill
from workshops.agenda import public_places
from workshops.models import Booking
from workshops.places import booking

pytestmark = pytest.mark.django_db


def asked(event: Event, at: datetime = NOW) -> dict[str, Any]:
    """What is answered at this moment."""
    answer: dict[str, Any] = json.loads(found(public_places.of_event(event.slug, at=at)).body)
    return answer


def of(session: Session, at: datetime = NOW) -> dict[str, Any]:
    """What is answered of one session."""
    says: dict[str, Any] = asked(session.event, at)["sessions"][str(session.pk)]
    return says


@pytest.fixture
def full(event: Event) -> Session:
    """A session of two places, for which three wait."""
    session = make.workshop(event, capacity=2)
    fill(session, waiting=3)
    return session


def test_it_says_the_places_of_each_session_and_its_version(event):
    free, plenary = make.workshop(event, capacity=20), make.session(event, hour=9)
    crowd(event, free, 12)

    answer = asked(event)

    event.refresh_from_db()
    mark = answer["sessions"][str(free.pk)].pop("mark")
    assert (list(answer), answer["programme"], mark != "") == (
        ["read", "programme", "sessions"],
        event.version,
        True,
    )
    assert answer["sessions"] == {
        str(free.pk): {
            "words": "8 of 20 places left",
            "heard": ", 8 of 20 places left",
            "full": False,
            "line": 0,
            "turn": 0,
        },
        str(plenary.pk): {"turn": 0},
    }


def test_what_is_full_says_how_many_wait(full):
    says = of(full)

    assert (says["words"], says["heard"], says["full"], says["line"]) == (
        "Full. 3 waiting",
        ", full, 3 waiting",
        True,
        3,
    )


def test_a_draft_is_unseen_and_so_are_the_sessions_of_a_draft(event):
    make.workshop(event, status="draft")
    draft = make.event(status="draft")
    make.workshop(draft)

    assert asked(event)["sessions"] == {}
    assert public_places.of_event(draft.slug, at=NOW) is None


def test_an_event_that_there_is_not_has_no_answer():
    assert public_places.of_event("never", at=NOW) is None


def give_up(session: Session, status: str) -> None:
    """Let the last in this state leave."""
    last = Booking.objects.filter(session=session, status=status).order_by("-ticket")[0]
    booking.cancel(last, by=BY, at=NOW)


MOVES: dict[str, Callable[[Session], object]] = {
    "a place comes free": lambda session: give_up(session, "booked"),
    "somebody leaves the line": lambda session: give_up(session, "waiting"),
}


@pytest.mark.parametrize("name", MOVES)
def test_whoever_waits_finds_by_the_mark_that_somebody_before_them_may_have_gone(full, name):
    before = of(full)

    MOVES[name](full)

    assert of(full)["mark"] != before["mark"]


def test_who_joins_the_end_of_a_line_changes_nothing_for_those_before(event, full):
    before = of(full)

    crowd(event, full, 1)

    assert (of(full)["mark"], of(full)["line"]) == (before["mark"], 4)


MOMENTS = ("starts_at", "ends_at", "booking_closes_at")


@pytest.mark.parametrize("name", MOMENTS)
def test_a_session_turns_at_its_moments(event, name):
    session = make.workshop(event, booking_closes_at=NOW + timedelta(hours=1))
    moment = getattr(session, name)

    turns = [of(session, at)["turn"] for at in (moment - timedelta(seconds=1), moment)]

    assert turns[1] - turns[0] == 1


def test_it_turns_where_the_booking_of_its_event_closes():
    event = make.event(booking_closes_at=NOW)
    session = make.workshop(event)

    assert [of(session, at)["turn"] for at in (NOW - timedelta(seconds=1), NOW)] == [0, 1]


def test_it_does_not_turn_where_booking_opens_which_pages_have_written_in_them():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)

    assert [of(session, at)["turn"] for at in (NOW - timedelta(seconds=1), NOW)] == [0, 0]


def test_a_later_answer_has_a_higher_number_and_the_same_name_where_nothing_is_new(event, full):
    first, second = (found(public_places.of_event(event.slug, at=NOW)) for _ in range(2))
    crowd(event, full, 1)
    third = found(public_places.of_event(event.slug, at=NOW))

    numbers = [json.loads(answer.body)["read"] for answer in (first, second, third)]
    assert numbers == sorted(numbers)
    assert (second.name == first.name, third.name == first.name) == (True, False)


def test_another_programme_has_another_number_of_its_own(event):
    before = asked(event)["programme"]

    raise_version(event.pk)

    assert asked(event)["programme"] == before + 1


def test_it_speaks_the_language_of_the_moment(event, settings: Settings, tmp_path):
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    make.workshop(event)

    with translation.override("cy"):
        welsh = found(public_places.of_event(event.slug, at=NOW))

    assert welsh.name != found(public_places.of_event(event.slug, at=NOW)).name


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_two_queries_whatever_the_size_of_the_programme(
    event, number, django_assert_num_queries: DjangoAssertNumQueries
):
    for one in range(number):
        make.workshop(event, hour=9 + one % 8)
    asked(event)

    with django_assert_num_queries(2):
        asked(event)


def test_for_a_second_one_reading_is_for_all(
    event, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
):
    settings.PLACES_KEPT_SECONDS = 1
    session = make.workshop(event)
    asked(event, NOW - timedelta(days=1))  # nothing that an earlier test kept
    asked(event)
    fill(session)

    with django_assert_num_queries(0):
        kept = of(session, NOW + timedelta(milliseconds=999))
    fresh = of(session, NOW + timedelta(seconds=1))
    went_back = asked(event, NOW - timedelta(seconds=1))

    assert (kept["full"], fresh["full"], went_back["sessions"][str(session.pk)]["full"]) == (
        False,
        True,
        True,
    )
