from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from django.utils.html import strip_tags

from common import times

WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
NINETY = timedelta(minutes=90)
TODAY = date(2026, 11, 2)


def test_a_span_names_the_day_the_hours_and_the_zone():
    words = times.format_span(WEDNESDAY, WEDNESDAY + NINETY, "Europe/London", today=TODAY)

    assert words == "Wednesday 18 November, 10:00 to 11:30 (UK and Ireland time)"


def test_a_span_over_midnight_names_the_day_of_its_end():
    late = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)

    words = times.format_span(late, late + NINETY, "Europe/Dublin", today=TODAY)

    assert words == "Wednesday 18 November, 23:00 to Thursday 19 November, 00:30 (UK and Ireland time)"


def test_summer_time_moves_the_clock_and_not_the_name():
    july = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)

    assert times.format_moment(july, "Europe/London", today=TODAY) == (
        "Wednesday 1 July, 10:00 (UK and Ireland time)"
    )


def test_a_span_over_the_change_of_clocks_shows_what_the_clocks_show():
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)

    assert times.format_hours(before, before + timedelta(hours=1), "Europe/London", today=TODAY) == (
        "00:30 to 02:30"
    )


@pytest.mark.parametrize(
    ("day", "today", "words"),
    [
        (date(2026, 11, 18), date(2026, 1, 2), "Wednesday 18 November"),
        (date(2027, 1, 4), date(2026, 12, 20), "Monday 4 January"),
        (date(2026, 11, 18), date(2027, 1, 15), "Wednesday 18 November"),
        (date(2026, 11, 18), date(2027, 6, 1), "Wednesday 18 November 2026"),
        (date(2027, 11, 17), date(2026, 11, 2), "Wednesday 17 November 2027"),
    ],
)
def test_the_year_is_said_where_it_could_be_mistaken(day, today, words):
    assert times.format_day(day, today=today) == words


@time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC))
def test_today_is_the_sites_own_day_where_nobody_says():
    assert times.format_day(date(2027, 11, 17)) == "Wednesday 17 November 2027"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "UK and Ireland time"),
        ("Europe/Dublin", "UK and Ireland time"),
        ("GB", "UK and Ireland time"),
        ("America/New_York", "New York time, UTC−5"),
        ("Asia/Kolkata", "Kolkata time, UTC+5:30"),
        ("Africa/Accra", "Accra time, UTC"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time, UTC−3"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
    ],
)
def test_a_zone_is_named_for_people(zone, words):
    assert times.zone_name(zone, WEDNESDAY) == words


def test_a_zone_without_a_moment_is_named_without_its_distance():
    assert times.zone_name("America/New_York") == "New York time"


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        ("America/New_York", "05:00 to 06:30 for you"),
        ("Pacific/Auckland", "23:00 to Thursday 19 November, 00:30 for you"),
        ("Pacific/Kiritimati", "Thursday 19 November, 00:00 to 01:30 for you"),
        ("Europe/Dublin", ""),
        ("Africa/Accra", ""),
        ("", ""),
        ("Mars/Olympus", ""),
    ],
)
def test_the_readers_hours_are_told_where_their_clocks_differ(reader, words):
    assert times.reader_span(WEDNESDAY, WEDNESDAY + NINETY, "Europe/London", reader, today=TODAY) == words


def test_accra_differs_in_summer_only():
    july = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)

    words = times.reader_span(july, july + NINETY, "Europe/London", "Africa/Accra", today=TODAY)

    assert words == "09:00 to 10:30 for you"


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        ("America/New_York", "05:00 for you"),
        ("Pacific/Kiritimati", "Thursday 19 November, 00:00 for you"),
        ("Europe/London", ""),
        ("nonsense", ""),
    ],
)
def test_the_readers_moment(reader, words):
    assert times.reader_moment(WEDNESDAY, "Europe/London", reader, today=TODAY) == words


def test_an_unknown_zone_is_refused():
    with pytest.raises(ValidationError, match="Europe/London"):
        times.validate_time_zone("Europe/Atlantis")


def render(source: str, *, autoescape: bool = True, **values: object) -> str:
    context = Context(
        {"start": WEDNESDAY, "end": WEDNESDAY + NINETY, "zone": "Europe/London", **values},
        autoescape=autoescape,
    )
    return Template("{% load times %}" + source).render(context)


BO = SimpleNamespace(time_zone="America/New_York")


@time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC))
def test_the_span_tag_writes_times_a_machine_can_read():
    html = render("{% span start end zone %}", request=SimpleNamespace(user=BO))

    assert html == (
        '<time datetime="2026-11-18T10:00:00+00:00">Wednesday 18 November, 10:00</time> to '
        '<time datetime="2026-11-18T11:30:00+00:00">11:30</time> (UK and Ireland time) '
        '<span class="reader-time">05:00 to 06:30 for you</span>'
    )


@time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC))
def test_a_span_for_everybody_leaves_the_reader_out():
    html = render("{% span start end zone for_reader=False %}", request=SimpleNamespace(user=BO))

    assert "for you" not in html


@time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC))
def test_in_plain_text_the_tags_write_words_alone():
    text = render("{% span start end zone %}", autoescape=False, recipient=BO)

    assert text == ("Wednesday 18 November, 10:00 to 11:30 (UK and Ireland time), 05:00 to 06:30 for you")


@time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC))
def test_hours_moment_and_day_on_pages_and_in_plain_text():
    nobody = SimpleNamespace(user=SimpleNamespace())

    assert render("{% hours start end zone %}", request=nobody) == (
        '<time datetime="2026-11-18T10:00:00+00:00">10:00</time> to '
        '<time datetime="2026-11-18T11:30:00+00:00">11:30</time>'
    )
    assert render("{% moment start zone %}", request=nobody) == (
        '<time datetime="2026-11-18T10:00:00+00:00">Wednesday 18 November, 10:00 (UK and Ireland time)</time>'
    )
    assert render("{% hours start end zone %}", autoescape=False, request=nobody) == "10:00 to 11:30"
    assert render("{% moment start zone %}", autoescape=False, recipient=BO) == (
        "Wednesday 18 November, 10:00 (UK and Ireland time), 05:00 for you"
    )
    assert render("{{ start|day:zone }} {{ zone|zone_name }}") == "Wednesday 18 November UK and Ireland time"


@pytest.mark.parametrize(
    ("tag", "first", "a_year_before", "in_german", "to_bo"),
    [
        (
            "span start end zone",
            "Wednesday 18 November, 10:00 to 11:30 (UK and Ireland time)",
            "Wednesday 18 November 2026, 10:00 to 11:30 (UK and Ireland time)",
            "Mittwoch 18 November, 10:00 to 11:30 (UK and Ireland time)",
            "Wednesday 18 November, 10:00 to 11:30 (UK and Ireland time), 05:00 to 06:30 for you",
        ),
        (
            "moment start zone",
            "Wednesday 18 November, 10:00 (UK and Ireland time)",
            "Wednesday 18 November 2026, 10:00 (UK and Ireland time)",
            "Mittwoch 18 November, 10:00 (UK and Ireland time)",
            "Wednesday 18 November, 10:00 (UK and Ireland time), 05:00 for you",
        ),
        (
            "days start.date end.date",
            "Wednesday 18 November",
            "Wednesday 18 November 2026",
            "Mittwoch 18 November",
            "Wednesday 18 November",
        ),
    ],
)
def test_what_was_written_once_is_written_anew_on_another_day_to_another_reader_and_in_another_language(
    settings: Any, tag: str, first: str, a_year_before: str, in_german: str, to_bo: str
):
    settings.LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
    written = []
    for day in (datetime(2026, 11, 2, 10, tzinfo=UTC), datetime(2025, 5, 2, 10, tzinfo=UTC)):
        with time_machine.travel(day):
            written.append(words_of(f"{{% {tag} %}}"))
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC)):
        with translation.override("de"):
            written.append(words_of(f"{{% {tag} %}}"))
        written += [words_of(f"{{% {tag} %}}", recipient=BO), words_of(f"{{% {tag} %}}")]

    assert written == [first, a_year_before, in_german, to_bo, first]


def words_of(source: str, **values: object) -> str:
    """What is read of markup."""
    return strip_tags(render(source, **values))  # type: ignore[arg-type]  # no switch among them


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 18), date(2026, 11, 18), ("", "Wednesday 18 November")),
        (date(2026, 11, 18), date(2026, 11, 19), ("Wednesday 18", "Thursday 19 November")),
        (date(2026, 11, 30), date(2026, 12, 1), ("Monday 30 November", "Tuesday 1 December")),
        (date(2027, 1, 5), date(2027, 1, 6), ("Tuesday 5", "Wednesday 6 January 2027")),
        (date(2027, 1, 5), date(2027, 1, 5), ("", "Tuesday 5 January 2027")),
        (date(2026, 12, 31), date(2027, 1, 1), ("Thursday 31 December 2026", "Friday 1 January 2027")),
        (date(2025, 11, 18), date(2025, 11, 19), ("Tuesday 18", "Wednesday 19 November 2025")),
    ],
)
def test_the_days_of_an_event_say_once_what_they_share_and_the_year_where_it_is_another(first, last, words):
    assert times.format_days(first, last, today=date(2026, 11, 2)) == words


TWICE = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]


def test_an_hour_that_the_clocks_repeat_says_which_of_the_two_is_meant():
    zones = ("Europe/London", "America/New_York")

    assert [times.format_clock(at, "Europe/London") for at in TWICE] == ["01:30 (UTC+1)", "01:30 (UTC)"]
    assert times.format_hours(TWICE[0], TWICE[1], "Europe/London") == "01:30 (UTC+1) to 01:30 (UTC)"
    assert [times.format_clock(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), zone) for zone in zones] == [
        "05:30",
        "01:30 (UTC−4)",
    ]
    assert (
        times.reader_span(TWICE[0], TWICE[1], "Asia/Kolkata", "Europe/London")
        == "01:30 (UTC+1) to 01:30 (UTC) for you"
    )


def test_an_hour_that_the_clocks_skip_is_no_repeated_one():
    at = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)

    assert [times.format_clock(moment, "Europe/London") for moment in (at, at + timedelta(minutes=1))] == [
        "00:59",
        "02:00",
    ]
