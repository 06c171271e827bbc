"""Which day a cell of a programme names: in figures, in words, by weekday or by number ("Day 2").

Pure: text and the days of the event in, a date out. 09/12/2026 has two readings; which one counts is
decided once for a whole file (``order_of``). A day without a year is the event's. ``ValueError`` says in a
sentence what cannot be understood; nothing is guessed at.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from workshops.programme_import.cells.words import in_figures

#: A day outside of these years is a slip, and some cannot be stored.
FIRST_YEAR, LAST_YEAR = 1990, 2100
#: Where programs begin to count: a time alone may carry such a day.
DAYS_OF_NO_MEANING: Final = {
    date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1),
}  # fmt: skip
_EPOCH: Final = date(1899, 12, 30)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH: Final = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in _MONTHS) + "|sept"
_WEEKDAY: Final = re.compile(
    r"\b(mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b[.,]?",
    re.IGNORECASE,
)
_AFTER: Final = r"(?=$|[\sT,;)\]]|[-–—](?!\d))"
#: A year that is not the hour of a time.
_YEAR: Final = r"(?:[\s,./-]*'?(\d{4}|\d{2})(?![\d:h]|[.,]\d|\s*(?:[ap]\.?m\b|[-–—]\s*\d|to\b|noon)))?"
_ISO: Final = re.compile(rf"(?<![\d/.-])(\d{{4}})([-/.]?)(\d\d?)\2(\d\d?){_AFTER}")
_FIGURES: Final = re.compile(rf"(?<![\d/.:-])(\d\d?)([-/.])(\d\d?)\2(\d{{4}}|\d{{2}}){_AFTER}")
_DAY_MONTH: Final = re.compile(
    rf"(?<!\d)(\d\d?)(?:st|nd|rd|th)?(?:\s+of\s+|[\s./-]*)({_MONTH})(?![a-z])\.?{_YEAR}", re.IGNORECASE
)
_MONTH_DAY: Final = re.compile(
    rf"\b({_MONTH})\b\.?\s*(\d\d?)(?:st|nd|rd|th)?(?!\d|[:.h]\d){_YEAR}", re.IGNORECASE
)
_NUMBERED: Final = re.compile(r"\bday\s*(\d{1,2})\b:?", re.IGNORECASE)


@dataclass(frozen=True)
class Days:
    """The days of the event, and how figures such as 09/12/2026 are read."""

    first: date
    last: date
    is_day_first: bool = True

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def all(self) -> list[date]:
        """Return each day."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def in_words(day: date) -> str:
    """Return "9 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def take_day(text: str, days: Days) -> tuple[date | None, str]:
    """Return the day that a text names and the text without it; ``None`` where it names none.

    Raises ``ValueError`` for a day that does not exist, two days, or a weekday that is not that day's.
    """
    text = in_figures(text)
    day, rest = _without(text, days)
    if day is not None:
        second, rest = _without(rest, days)
        if second not in (None, day):
            raise ValueError(f"“{text}” names two days.")
    return _weekday_too(text, rest, day, days)


def _without(text: str, days: Days) -> tuple[date | None, str]:
    for pattern, read in _PATTERNS:
        match = pattern.search(text)
        if match and (day := read(match, days)):
            if not FIRST_YEAR <= day.year <= LAST_YEAR and day not in DAYS_OF_NO_MEANING:
                raise ValueError(f"“{text}” is not in a year of this time.")
            before, after = text[: match.start()].rstrip(" ,;("), text[match.end() :].lstrip(" ,;)")
            return day, f"{before} {after.removeprefix('T') if after[:2] != 'Th' else after}".strip()
    return None, text


def _weekday_too(text: str, rest: str, day: date | None, days: Days) -> tuple[date | None, str]:
    """Take the weekday off; alone it is the event's only day of that name."""
    numbers = {_number(match[1], _WEEKDAYS) for match in _WEEKDAY.finditer(rest)}
    rest = " ".join(_WEEKDAY.sub(" ", rest).split()).strip(" ,")
    if len(numbers) > 1:
        raise ValueError(f"“{text}” names two days.")
    if not numbers:
        return day, rest
    (number,) = numbers
    if day is None:
        found = [one for one in days.all() if one.weekday() == number]
        if len(found) != 1:
            which = "is no day" if not found else "is more than one day"
            raise ValueError(f"“{text}” {which} of the event. Write the date.")
        return found[0], rest
    if day.weekday() != number:
        name, meant = _WEEKDAYS[day.weekday()].title(), _WEEKDAYS[number].title()
        raise ValueError(f"“{text}” is a {name}, not a {meant}.")
    return day, rest


def _of_iso(match: re.Match[str], _: Days) -> date | None:
    return (
        _date(match, int(match[1]), int(match[3]), int(match[4])) if match[2] or len(match[0]) == 8 else None
    )


def _of_words(match: re.Match[str], days: Days) -> date | None:
    figure, word = (match[1], match[2]) if match[1].isdecimal() else (match[2], match[1])
    month = _number(word, _MONTHS) + 1
    if year := match[3]:
        return _date(match, _whole_year(year, days), month, int(figure))
    found = [day for day in days.all() if (day.month, day.day) == (month, int(figure))]
    return found[0] if found else _date(match, days.first.year, month, int(figure))


def _of_figures(match: re.Match[str], days: Days) -> date | None:
    day_first, month_first = readings(match, days)
    found = (day_first or month_first) if days.is_day_first else (month_first or day_first)
    if found is None:
        raise ValueError(f"“{match[0]}” is no day of the calendar.")
    return found


def readings(match: re.Match[str], days: Days) -> tuple[date | None, date | None]:
    """Return what figures are with the day first, and with the month first (never where parted by dots)."""
    first, second, year = int(match[1]), int(match[3]), _whole_year(match[4], days)
    month_first = None if match[2] == "." else _possible(year, first, second)
    return _possible(year, second, first), month_first


def _of_number(match: re.Match[str], days: Days) -> date | None:
    number = int(match[1])
    if not 1 <= number <= len(days.all()):
        raise ValueError(f"The event has no day {number}.")
    return days.all()[number - 1]


_PATTERNS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Days], date | None]], ...]] = (
    (_ISO, _of_iso), (_DAY_MONTH, _of_words), (_MONTH_DAY, _of_words), (_FIGURES, _of_figures),
    (_NUMBERED, _of_number),
)  # fmt: skip


def _whole_year(text: str, days: Days) -> int:
    """Return the year of "2026", or of "26" where that is about the event's."""
    if len(text) == 4:
        return int(text)
    year = days.first.year // 100 * 100 + int(text)
    if abs(year - days.first.year) > 1:
        raise ValueError(f"The year “{text}” has two figures. Write all four.")
    return year


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date(match: re.Match[str], year: int, month: int, day: int) -> date:
    found = _possible(year, month, day)
    if found is None:
        raise ValueError(f"“{match[0].strip()}” is no day of the calendar.")
    return found


def _number(word: str, names: tuple[str, ...]) -> int:
    return next(number for number, name in enumerate(names) if name.startswith(word[:3].lower()))


def day_of(text: str, days: Days) -> date | None:
    """Return the day of a cell that holds a day and perhaps a time; ``None`` where it names none."""
    if serial := re.fullmatch(r"([345]\d{4})(?:[.,]\d+)?", text):
        return _EPOCH + timedelta(days=int(serial[1]))
    if short := re.fullmatch(r"(\d\d?)[/.](\d\d?)\.?", text):
        return take_day(f"{short[1]}/{short[2]}/{days.first.year}", days)[0]
    return take_day(text, days)[0]


def order_of(texts: Iterable[str], days: Days) -> tuple[bool, str]:
    """Return whether figures are read day first, and an example that has two readings ("" for none).

    One day that has but one reading decides for the file; else the reading with more days in the event's;
    else the day is first, as in the site's own forms.
    """
    found = [(text, *_figures_of(text, days)) for text in texts]
    both = [(text, one, other) for text, one, other in found if one and other and one != other]
    only = {bool(one) for _, one, other in found if bool(one) != bool(other)}
    if not both:
        return True, ""
    if len(only) == 1:
        return only.pop(), both[0][0]
    day_first = sum(one in days for _, one, _ in both)
    month_first = sum(other in days for _, _, other in both)
    return day_first >= month_first, both[0][0]


def examples_of_two_orders(texts: Iterable[str], days: Days) -> list[str]:
    """Return a day that can only be read day first and one that can only be month first, if both occur."""
    found: dict[bool, str] = {}
    for text in texts:
        day_first, month_first = _figures_of(text, days)
        if bool(day_first) != bool(month_first):
            found.setdefault(bool(day_first), text)
    return [found[True], found[False]] if len(found) > 1 else []


def _figures_of(text: str, days: Days) -> tuple[date | None, date | None]:
    match = _FIGURES.search(text)
    if match is None or match[2] == "." or _ISO.search(text):
        return None, None
    try:
        return readings(match, days)
    except ValueError:
        return None, None


def other_way(days: Days) -> Days:
    """Return the days with the other reading of figures."""
    return replace(days, is_day_first=not days.is_day_first)
