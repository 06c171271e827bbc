"""Days and times in words: Welsh, Irish, and as English people say them."""

from datetime import date

import pytest

from workshops.programme_import.cells.days import Days
from workshops.programme_import.cells.lengths import length_of
from workshops.programme_import.cells.times import said
from workshops.programme_import.cells.words import in_figures

DAYS = Days(date(2026, 12, 9), date(2026, 12, 10))


@pytest.mark.parametrize(
    "text",
    [
        "9 Rhagfyr 2026", "9fed Rhagfyr", "9 o Ragfyr 2026", "Dydd Mercher 9 Rhagfyr 2026", "Mercher",
        "dydd mercher", "9 Nollaig 2026", "9 Mí na Nollag 2026", "Dé Céadaoin 9 Nollaig", "De Ceadaoin",
        "9ú Nollaig",
    ],
)  # fmt: skip
def test_a_day_in_welsh_or_irish_is_read(text):
    assert said(text, DAYS).day == date(2026, 12, 9)


WELSH = [
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref",
    "Tachwedd", "Rhagfyr",
]  # fmt: skip
IRISH = [
    "Eanáir", "Feabhra", "Márta", "Aibreán", "Bealtaine", "Meitheamh", "Iúil", "Lúnasa", "Meán Fómhair",
    "Deireadh Fómhair", "Samhain", "Nollaig",
]  # fmt: skip


@pytest.mark.parametrize("names", [WELSH, IRISH])
def test_each_month_is_the_one_of_its_name(names):
    days = [said(f"5 {name} 2026", DAYS).day for name in names]

    assert days == [date(2026, month, 5) for month in range(1, 13)]


def test_mawrth_is_march_and_tuesday():
    assert said("Dydd Mawrth 3 Mawrth 2026", DAYS).day == date(2026, 3, 3)


def test_a_weekday_that_is_not_that_days_is_refused_in_other_languages_too():
    with pytest.raises(ValueError, match="is a Wednesday, not a Thursday"):
        said("Dydd Iau 9 Rhagfyr", DAYS)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9 o'clock", "9:00:00"), ("9 o’clock", "9:00:00"), ("nine o'clock", "9:00:00"),
        ("half past nine", "9:30:00"), ("Half past 9", "9:30:00"), ("quarter to ten", "9:45:00"),
        ("a quarter past ten", "10:15:00"), ("twenty to one", "12:40:00"), ("ten past twelve", "12:10:00"),
        ("half past nine am", "9:30:00"), ("half past two pm", "14:30:00"),
        ("9.30yb", "9:30:00"), ("2.30 yp", "14:30:00"), ("9.30 r.n.", "9:30:00"), ("2.30 i.n.", "14:30:00"),
        ("canol dydd", "12:00:00"), ("Meán lae", "12:00:00"), ("hanner nos", "1 day, 0:00:00"),
    ],
)  # fmt: skip
def test_a_time_in_words_is_read(text, clock):
    assert str(said(text, DAYS).clock) == clock


@pytest.mark.parametrize(
    "text", ["nine", "half nine", "9-10", "+45", "90 min", "9'30", "09;30", "approx 10:00", "AM", "half past"]
)
def test_what_may_mean_something_else_is_refused(text):
    with pytest.raises(ValueError, match="is not a time such as"):
        said(text, DAYS)


@pytest.mark.parametrize(
    "text", ["Siân’s clinic", "Wednesday 9 December", "9 Dec 2026 10:00 AM", "Maidstone", "TBC"]
)
def test_other_words_are_returned_as_they_are(text):
    assert in_figures(text) == text


@pytest.mark.parametrize("text", ["0.5", "0,5", "0.75", "0.25"])
def test_a_number_that_may_be_hours_or_a_part_of_a_day_is_refused(text):
    with pytest.raises(ValueError, match="could be hours or minutes"):
        length_of(text)
