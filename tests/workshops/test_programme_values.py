"""The cells of real spreadsheets: what is understood, and what is refused with a way out."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.models import Session
from workshops import programme_values as values

LONDON, TOKYO = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tokyo")
AT_NINE = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)


def refusal(read, *arguments):
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # its whole text is compared
        read(*arguments)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("workshop", "workshop"),
        ("WORKSHOP", "workshop"),
        ("Workshops", "workshop"),
        ("Workshop (90 min)", "workshop"),
        ("Workshop session", "workshop"),
        ("Panel (fishbowl)", "panel"),
        ("on demand", "on-demand"),
        ("ON_DEMAND", "on-demand"),
        ("Keynote", "plenary"),
        ("Tutorial", "workshop"),
        ("Lightning talks", "talk"),
        ("Coffee break", "networking"),
        ("Round-table", "panel"),
        ("Poster session", "marketplace"),
    ],
)
def test_formats_are_known_by_our_words_and_by_those_of_others(text, meant):
    assert values.format_of(text).value == meant


@pytest.mark.parametrize("text", ["seance", "session", "(90 min)", "s"])
def test_an_unknown_format_is_refused_with_all_that_there_are(text):
    known = "plenary, talk, workshop, panel, marketplace, networking, on-demand"

    assert refusal(values.format_of, text) == f"“{text}” is not a format. The formats are: {known}."


def test_no_word_of_others_is_one_of_ours_or_stands_for_two():
    words = [word for others in values.SYNONYMS.values() for word in others]

    assert set(values.SYNONYMS) == set(Session.Format)
    assert len(set(words)) == len(words)
    assert not any(values.is_our_word(word) for word in words)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("20", 20),
        ("0", 0),
        ("20.0", 20),
        ("1,000", 1000),
        ("20 places", 20),
        ("20 People", 20),
        ("∞", None),
        ("No limit", None),
        ("unlimited", None),
        ("n/a", None),
        ("–", None),
    ],
)
def test_places_are_read_as_people_write_them(text, places):
    assert values.places_of(text) == places


@pytest.mark.parametrize("text", ["a dozen", "-1", "20.5", "approx 30", "10,00", "٢٠", "1e3", "20 or 30"])
def test_a_number_that_needs_guessing_is_refused(text):
    assert refusal(values.places_of, text) == f"“{text}” is not a whole number of places."


def test_more_places_than_can_be_meant_are_refused():
    told = "1,000,000 places are the most; leave it blank for no limit."

    assert refusal(values.places_of, "1,000,001") == told


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-18T09:00:00+00:00",
        "2026-11-18T10:00:00+01:00",
        "2026-11-18 10:00 +01:00",
        "2026-11-18T10:00+0100",
        "2026-11-18T09:00:00Z",
        "2026-11-18 09:00 UTC",
        "2026-11-18 9:00",
        "2026-11-18 09:00:00.000",
        "2026/11/18 09:00",
        "18.11.2026 9:00",
        "20261118T090000",
        "9:00",
        "09:00:00",
    ],
)
def test_a_moment_is_read_however_it_is_written(text):
    assert values.moment_of(text, date(2026, 11, 18), LONDON) == AT_NINE


def test_without_an_offset_it_is_the_events_time():
    assert values.moment_of("2026-11-18 18:00", None, TOKYO) == AT_NINE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("soon", "“soon” is not a time such as 2026-11-18 10:00 or 2026-11-18T10:00:00+00:00."),
        ("10:00", "“10:00” is a time without a day. Write 2026-11-18 10:00."),
        ("2026-11-18", "“2026-11-18” is a day without a time."),
        ("2026-W47-3", "“2026-W47-3” is a day without a time."),
        (
            "11/18/26 9:00",
            "“11/18/26 9:00” can be read with the day or the month first. Write it as 2026-11-18 10:00.",
        ),
        ("2026-03-29 01:30", "There is no 01:30 on that day: the clocks go forward."),
        ("0001-01-01T00:00+14:00", "“0001-01-01T00:00+14:00” is not in a year of this time."),
        ("9999-12-31T23:59-12:00", "“9999-12-31T23:59-12:00” is not in a year of this time."),
        ("0001-01-01 00:00", "“0001-01-01 00:00” is not in a year of this time."),
    ],
)
def test_a_time_that_cannot_be_meant_is_refused_with_the_way_to_write_it(text, told):
    assert refusal(values.moment_of, text, None, LONDON) == told


@pytest.mark.parametrize(
    "text", ["2026-11-18", "2026-11-18T00:00:00", "18.11.2026", "2026/11/18", "20261118"]
)
def test_a_day_is_read_however_it_is_written(text):
    assert values.day_of(text) == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Day 1", "“Day 1” is not a day such as 2026-11-18."),
        ("18/11/26", "“18/11/26” can be read with the day or the month first. Write it as 2026-11-18 10:00."),
        ("9999-12-31", "“9999-12-31” is not in a year of this time."),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(text, told):
    assert refusal(values.day_of, text) == told


@pytest.mark.parametrize(
    ("start", "end", "is_past"),
    [
        ("23:00", "0:30", True),
        ("9:00", "10:00", False),
        ("09:00:00", "9:00", True),
        ("10:00", "10:00", False),
        ("2026-11-18 23:00", "0:30", False),
    ],
)
def test_an_end_before_its_start_is_on_the_next_day(start, end, is_past):
    assert values.is_past_midnight(start, end) is is_past
