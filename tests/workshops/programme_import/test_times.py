"""What cells say of days, times and lengths: as people write them, or refused in a sentence."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workshops.programme_import.cells.days import Days, order_of, other_way
from workshops.programme_import.cells.lengths import length_of
from workshops.programme_import.cells.times import moment, said

DAYS = Days(date(2026, 12, 9), date(2026, 12, 10))
LONDON = ZoneInfo("Europe/London")


def told(text, days=DAYS):
    """What the cell says, in one line: the parts that are there."""
    found = said(text, days)
    clocks = [str(clock) for clock in (found.clock, found.end) if clock is not None]
    offset = str(found.offset) if found.offset else found.zone
    return " ".join(str(part) for part in (found.day, *clocks, found.end_day, offset) if part)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        *[
            (text, "9:30:00")
            for text in ("9:30", "09.30", "09,30", "9h30", "0930", "930", "09:30:00", "9:30 AM")
        ],
        *[
            (text, "9:30:00")
            for text in ("9.30am", "9:30 a.m.", "9:30\u00a0am", "09:30 hrs", "at 9:30", "9 : 30")
        ],
        *[(text, "9:30:00") for text in ("0.395833333333333", "0.39583", "0.3958", "1899-12-30T09:30:00")],
        *[(text, "13:30:00") for text in ("1.30pm", "1:30 PM", "13:30", "13.30 pm", "1330")],
        *[(text, "12:00:00") for text in ("12.00", "12pm", "noon", "12 noon", "midday", "0.5")],
        *[(text, "0:00:00") for text in ("0:00", "12am", "00.00")],
        *[(text, "1 day, 0:00:00") for text in ("24:00", "24.00", "midnight")],
        *[(text, "9:00:00") for text in ("9am", "9 AM", "9h", "0.375")],
    ],
)
def test_a_time_of_day_is_read_as_it_is_written(text, clock):
    assert told(text) == clock


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9", "“9” could be an hour or something else."),
        ("9.3", "“9.3” has lost a nought, or is a number."),
        ("0.30", "“0.30” could be a time or a part of a day."),
        ("0.396", "“0.396” is a part of a day and no whole minute."),
        ("13:00 AM", "“13:00 AM” is not a time such as 9:30"),
        ("25:00", "“25:00” is not a time"),
        ("9:60", "“9:60” is not a time"),
        ("soon", "“soon” is not a time"),
        ("9:00 onwards", "“9:00 onwards” is not a time"),
        ("On Monday & Tuesday", "“On Monday & Tuesday” names two days."),
        ("9–10 December 2026", "“9–10 December 2026” is not a time"),
        ("9 December 2026, 10 December 2026", "“9 December 2026, 10 December 2026” names two days."),
        ("Monday 9 December 2026", "“Monday 9 December 2026” is a Wednesday, not a Monday."),
        ("Monday", "“Monday” is no day of the event."),
        ("Day 3", "The event has no day 3."),
        ("31/02/2026", "“31/02/2026” is no day of the calendar."),
        ("2026-02-30", "“2026-02-30” is no day of the calendar."),
        ("26-12-09", "The year “09” has two figures."),
        ("9 December 0026", "“9 December 0026” is not in a year of this time."),
        ("9:30 +15:00", "“9:30 +15:00” has an offset that no place has."),
        ("x" * 200, "“xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” is not a time."),
    ],
)
def test_what_cannot_be_understood_is_refused_in_a_sentence(text, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        said(text, DAYS)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-09", "2026/12/09", "20261209", "2026-12-9", "09/12/2026", "9/12/2026", "9/12/26",
        "09.12.2026", "9 December 2026", "9 Dec", "9th December",
        "9-Dec-26", "09Dec2026", "December 9, 2026",
        "Dec. 9", "Wednesday 9 December", "Wed, 9 Dec 2026", "Wednesday", "Day 1",
        "Day 1: Wednesday 9 December",
        "46365", "9/12",
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_written(text):
    assert told(text) == "2026-12-09"


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-09T09:30:00", "2026-12-09 09.30", "09.12.2026 9:30", "09/12/2026 09:30", "Wed 9 Dec, 9:30",
        "09 Dec 2026 09:30 AM", "9 Dec 9.30am", "9 December 2026 at 9.30", "46365.39583", "20261209T0930",
        "09:30 9 December 2026",
    ],
)  # fmt: skip
def test_a_day_and_a_time_in_one_cell(text):
    assert told(text) == "2026-12-09 9:30:00"


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("December 9, 2026 09:30 +0000", "UTC"),
        ("2026-12-09 09:30:00+00:00", "UTC"),
        ("2026-12-09T09:30Z", "UTC"),
        ("2026-12-09T09:30:00.000Z", "UTC"),
        ("2026-12-09 09:30 GMT", "UTC"),
        ("2026-12-09T09:30-05:00", "UTC-05:00"),
        ("2026-12-09 09:30:00 -0500", "UTC-05:00"),
        ("2026-12-09 09:30 UTC+1", "UTC+01:00"),
        ("2026-12-09 09:30 BST", "BST"),
        ("2026-12-09T09:30[Europe/London]", "Europe/London"),
    ],
)
def test_an_offset_is_kept(text, offset):
    assert told(text) == f"2026-12-09 9:30:00 {offset}"


@pytest.mark.parametrize(
    ("text", "clocks"),
    [
        ("09:30 - 10:30", "9:30:00 10:30:00"),
        ("09:30-10:30", "9:30:00 10:30:00"),
        ("9.30–10.30am", "9:30:00 10:30:00"),
        ("9.30 - 10.30 pm", "21:30:00 22:30:00"),
        ("11-1pm", "11:00:00 13:00:00"),
        ("11.30 to 12.30pm", "11:30:00 12:30:00"),
        ("0930-1030", "9:30:00 10:30:00"),
        ("23:00 until midnight", "23:00:00 1 day, 0:00:00"),
        ("9 Dec 2026, 09:30 – 10:30", "2026-12-09 9:30:00 10:30:00"),
        ("2026-12-09 23:30 - 2026-12-10 00:30", "2026-12-09 23:30:00 0:30:00 2026-12-10"),
    ],
)
def test_a_start_and_an_end_in_one_cell(text, clocks):
    assert told(text) == clocks


@pytest.mark.parametrize("text", ["", " ", "TBC", "tba", "-", "n/a"])
def test_what_is_not_known_yet_says_nothing(text):
    assert told(text) == ""


@pytest.mark.parametrize(("text", "is_bare"), [("1:30", True), ("1:30pm", False), ("2026-12-09 1:30", False)])
def test_an_hour_that_may_be_of_the_afternoon_is_marked(text, is_bare):
    assert said(text, DAYS).is_bare is is_bare


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["22/12/2026", "09/12/2026"], (True, "09/12/2026")),
        (["12/22/2026", "12/09/2026"], (False, "12/09/2026")),
        (["12/09/2026", "12/10/2026"], (False, "12/09/2026")),
        (["09/12/2026"], (True, "09/12/2026")),
        (["05/06/2026"], (True, "05/06/2026")),
        (["22/12/2026"], (True, "")),
        (["12/12/2026", "9 December", "09.12.2026", "2026/12/09"], (True, "")),
    ],
)
def test_the_order_of_days_is_one_for_a_file(texts, found):
    assert order_of(texts, DAYS) == found


def test_figures_follow_the_order_where_they_have_two_readings():
    assert [told("12/10/2026", other_way(DAYS)), told("12/10/2026"), told("22/12/2026", other_way(DAYS))] == [
        "2026-12-10",
        "2026-10-12",
        "2026-12-22",
    ]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *[
            (text, 45)
            for text in ("45", "45 min", "45 minutes", "45m", "45'", "45.0", "0:45", "00:45:00", "PT45M")
        ],
        *[(text, 45) for text in ("0.03125", "¾ hour", "0.75 h", "45 mins.")],
        *[
            (text, 90)
            for text in ("1h30", "1 h 30", "1 hour 30", "1 hour 30 minutes", "1:30", "90", "1.5 hours")
        ],
        *[
            (text, 90)
            for text in ("1½ hours", "1 hour, 30 minutes", "1 hour and 30 minutes", "PT1H30M", "1,5 h")
        ],
        *[(text, minutes) for text, minutes in (("an hour", 60), ("half an hour", 30), ("1 hour", 60))],
    ],
)
def test_a_length_is_read_as_it_is_said(text, minutes):
    assert length_of(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "heading", "minutes"), [("2", "Length (hours)", 120), ("3", "Duration (min)", 3)]
)
def test_a_heading_says_what_a_number_counts(text, heading, minutes):
    assert length_of(text, heading) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["2", "0", "45:00", "25:00:00", "a while", "", "-5", "1000000"])
def test_a_length_that_could_be_two_things_is_refused(text):
    with pytest.raises(ValueError, match=r"^“.*” (could be hours or minutes|is not a length)"):
        length_of(text)


def test_a_moment_is_of_its_offset_or_local():
    half_past_nine = timedelta(hours=9, minutes=30)
    summer = date(2026, 7, 1)

    moments = [
        moment(summer, half_past_nine, None, LONDON),
        moment(summer, half_past_nine, None, LONDON, "BST"),
        moment(summer, half_past_nine, None, LONDON, "Europe/London"),
        moment(date(2026, 12, 9), timedelta(days=1), None, LONDON),
    ]

    assert moments == [
        *[datetime(2026, 7, 1, 9, 30, tzinfo=LONDON)] * 3,
        datetime(2026, 12, 10, tzinfo=LONDON),
    ]


@pytest.mark.parametrize(
    ("day", "name", "words"),
    [
        (date(2026, 3, 29), "", "There is no 01:30 on 29 March 2026: the clocks go forward."),
        (date(2026, 10, 25), "", "There are two 01:30 on 25 October 2026: the clocks go back."),
        (date(2026, 10, 25), "Europe/London", "There are two 01:30 on 25 October 2026"),
        (date(2026, 12, 9), "CET", "The time is of another zone, CET."),
    ],
)
def test_an_hour_that_is_not_there_or_twice_is_refused(day, name, words):
    with pytest.raises(ValueError, match=words):
        moment(day, timedelta(hours=1, minutes=30), None, LONDON, name)


def test_the_repeated_hour_is_told_apart_by_its_zone():
    day, clock = date(2026, 10, 25), timedelta(hours=1, minutes=30)

    summer, winter = moment(day, clock, None, LONDON, "BST"), moment(day, clock, None, LONDON, "GMT")

    assert (summer, winter) == (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    )
