"""What matters of an agenda from the day before the event on: tomorrow's, on now and next, what stays."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from events.models import Event
from events.programme import reading
from tests import make
from tests.found import found
from tests.make import BY, NOW
from workshops.agenda import state_lookup
from workshops.agenda.their_day import TheirDay, their_day
from workshops.places import booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """A plenary at ten, workshops at eleven and at two, and one at half past nine on the second day."""
    made = make.event(slug="2026")
    make.session(made, title="Welcome", hour=10, format="plenary")
    for title, hour, day in (("Rota", 11, 0), ("Flow", 14, 0), ("Huddle", 9.5, 1)):
        make.workshop(made, title=title, hour=hour, day=day)
    return made


@pytest.fixture
def ada(event):
    """She has booked Rota and Huddle."""
    hers = make.registration(event, make.member("Ada"))
    for one in event.sessions.filter(title__in=["Rota", "Huddle"]):
        booking.book(one, hers, by=BY, at=NOW)
    return hers


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def seen(registration, moment, zone="") -> TheirDay | None:
    event = Event.objects.get(pk=registration.event_id)
    own = state_lookup.own_states(registration, at=moment).values()
    return their_day(event, own, reading.seen_now(event), at=moment, reader_zone=zone)


def told(registration, moment, zone=""):
    """What is said, what is on now, and what comes."""
    day = found(seen(registration, moment, zone))
    return (day.says, *([card.title for card in cards] for cards in (day.now, day.following)))


def test_before_the_day_before_nothing_is_said_of_it(ada):
    assert seen(ada, at(16, 23, 59)) is None


def test_the_day_before_it_counts_tomorrows_and_names_the_first(ada):
    assert told(ada, at(17, 12)) == (
        "Tomorrow: 2 sessions, the first at 10:00.",
        [],
        ["Welcome", "Rota"],
    )
    assert found(found(seen(ada, at(17, 12))).check).title == "Welcome"


def test_a_reader_in_another_zone_reads_their_own_clock_beside_it(ada):
    assert told(ada, at(17, 12), "America/New_York")[0] == (
        "Tomorrow: 2 sessions, the first at 10:00 (05:00 for you)."
    )
    assert told(ada, at(17, 12), "Pacific/Auckland")[0] == (
        "Tomorrow: 2 sessions, the first at 10:00 (23:00 for you)."
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(18, 9), ("Today: 2 sessions, the first at 10:00.", [], ["Welcome"])),
        (at(18, 10), ("", ["Welcome"], ["Rota"])),
        (at(18, 11), ("", ["Rota"], [])),
        (at(18, 12), ("That was all for today. Day 2 starts tomorrow at 09:30.", [], [])),
        (at(18, 15, 30), ("Tomorrow: 1 session, at 09:30.", [], ["Huddle"])),
        (at(19, 9, 45), ("", ["Huddle"], [])),
        (at(19, 10, 45), ("That was all for today.", [], [])),
    ],
)
def test_on_the_day_it_names_what_is_on_for_them_and_what_comes_next(ada, moment, expected):
    assert told(ada, moment) == expected


def test_who_has_nothing_that_day_is_told_so_and_when_the_next_begins(event):
    bo = make.registration(event, make.member("Bo"))
    event.sessions.filter(title="Welcome").update(status="draft")
    make.session(event, day=5)  # a change that everybody reads anew

    assert told(bo, at(17, 12))[0] == "You have no session tomorrow."
    assert told(bo, at(18, 8))[0] == "You have no session today. Day 2 starts tomorrow at 09:30."


def test_what_is_open_to_all_is_theirs_unless_they_have_something_else_then(event, ada):
    make.session(event, title="Marketplace", hour=11, format="marketplace")
    make.session(event, title="Tea", hour=12, format="networking")

    assert told(ada, at(18, 11))[1:] == (["Rota"], ["Tea"])


def test_what_is_cancelled_or_only_waited_for_is_not_theirs(event, ada):
    full = make.workshop(event, title="Full", hour=16, capacity=1)
    booking.book(full, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    booking.book(full, ada, by=BY, at=NOW)
    make.session(event, title="Off", hour=15, format="plenary", status="cancelled")

    assert told(ada, at(18, 12)) == ("That was all for today. Day 2 starts tomorrow at 09:30.", [], [])


def test_a_session_over_midnight_is_on_until_it_ends():
    event = make.event(first_day=date(2026, 11, 18), last_day=date(2026, 11, 18))
    make.session(event, title="Night shift", hour=22, hours=4)
    cy = make.registration(event, make.member("Cy"))

    assert told(cy, at(19, 1)) == ("", ["Night shift"], [])


def test_afterwards_it_names_what_can_be_had_again_of_what_they_may_see(event, ada):
    link: dict[str, Any] = {"recording_url": "https://v.example/1"}
    make.session(event, title="Watch it", starts_at=None, ends_at=None, format="on-demand", **link)
    make.workshop(event, title="Not hers", hour=16)
    day = found(seen(ada, at(19, 23)))

    assert (day.says, [card.title for card in day.again]) == ("", ["Watch it"])
    hers = event.sessions.filter(pk__in=day.own).in_order().values_list("title", flat=True)
    assert list(hers) == ["Welcome", "Rota", "Huddle"]
    assert day.now == day.following == ()


def test_it_costs_two_queries_however_many_there_are(event, ada, django_assert_num_queries):
    for count in (1, 30):
        for number in range(count):
            make.workshop(event, hour=9 + number / 4, hours=0.2)
        seen(ada, at(18, 10))  # the programme is in memory now
        fresh = Event.objects.get(pk=event.pk)
        with django_assert_num_queries(2):
            own = state_lookup.own_states(ada, at=at(18, 11)).values()
            their_day(fresh, own, reading.seen_now(fresh), at=at(18, 11) + timedelta(seconds=1))
