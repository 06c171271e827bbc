"""What a cell of a programme says of a time: 9am, 09.30, "9:30 - 10:15", "9 Dec 2026 10:00 AM", 0.39583.

Pure: text in, a day, a time of day, an end and an offset out. Times are read as people write them and as
spreadsheets and conference systems export them; whatever could mean two things is a ``ValueError`` with a
sentence that says how to write it. Offsets are those of ISO 8601.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from common.times import UK_AND_IRELAND, is_repeated
from workshops.programme_import.cells.days import (
    DAYS_OF_NO_MEANING,
    Days,
    day_of,
    in_words,
    take_day,
)
from workshops.programme_import.cells.words import in_figures

_DAY: Final = timedelta(days=1)
_MAX_CHARS: Final = 100
_MARK: Final = r"[ap]\.?\s?m\.?"
_CLOCK: Final = re.compile(
    rf"(?P<hour>\d\d?)(?:\s?[:.,h]\s?(?P<minute>\d\d)(?:\s?[:.]\s?(?P<second>\d\d)(?:[.,](?P<part>\d+))?)?|(?P<full>h))?"
    rf"\s*(?P<mark>{_MARK})?(?:\s*(?:h|hrs?\.?|hours|uhr|o.clock))?",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(
    rf"(?P<hour>\d\d?)(?P<minute>\d\d)\s*(?P<mark>{_MARK})?(?:\s*(?:h|hrs?\.?|hours|uhr))?", re.IGNORECASE
)
_WORDS: Final = {"noon": 12, "midday": 12, "12 noon": 12, "12 midday": 12, "midnight": 24, "12 midnight": 24}
_FRACTION: Final = re.compile(r"0?[.,](\d|\d{3,})")
_SERIAL: Final = re.compile(r"([345]\d{4})[.,](\d+)")
_BETWEEN: Final = re.compile(r"\s*(?:[-–—−~]|\bto\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)
_OFFSET: Final = re.compile(
    r"(?P<name>\s*\(?(?:UTC|GMT|Z)\)?)?\s?(?P<sign>[+\-−])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?$|\s*\(?(?:UTC|GMT|Z)\)?$"
)
_NAME: Final = re.compile(
    r"\s*[\[(]?((?:UK(?: and Ireland)?|Irish|Ireland)(?: time)?|[A-Z]{2,5}|[A-Z][A-Za-z]+/[A-Za-z_/]+)[\])]?$"
)
#: What people write where a time is not known yet.
UNKNOWN: Final = {
    "tbc",
    "tba",
    "tbd",
    "n/a",
    "na",
    "-",
    "–",
    "—",
    "?",
    "none",
    "to be confirmed",
    "to be announced",
    "to be decided",
    "to be determined",
    "to follow",
    "not yet known",
    "unknown",
    "i'w gadarnhau",
    "le deimhniú",
}


class NotATime(ValueError):
    """A text that is no time in any way that is known."""


class ShownTwice(ValueError):
    """The clocks show a time twice on that day, because they go back; ``local`` is the first of the two."""

    def __init__(self, local: datetime) -> None:
        day = in_words(local.date())
        super().__init__(f"There are two {local:%H:%M} on {day}: the clocks go back. Write the offset too.")
        self.local = local


@dataclass(frozen=True)
class Said:
    """What a cell says. Times are counted from midnight; 24 hours is the end of the day."""

    day: date | None = None
    clock: timedelta | None = None
    end: timedelta | None = None
    end_day: date | None = None
    offset: timezone | None = None
    #: The name of a zone that stands behind the time.
    zone: str = ""
    #: Whether the hour might be one of the afternoon: no a.m., no p.m., no day in the cell.
    is_bare: bool = False


def said(text: str, days: Days) -> Said:
    """Return what a cell says, nothing for a blank one. Raises ``ValueError``."""
    text = " ".join(text.split())
    if len(text) > _MAX_CHARS:
        raise ValueError(f"“{text[:30]}…” is not a time.")
    text = in_figures(text)
    if not text or text.casefold() in UNKNOWN:
        return Said()
    if (serial := _SERIAL.fullmatch(text)) or re.fullmatch(r"[345]\d{4}", text):
        clock = _of_fraction(f"0.{serial[2]}", text) if serial else None
        return Said(day_of(text, days), clock)
    parts = _two_moments(text, days)
    if parts is not None:
        first, second = parts
        return replace(first, end=second.clock, end_day=second.day)
    day, rest = take_day(text, days)
    if day is None and re.fullmatch(r"\d\d?/\d\d?", text):
        return Said(day_of(text, days))
    rest = re.sub(r"^(?:at|from|@|,|:)\s*", "", rest, flags=re.IGNORECASE)
    found = replace(_times(rest, text, has_day=day is not None), day=day) if rest else Said(day)
    if day in DAYS_OF_NO_MEANING and found.clock is not None:
        return replace(found, day=None)
    return found


def _two_moments(text: str, days: Days) -> tuple[Said, Said] | None:
    """Read "2026-12-09 09:30 - 2026-12-09 10:30"; ``None`` where it is something else."""
    for between in re.finditer(r"\s(?:[-–—]|to|until)\s", text):
        left, right = text[: between.start()], text[between.end() :]
        try:
            if take_day(left, days)[0] and take_day(right, days)[0]:
                first, second = said(left, days), said(right, days)
                return (first, second) if first.clock is not None and second.clock is not None else None
        except ValueError:
            continue
    return None


def _times(rest: str, text: str, *, has_day: bool) -> Said:
    """Read one time, or two with something between them; an offset may follow."""
    rest, offset, zone = _without_offset(rest, is_iso="T" in text)
    if re.fullmatch(r"0[.,]\d\d", rest):
        raise ValueError(f"“{text}” could be a time or a part of a day. Write it as a time, such as 00:30.")
    if _FRACTION.fullmatch(rest):
        return Said(clock=_of_fraction(rest, text))
    whole = _clock(rest, "")
    if whole is not None:
        is_bare = not has_day and offset is None and not zone and not _has_mark(rest)
        return Said(clock=whole, offset=offset, zone=zone, is_bare=is_bare)
    for between in _BETWEEN.finditer(rest):
        left, right = rest[: between.start()], rest[between.end() :]
        mark = re.search(rf"{_MARK}$", right, re.IGNORECASE)
        end = _clock(right, "")
        start = _clock(left, "") if end is not None else None
        if end is not None and mark and not _has_mark(left):
            start = _before(left, end, mark[0])
        if start is not None and end is not None:
            return Said(clock=start, end=end, offset=offset, zone=zone, is_bare=not has_day and not mark)
    raise NotATime(_not_a_time(text))


def _before(text: str, end: timedelta, mark: str) -> timedelta | None:
    """Read the start of "11-1pm" or "9.30-10.30am": of the same half of the day, unless that is later."""
    same = _clock(text, mark)
    if same is not None and same <= end:
        return same
    return _clock(text, "am" if mark[0] in "pP" else "pm")


def _has_mark(text: str) -> bool:
    return re.search(rf"{_MARK}$|noon|mid", text.strip(), re.IGNORECASE) is not None


def _not_a_time(text: str) -> str:
    if re.fullmatch(r"\d\d?", text):
        return f"“{text}” could be an hour or something else. Write {text}:00, or {text}am or {text}pm."
    if re.fullmatch(r"\d\d?[.,]\d", text):
        return f"“{text}” has lost a nought, or is a number. Write 9:30 with two figures for the minutes."
    return f"“{text}” is not a time such as 9:30, 2026-11-18 10:00 or 2026-11-18T10:00:00+00:00."


def _clock(text: str, mark: str) -> timedelta | None:
    """Return the time of day, ``None`` where it is none; ``mark`` is an am or pm that stands elsewhere."""
    text = text.strip()
    if text.casefold() in _WORDS:
        return timedelta(hours=_WORDS[text.casefold()])
    match = _CLOCK.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    parts = match.groupdict()
    mark = (parts["mark"] or mark).casefold()[:1]
    if not parts["minute"] and not mark and not parts.get("full"):
        return None
    hour, minute, second = int(parts["hour"]), int(parts["minute"] or 0), int(parts.get("second") or 0)
    if mark and not (1 <= hour <= 12 or (mark == "a" and hour == 0) or (mark == "p" and 12 < hour < 24)):
        return None
    if mark:
        hour = hour % 12 + (12 if mark == "p" else 0)
    is_cut = (parts.get("part") or "0")[0] >= "5"
    found = timedelta(hours=hour, minutes=minute, seconds=second + is_cut)
    return found if minute < 60 and second < 60 and found <= _DAY else None


def _of_fraction(fraction: str, text: str) -> timedelta:
    """Return the time of a part of a day, rounded to the minute where its decimals allow for no other."""
    seconds = float(f"0.{re.split('[.,]', fraction)[1]}") * _DAY.total_seconds()
    rounded = round(seconds)
    minute = round(seconds / 60) * 60
    if len(fraction) >= len("0.3958") and abs(seconds - minute) <= 5:
        rounded = minute
    if rounded % 60 and len(fraction) < len("0.39583"):
        raise ValueError(
            f"“{text}” is a part of a day and no whole minute. Write it as a time, such as 9:30."
        )
    return timedelta(seconds=rounded)


def _without_offset(text: str, *, is_iso: bool) -> tuple[str, timezone | None, str]:
    """Return the text without its offset or the name of its zone, and these.

    "09:30-10:30" is two times; what follows a minus is an offset only in ISO 8601 and after seconds.
    """
    match = _OFFSET.search(text)
    if match and match["sign"]:
        before = text[: match.start()]
        if not before.strip():
            return text, None, ""
        is_minus = match["sign"] != "+" and not match["name"]
        is_offset = is_iso or re.search(r":\d\d:\d\d|\.\d+$", before) or re.search(r"\s[-−]\d{4}$", text)
        if is_minus and not is_offset:
            return text, None, ""
        away = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        if away > timedelta(hours=14):
            raise ValueError(f"“{text}” has an offset that no place has.")
        return before.strip(), timezone(away if match["sign"] == "+" else -away), ""
    if match:
        return text[: match.start()].strip(), UTC, ""
    name = _NAME.search(text)
    if name and name[1] not in ("AM", "PM") and re.search(r"\d", text[: name.start()]):
        return text[: name.start()].strip(), None, name[1]
    return text, None, ""


def moment(day: date, clock: timedelta, offset: timezone | None, zone: ZoneInfo, name: str = "") -> datetime:
    """Return the moment of a time of a day, in UTC: of the offset, else local to ``zone``.

    Raises ``ValueError`` for an hour that the clocks skip and for another zone's name, and ``ShownTwice``
    for an hour that they repeat where neither offset nor ``name`` ("BST") tells which.
    """
    plain = datetime.combine(day, datetime.min.time()) + clock
    if offset is not None:
        return plain.replace(tzinfo=offset).astimezone(UTC)
    local = plain.replace(tzinfo=zone)
    names = {local.tzname(), local.replace(fold=1).tzname()}
    if name.split(" ")[0] in ("UK", "Irish", "Ireland") and zone.key in UK_AND_IRELAND:
        name = ""
    if name and name not in names and name != zone.key:
        raise ValueError(f"The time is of another zone, {name}. Write it with its offset, such as +01:00.")
    if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != plain:
        raise ValueError(f"There is no {plain:%H:%M} on {in_words(plain.date())}: the clocks go forward.")
    if is_repeated(local):
        if name in ("", zone.key):
            raise ShownTwice(local)
        local = local if local.tzname() == name else local.replace(fold=1)
    return local.astimezone(UTC)
