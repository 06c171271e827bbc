"""What the cells of a programme mean: formats, moments and numbers of places.

They are read as real spreadsheets write them. Whatever could mean two things is not guessed at:
``ValueError`` says in a sentence how to write it.
"""

import re
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from events.models import Session

LARGEST_CAPACITY: Final = 1_000_000
#: A time outside of these years is a slip, and some cannot be stored.
FIRST_YEAR, LAST_YEAR = 1990, 2100

Format = Session.Format
#: What other conferences call our formats: their exports must import as they are.
SYNONYMS: Final = {
    Format.PLENARY: ("keynote", "keynote talk", "opening", "closing", "welcome", "general assembly"),
    Format.TALK: (
        "presentation", "oral presentation", "paper", "lecture", "seminar", "symposium", "demo", "short talk",
        "long talk", "lightning talk", "invited talk", "q&a",
    ),
    Format.WORKSHOP: ("tutorial", "training", "masterclass", "breakout", "hands on", "course", "sprint"),
    Format.PANEL: ("fishbowl", "panel discussion", "discussion", "roundtable", "round table", "debate"),
    Format.MARKETPLACE: ("market place", "poster", "exhibition", "stall", "fair"),
    Format.NETWORKING: (
        "break", "coffee break", "coffee", "tea", "lunch", "lunch break", "breakfast", "dinner", "social",
        "social event", "reception", "registration", "party", "meetup", "birds of a feather", "bof",
    ),
    Format.ON_DEMAND: ("recorded", "video"),
}  # fmt: skip
_NUMBER: Final = re.compile(
    r"(\d{1,9}|\d{1,3}(?:,\d{3})+)(?:\.0+)?(?: *(?:places|people|seats))?", re.ASCII | re.IGNORECASE
)
_NO_LIMIT: Final = {"", "-", "–", "—", "∞", "n/a", "none", "no limit", "unlimited", "open"}


def _plain(text: str) -> str:
    """Return the words of a format without case, length in brackets, and the word "session"."""
    text = re.sub(r"\(.*?\)", " ", text.casefold())
    return re.sub(r"\bsessions?\b", " ", re.sub(r"[\s_-]+", " ", text)).replace("  ", " ").strip()


_OURS: Final = {
    _plain(spelling): choice for choice in Format for spelling in (choice.value, choice.label, choice.name)
}
_FORMATS: Final = _OURS | {_plain(word): choice for choice, words in SYNONYMS.items() for word in words}


_STATUSES: Final = dict.fromkeys(
    ("published", "public", "live", "confirmed", "accepted"), Session.Status.PUBLISHED
) | dict.fromkeys(("draft", "unpublished", "pending", "proposed"), Session.Status.DRAFT)


def format_of(text: str) -> Session.Format:
    """Return the format that a cell names, by our word or another's. Raises ``ValueError``."""
    plain = _plain(text)
    found = _FORMATS.get(plain) or _FORMATS.get(plain.removesuffix("s"))
    if found is None:
        known = ", ".join(choice.value for choice in Format)
        raise ValueError(f"“{text}” is not a format. The formats are: {known}.")
    return found


def is_our_word(text: str) -> bool:
    """Whether a cell names the format as we do."""
    return _plain(text) in _OURS


def status_of(text: str) -> Session.Status:
    """Return draft or published for a cell, by our word or another's. Raises ``ValueError``."""
    found = _STATUSES.get(text.casefold())
    if found is None:
        raise ValueError(f"“{text}” is not a status. Write draft or published.")
    return found


def places_of(text: str) -> int | None:
    """Return the number of places, ``None`` for no limit. Raises ``ValueError``."""
    if text.casefold() in _NO_LIMIT:
        return None
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a whole number of places.")
    number = int(match[1].replace(",", ""))
    if number > LARGEST_CAPACITY:
        raise ValueError(f"{LARGEST_CAPACITY:,} places are the most; leave it blank for no limit.")
    return number


def is_time_alone(text: str) -> bool:
    """Whether a cell has a time of day and no day: "9:30"."""
    return re.fullmatch(r"\d{1,2}:\d\d(:\d\d)?", text) is not None


def is_past_midnight(start: str, end: str) -> bool:
    """Whether two times alone say that the end is on the day after the start: "23:00" and "0:30"."""
    clocks = [[int(part) for part in text.split(":")] for text in (end, start) if is_time_alone(text)]
    return len(clocks) == len((start, end)) and clocks[0] < clocks[1]


def day_of(text: str) -> date | None:
    """Return the day of a date column, ``None`` where blank. Raises ``ValueError``."""
    if not text:
        return None
    try:
        day = date.fromisoformat(re.split(r"[T ]", _iso(text))[0])
    except ValueError:
        raise ValueError(_ambiguous(text) or f"“{text}” is not a day such as 2026-11-18.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"“{text}” is not in a year of this time.")
    return day


def moment_of(text: str, day: date | None, zone: ZoneInfo) -> datetime:
    """Return the moment that a cell names; without an offset it is local to ``zone``.

    A time alone is of ``day``. Raises ``ValueError``, also for an hour that the clocks skip.
    """
    moment = _moment(text, day)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"“{text}” is not in a year of this time.")
    if moment.tzinfo is not None:
        return moment
    local = moment.replace(tzinfo=zone)
    if local.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) != moment:
        raise ValueError(f"There is no {moment:%H:%M} on that day: the clocks go forward.")
    return local


def _moment(text: str, day: date | None) -> datetime:
    if is_time_alone(text):
        if day is None:
            raise ValueError(f"“{text}” is a time without a day. Write 2026-11-18 {text}.")
        text = f"{day.isoformat()} {text}"
    iso = _iso(text)
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        example = "is not a time such as 2026-11-18 10:00 or 2026-11-18T10:00:00+00:00."
        raise ValueError(_ambiguous(text) or f"“{text}” {example}") from None
    if moment.time() == time() and ":" not in iso and "T" not in iso:
        raise ValueError(f"“{text}” is a day without a time.")
    return moment


def _iso(text: str) -> str:
    """Bring what can mean one thing only into ISO 8601: "18.11.2026 9:00", "2026/11/18 09:00 UTC"."""
    text = re.sub(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})\b", lambda d: f"{d[3]}-{d[2]:0>2}-{d[1]:0>2}", text)
    text = re.sub(r"^(\d{4})/(\d\d)/(\d\d)\b", r"\1-\2-\3", text)
    text = re.sub(r"^(\d{4}-\d\d-\d\d)[T ]+(\d):", r"\1T0\2:", text)
    return re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", text)


def _ambiguous(text: str) -> str:
    if not re.match(r"\d{1,2}/\d{1,2}/\d{2,4}", text):
        return ""
    return f"“{text}” can be read with the day or the month first. Write it as 2026-11-18 10:00."
