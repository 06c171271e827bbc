"""A room or a host in two sessions at one time is found; touching ends and what takes up no room are not."""

from datetime import timedelta

import pytest

from events.models import Event, Session, SessionContributor
from tests import make
from workshops.programme import double_use

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def huddle(event: Event) -> Session:
    """In Room 3, from 10 to 11."""
    return make.session(event, title="The huddle", room="Room 3")


def sentences(session: Session) -> list[str]:
    return [one.sentence for one in double_use.of(session)]


def test_a_room_of_two_sessions_at_one_time_is_told_of_both(event, huddle):
    other = make.session(event, title="Letters", room="room  3", hour=10.5)

    assert sentences(huddle) == ["Room 3 is also the room of “Letters”, 10:30 to 11:30."]
    assert sentences(other) == ["Room 3 is also the room of “The huddle”, 10:00 to 11:00."]


@pytest.mark.parametrize(
    "fields",
    [
        {"hour": 11},
        {"hour": 9},
        {"room": "Room 4"},
        {"status": "cancelled"},
        {"starts_at": None, "ends_at": None},
    ],
    ids=["right after", "right before", "another room", "cancelled", "on demand"],
)
def test_what_takes_up_nothing_of_it_is_no_double_use(event, huddle, fields):
    make.session(event, **({"room": "Room 3"} | fields))

    assert sentences(huddle) == []


@pytest.mark.parametrize("room", ["", "Online", "Zoom", "to be confirmed"])
def test_words_that_name_no_room_are_shared_by_many(event, room):
    make.session(event, room=room)

    assert sentences(make.session(event, room=room)) == []


def test_a_room_of_another_event_is_another_room(huddle):
    elsewhere = make.event()
    make.session(elsewhere, room="Room 3")

    assert sentences(huddle) == []


def test_a_host_of_two_sessions_at_one_time_is_found_by_record_and_by_account(event, huddle):
    hana = make.host(huddle, "Hana", member=make.member("Hana"))
    letters = make.session(event, title="Letters", hour=10.5)
    SessionContributor.objects.create(session=letters, contributor=hana)
    abroad = make.session(make.event(), title="Abroad", hour=9.5)
    make.host(abroad, "Hana Okafor", member=hana.member)

    assert sorted(sentences(huddle)) == [
        "Hana Okafor is also in “Abroad”, 09:30 to 10:30.",
        "Hana is also in “Letters”, 10:30 to 11:30.",
    ]


def test_a_time_that_is_not_saved_yet_is_looked_at(event, huddle):
    make.session(event, title="Letters", room="Room 3", hour=12)
    assert sentences(huddle) == []

    assert sentences(make.later(huddle, timedelta(hours=2))) == [
        "Room 3 is also the room of “Letters”, 12:00 to 13:00."
    ]


def test_a_long_session_shares_its_room_with_each_that_begins_during_it(event, huddle):
    huddle.ends_at = huddle.starts_at + timedelta(hours=3)
    shorter = [make.session(event, title=f"At {hour}", room="Room 3", hour=hour) for hour in (11, 12)]

    assert [one.other.title for one in double_use.among([*shorter, huddle])] == ["At 11", "At 12"]


@pytest.mark.parametrize("number", [1, 30])
def test_any_number_of_sessions_is_compared_with_as_many_queries(
    event, huddle, number, django_assert_num_queries
):
    make.host(huddle)
    for n in range(number):
        make.host(make.session(event, room="Room 3"), f"Host {n}")

    with django_assert_num_queries(5):
        assert len(double_use.of(Session.objects.get(pk=huddle.pk))) == number
