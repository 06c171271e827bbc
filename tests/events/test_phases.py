"""The phases of an event: each begins and ends at its second, by the clocks of where the event is."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from events.models import Event
from events.phases import Phase, day_of, next_day, phase_of
from tests import make

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
LONDON = "Europe/London"


def there(event: Event, year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """The moment at which clocks show that where the event is."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(event.time_zone))


def phases(event: Event, *moments: datetime) -> list[tuple[str, str]]:
    """Return for each moment the phase of the second before, and the one that begins."""
    fresh = Event.objects.get(pk=event.pk)
    return [(phase_of(fresh, at=one - SECOND).value, phase_of(fresh, at=one).value) for one in moments]


def on(event: Event, starts: datetime, ends: datetime, **fields: Any) -> None:
    make.session(event, starts_at=starts, ends_at=ends, **fields)


@pytest.fixture
def event() -> Event:
    """Two days, from 10:00 to 16:00 and from 9:30 to 15:00; booking opens at noon on 2 November."""
    made = make.event(slug="2026", booking_opens_at=datetime(2026, 11, 2, 12, tzinfo=UTC))
    for day, first, last in ((0, 10, 15), (1, 9.5, 14)):
        make.session(made, day=day, hour=first)
        make.session(made, day=day, hour=last)
    return made


def test_each_phase_begins_at_its_second(event):
    assert phases(
        event,
        there(event, 2026, 11, 2, 12),
        there(event, 2026, 11, 17),
        there(event, 2026, 11, 18),
        there(event, 2026, 11, 18, 16, 30),
        there(event, 2026, 11, 19),
        there(event, 2026, 11, 19, 15, 30),
    ) == [
        ("before-booking", "booking"),
        ("booking", "day-before"),
        ("day-before", "on-now"),
        ("on-now", "between-days"),
        ("between-days", "on-now"),
        ("on-now", "after"),
    ]


def test_what_the_team_says_of_an_event_is_its_phase_at_any_time(event):
    moments = [there(event, 2026, 11, day, 12) for day in (1, 17, 18, 25)]
    said = {}
    for status in ("draft", "cancelled", "archived"):
        event.status = status
        said[status] = {phase_of(event, at=at).value for at in moments}

    assert said == {"draft": {"draft"}, "cancelled": {"called-off"}, "archived": {"archived"}}


def test_what_was_cancelled_or_not_published_makes_no_day_longer(event):
    for status, hour in (("cancelled", 18), ("draft", 19)):
        make.session(event, hour=hour, status=status)

    assert phases(event, there(event, 2026, 11, 18, 16, 30)) == [("on-now", "between-days")]


def test_a_day_in_the_middle_without_sessions_is_between_days():
    event = make.event(first_day=date(2026, 11, 18), last_day=date(2026, 11, 20))
    make.session(event)
    make.session(event, day=2, status="cancelled")
    make.session(event, day=2, hour=11)

    assert phases(event, *(there(event, 2026, 11, day) for day in (19, 20))) == [
        ("between-days", "between-days"),
        ("between-days", "on-now"),
    ]
    following = next_day(event, at=there(event, 2026, 11, 19, 12))
    assert following is not None
    assert (following.number, following.date, following.starts_at, following.sessions) == (
        2,
        date(2026, 11, 20),
        there(event, 2026, 11, 20, 11),
        1,
    )
    assert day_of(event, at=there(event, 2026, 11, 19, 12)) is None


def test_days_of_an_event_may_lie_weeks_apart():
    event = make.event(first_day=date(2026, 11, 18), last_day=date(2026, 12, 9))
    for day in (0, 7, 21):
        make.session(event, day=day)

    assert [
        phase_of(event, at=there(event, 2026, 11, day, 12)).value for day in (17, 18, 19, 24, 25, 26)
    ] == [
        "day-before",
        "between-days",
        "between-days",
        "between-days",
        "between-days",
        "between-days",
    ]
    assert phases(event, there(event, 2026, 11, 25), there(event, 2026, 12, 9, 11, 30)) == [
        ("between-days", "on-now"),
        ("on-now", "after"),
    ]


def test_without_a_programme_an_event_is_on_on_each_of_its_days():
    event = make.event(first_day=date(2026, 11, 18), last_day=date(2026, 11, 20))
    make.session(event, starts_at=None, ends_at=None)

    assert phases(event, *(there(event, 2026, 11, day) for day in (18, 19, 21))) == [
        ("day-before", "on-now"),
        ("on-now", "on-now"),
        ("on-now", "after"),
    ]


def test_the_first_and_the_last_day_are_on_without_sessions_too():
    event = make.event(first_day=date(2026, 11, 18), last_day=date(2026, 11, 20))
    make.session(event, day=1)

    assert phases(
        event,
        there(event, 2026, 11, 18),
        there(event, 2026, 11, 19, 11, 30),
        there(event, 2026, 11, 20),
        there(event, 2026, 11, 21),
    ) == [
        ("day-before", "on-now"),
        ("on-now", "between-days"),
        ("between-days", "on-now"),
        ("on-now", "after"),
    ]


def test_an_event_of_one_day_is_never_between_days():
    event = make.event(first_day=date(2026, 11, 18), last_day=date(2026, 11, 18))
    make.session(event)

    assert phases(event, there(event, 2026, 11, 18), there(event, 2026, 11, 18, 11, 30)) == [
        ("day-before", "on-now"),
        ("on-now", "after"),
    ]


def test_a_session_that_crosses_midnight_belongs_to_the_day_on_which_it_begins():
    event = make.event(first_day=date(2026, 11, 18), last_day=date(2026, 11, 20))
    make.session(event, hour=23, hours=2)
    make.session(event, day=2, hour=22, hours=4)

    assert phases(
        event,
        there(event, 2026, 11, 19, 0),
        there(event, 2026, 11, 19, 1, 30),
        there(event, 2026, 11, 21, 0),
        there(event, 2026, 11, 21, 2, 30),
    ) == [("on-now", "on-now"), ("on-now", "between-days"), ("on-now", "on-now"), ("on-now", "after")]


@pytest.mark.parametrize(
    ("first_day", "zone"),
    [
        (date(2026, 10, 24), LONDON),  # the clocks go back in its second night
        (date(2027, 3, 27), LONDON),  # and forward
        (date(2026, 9, 5), "America/Santiago"),  # forward at midnight, which the clocks never show
        (date(2026, 11, 18), "Pacific/Kiritimati"),  # a day before UTC
        (date(2026, 11, 18), "America/New_York"),
    ],
)
def test_days_begin_and_end_by_the_clocks_of_the_event(first_day, zone):
    event = make.event(first_day=first_day, last_day=first_day + timedelta(days=1), time_zone=zone)
    place = ZoneInfo(zone)
    for day in (first_day, first_day + timedelta(days=1)):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=place)
        on(event, noon, noon + timedelta(hours=1))
    midnights = [
        datetime(day.year, day.month, day.day, tzinfo=place).astimezone(UTC)
        for day in (first_day + timedelta(days=more) for more in (-1, 0, 1))
    ]

    assert phases(event, *midnights) == [
        ("booking", "day-before"),
        ("day-before", "on-now"),
        ("between-days", "on-now"),
    ]


def test_an_hour_that_comes_twice_is_over_the_second_time():
    """On 25 October 2026 the clocks of London show 1:00 to 2:00 twice."""
    event = make.event(first_day=date(2026, 10, 24), last_day=date(2026, 10, 24), time_zone=LONDON)
    on(event, datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 0, 15, tzinfo=UTC))

    assert phases(event, datetime(2026, 10, 25, 0, 45, tzinfo=UTC)) == [("on-now", "after")]


def test_it_asks_for_no_programme_before_and_long_after(event, django_assert_num_queries):
    far = [there(event, 2026, *when) for when in ((1, 1), (11, 16, 23), (11, 17, 12), (11, 21), (12, 24))]

    with django_assert_num_queries(0):
        assert [phase_of(event, at=at).value for at in far] == [
            "before-booking",
            "booking",
            "day-before",
            "after",
            "after",
        ]


def test_near_the_event_the_programme_is_read_once(event, django_assert_num_queries):
    phase_of(event, at=there(event, 2026, 11, 18, 12))

    with django_assert_num_queries(0):
        assert phase_of(event, at=there(event, 2026, 11, 18, 13)) is Phase.ON_NOW


def test_a_session_that_is_put_later_makes_its_day_longer(event):
    at = there(event, 2026, 11, 18, 16, 30)
    make.session(event, hour=17)

    assert phases(event, at, at + timedelta(hours=2)) == [("on-now", "on-now"), ("on-now", "between-days")]
