"""Until when an offer is held: about a day, never into the night, never past the start."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from workshops.places.deadlines import (
    ANSWERED_WITHIN,
    AT_LEAST,
    EVENING,
    HALF_HOUR,
    MORNING,
    TELEPHONE,
    decision_deadline,
    offer_deadline,
)

LONDON = ZoneInfo("Europe/London")
UTC = ZoneInfo("UTC")


def at(text, zone=LONDON):
    return datetime.strptime(text, "%d %b %H:%M").replace(year=2026, tzinfo=zone)


@pytest.mark.parametrize(
    ("offered", "starts", "deadline"),
    [
        # a day later, by day
        ("02 Nov 10:00", "18 Nov 10:00", "03 Nov 10:00"),
        ("02 Nov 09:00", "18 Nov 10:00", "03 Nov 09:00"),
        ("02 Nov 21:00", "18 Nov 10:00", "03 Nov 21:00"),
        # not in the night: the next morning
        ("02 Nov 21:01", "18 Nov 10:00", "04 Nov 09:00"),
        ("02 Nov 03:00", "18 Nov 10:00", "03 Nov 09:00"),
        ("02 Nov 08:59", "18 Nov 10:00", "03 Nov 09:00"),
        # the next morning's hour is the last that is left
        ("02 Nov 03:00", "03 Nov 09:30", "03 Nov 09:00"),
        # the session is sooner than a day: half an hour before it
        ("17 Nov 15:00", "18 Nov 10:00", "18 Nov 09:30"),
        ("18 Nov 09:00", "18 Nov 10:00", "18 Nov 09:30"),
        # it starts before the next morning's hour: the evening before
        ("17 Nov 15:00", "18 Nov 09:00", "17 Nov 21:00"),
        ("17 Nov 15:00", "17 Nov 22:30", "17 Nov 21:00"),
        ("17 Nov 20:00", "18 Nov 09:00", "17 Nov 21:00"),
        # too late for that: as long as it can be held
        ("17 Nov 20:30", "18 Nov 09:00", "18 Nov 08:30"),
        ("17 Nov 23:00", "18 Nov 07:00", "18 Nov 06:30"),
        # so late that little is left before that: a quarter of an hour
        ("18 Nov 09:15", "18 Nov 10:00", "18 Nov 09:30"),
        ("18 Nov 09:16", "18 Nov 10:00", "18 Nov 09:31"),
        ("18 Nov 09:29", "18 Nov 10:00", "18 Nov 09:44"),
        ("18 Nov 09:50", "18 Nov 10:00", "18 Nov 10:00"),
    ],
)
def test_the_deadline_of_an_offer(offered, starts, deadline):
    held_until = offer_deadline(at(offered).astimezone(UTC), at(starts).astimezone(UTC), LONDON)

    assert held_until == at(deadline)


@pytest.mark.parametrize(
    ("offered", "deadline"),
    [
        # the clocks go back in the night of 25 October 2026, forward in that of 29 March
        ("24 Oct 12:00", "25 Oct 11:00"),
        ("24 Oct 09:30", "25 Oct 09:00"),
        ("24 Oct 21:30", "25 Oct 20:30"),
        ("28 Mar 12:00", "29 Mar 13:00"),
        ("28 Mar 20:30", "30 Mar 09:00"),
    ],
)
def test_a_day_is_24_hours_where_the_clocks_change_and_the_night_stays_the_night(offered, deadline):
    held_until = offer_deadline(at(offered).astimezone(UTC), at("18 Nov 10:00").astimezone(UTC), LONDON)

    assert held_until == at(deadline)


def test_the_night_is_that_of_the_event():
    auckland = ZoneInfo("Pacific/Auckland")
    offered, starts = at("02 Nov 10:00", UTC), at("18 Nov 10:00", UTC)

    held_until = offer_deadline(offered, starts, auckland)

    assert held_until == at("04 Nov 09:00", auckland)


ZONES = st.sampled_from(["Europe/London", "Pacific/Auckland", "America/St_Johns", "Asia/Kathmandu", "UTC"])
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.slow
@given(offered=MOMENTS, minutes=st.integers(1, 60 * 24 * 40), zone=ZONES.map(ZoneInfo))
@example(offered=datetime(2026, 10, 24, 23, 30, tzinfo=UTC), minutes=60 * 24 * 9, zone=LONDON)
def test_every_deadline_is_in_the_future_by_day_and_before_the_start(offered, minutes, zone):
    starts = offered + timedelta(minutes=minutes)

    deadline = offer_deadline(offered, starts, zone)

    assert offered < deadline <= starts
    assert deadline - offered <= timedelta(hours=37)
    assert deadline - offered >= ANSWERED_WITHIN or deadline == starts
    last_morning = starts - HALF_HOUR
    assume(deadline < last_morning)
    assert MORNING <= deadline.astimezone(zone).time().replace(second=0, microsecond=0) <= EVENING
    assert deadline - offered >= AT_LEAST


def test_day_and_night_are_what_the_page_says():
    assert (time(9), time(21)) == (MORNING, EVENING)


@pytest.mark.parametrize(
    ("moved", "starts", "deadline"),
    [
        # two days later, by day
        ("02 Nov 10:00", ("18 Nov 10:00", "18 Nov 10:30"), "04 Nov 10:00"),
        # not in the night: the next morning
        ("02 Nov 22:00", ("18 Nov 10:00", "18 Nov 10:30"), "05 Nov 09:00"),
        # the first of them is sooner: half an hour before it
        ("17 Nov 10:00", ("18 Nov 10:30", "18 Nov 10:00"), "18 Nov 09:30"),
        # it starts before the next morning's hour: the evening before
        ("17 Nov 17:00", ("18 Nov 08:30", "18 Nov 09:00"), "17 Nov 21:00"),
        # the evening before is too soon to decide anything: nothing ends before the start
        ("17 Nov 17:01", ("18 Nov 08:30", "18 Nov 09:00"), "18 Nov 08:30"),
        ("17 Nov 20:00", ("18 Nov 09:00", "18 Nov 10:00"), "18 Nov 09:00"),
        # within four hours nothing ends before the start of the first
        ("18 Nov 05:30", ("18 Nov 10:00", "18 Nov 10:30"), "18 Nov 09:30"),
        ("18 Nov 05:31", ("18 Nov 10:00", "18 Nov 10:30"), "18 Nov 10:00"),
        # what has begun is no deadline
        ("18 Nov 10:10", ("18 Nov 10:00", "18 Nov 10:30"), "18 Nov 10:30"),
    ],
)
def test_how_long_they_have_to_decide(moved, starts, deadline):
    assert decision_deadline(at(moved), [at(start) for start in starts], LONDON) == at(deadline)


@given(
    MOMENTS,
    st.timedeltas(timedelta(minutes=1), timedelta(days=60)),
    st.timedeltas(timedelta(0), timedelta(hours=3)),
)
def test_the_time_to_decide_ends_by_day_and_never_after_the_first_start(moved, until, between):
    first = moved + until

    deadline = decision_deadline(moved, [first + between, first], LONDON)

    assert moved < deadline <= first
    is_by_day = MORNING <= deadline.astimezone(LONDON).time() <= EVENING
    assert is_by_day or deadline >= first - HALF_HOUR
    assert deadline - moved >= TELEPHONE or deadline == first
