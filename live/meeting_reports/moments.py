"""Times as meeting reports write them: "11/19/2021 9:54:15 AM", "09/12/26, 09:28:29", "1h 1m 7s".

No zone stands beside them, and the order of day and month is that of whoever held the meeting: the file alone
does not say it, the day of the session does. Moments are therefore without a zone, and only compared with one
another.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

Order = Literal["dmy", "mdy"]
ORDERS: Final[tuple[Order, ...]] = ("dmy", "mdy")
#: Sessions are of one day; a meeting seen from another zone may be of the day beside it.
_BESIDE: Final = timedelta(days=1)

_TIME: Final = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(?:([ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PARTS: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}(?:\d{2})?)\b")
_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS: Final = {name: number for number, name in enumerate(_NAMES, 1)}
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<month>[a-z]{3})[a-z]*\.?", r"(?P<year>\d{4})"
_NAMED: Final = (
    re.compile(rf"{_DAY}[\s-]+{_MONTH}[\s,-]+{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
)
_HOURS: Final = re.compile(
    r"(?:(\d+)\s*h[a-z]*\.?\s*)?(?:(\d+)\s*m[a-z]*\.?\s*)?(?:(\d+)\s*s[a-z]*\.?)?", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"(\d+):(\d{2}):(\d{2})")
_NUMBER: Final = re.compile(r"\d{1,6}(?:\.\d+)?")


def moment(text: str, order: Order) -> datetime | None:
    """Return a moment as the report's own clock shows it, ``None`` for what is none in this order."""
    day, rest = _day(text, order)
    match = _TIME.search(rest) if day else None
    if day is None or match is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.groups()[:3])
    if match[4] and hour <= 12:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001  # no zone is told
    except ValueError:
        return None


def order_of(texts: Iterable[str], day: date) -> Order | None:
    """Return the order in which all these are of the session's day, or beside it; ``None`` where in none."""
    written = list(texts)
    for order in ORDERS:
        read = [moment(text, order) for text in written]
        if read and all(one is not None and abs(one.date() - day) <= _BESIDE for one in read):
            return order
    return None


def days_of(texts: Sequence[str]) -> dict[Order, date]:
    """Return on which day the first of them is, by each order in which all of them are days."""
    found: dict[Order, date] = {}
    for order in ORDERS:
        read = [moment(text, order) for text in texts]
        first = read[0] if read else None
        if first is not None and None not in read:
            found[order] = first.date()
    return found


def seconds(text: str) -> int | None:
    """Return how long "1h 13m 42s", "01:13:42" or "73" (minutes) is; ``None`` for what is no duration."""
    value = text.strip()
    if _NUMBER.fullmatch(value):
        return round(float(value) * 60)
    if match := _CLOCK.fullmatch(value):
        hours, minutes, rest = map(int, match.groups())
        return hours * 3600 + minutes * 60 + rest
    match = _HOURS.fullmatch(value)
    if not value or match is None or len(value) > 40:
        return None
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest


def _day(text: str, order: Order) -> tuple[date | None, str]:
    """Return the day that a text begins with or holds, and what is left of the text."""
    if match := _ISO.search(text):
        year, month, day = map(int, match.groups())
    elif match := _PARTS.search(text):
        first, second, year = map(int, match.groups())
        day, month = (first, second) if order == "dmy" else (second, first)
    elif match := next((found for form in _NAMED if (found := form.search(text))), None):
        day, year = int(match["day"]), int(match["year"])
        month = _MONTHS.get(match["month"].lower(), 0)
    else:
        return None, text
    try:
        return date(year + 2000 if year < 100 else year, month, day), text[match.end() :]
    except ValueError:
        return None, text
