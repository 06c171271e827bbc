"""How long a session is, as programmes say it: 45, 0:45, "45 minutes", "1 hour 30", 1h30, PT45M, ½ hour.

Pure: text in, a length of time out. A number alone is minutes, unless the heading says hours.
``ValueError`` says in a sentence what cannot be understood.
"""

import re
from datetime import timedelta
from typing import Final

MAX_LENGTH: Final = timedelta(days=7)
#: A number below is a part of a day; half an hour may be 0.5.
_MAX_PART: Final = 0.25
_HOURS: Final = r"(?:h|hr|hrs|hour|hours|std|stunden?)\.?"
_MINUTES: Final = r"(?:m|min|mins|minute|minutes|['’′])\.?"
_IN_WORDS: Final = re.compile(
    rf"(?:(?P<hours>\d+(?:[.,]\d+)?)\s*{_HOURS})?[\s,]*(?:and\s+)?(?:(?P<minutes>\d+)\s*(?:{_MINUTES})?)?",
    re.IGNORECASE,
)
_ISO: Final = re.compile(
    r"P(?:0D)?T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:0+(?:\.0+)?S)?", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?::00(?:\.0+)?)?")
_PARTS: Final = {"½": ".5", "¼": ".25", "¾": ".75"}


def length_of(text: str, heading: str = "") -> timedelta:
    """Return the length that a cell says. Raises ``ValueError``."""
    plain = " ".join(text.split())
    for sign, decimals in _PARTS.items():
        plain = re.sub(rf"(\d)\s*{sign}", rf"\1{decimals}", plain).replace(sign, f"0{decimals}")
    plain = re.sub(r"^half an (?=hour)", "0.5 ", plain, flags=re.IGNORECASE)
    plain = re.sub(r"^(?:an?|one) (?=hour)", "1 ", plain, flags=re.IGNORECASE)
    length = _number(plain, text, heading) if re.fullmatch(r"\d+(?:[.,]\d+)?", plain) else _written(plain)
    if length is None or not timedelta() < length <= MAX_LENGTH:
        raise ValueError(f"“{text}” is not a length such as 45 minutes, 1 hour 30 or 0:45.")
    return length


def _written(text: str) -> timedelta | None:
    match = _ISO.fullmatch(text) or _CLOCK.fullmatch(text) or _IN_WORDS.fullmatch(text)
    if match is None or not (match["hours"] or match["minutes"]):
        return None
    hours = float((match["hours"] or "0").replace(",", "."))
    if match.re is _CLOCK and hours >= 24:
        raise ValueError(f"“{text}” could be hours or minutes. Write 45 minutes, or 0:45.")
    return timedelta(minutes=round(hours * 60) + int(match["minutes"] or 0))


def _number(text: str, written: str, heading: str) -> timedelta | None:
    """Read a number: minutes, hours where the heading says so, or a part of a day as spreadsheets keep it."""
    value = float(text.replace(",", "."))
    if re.search(r"\b(?:h|hrs?|hours?)\b", heading, re.IGNORECASE):
        return timedelta(minutes=round(value * 60))
    if value.is_integer() and value >= 5:
        return timedelta(minutes=int(value))
    if 0 < value < _MAX_PART and round(value * 1440, 1).is_integer():
        return timedelta(minutes=round(value * 1440))
    if value.is_integer() and re.search(r"\bmin", heading, re.IGNORECASE):
        return timedelta(minutes=int(value))
    raise ValueError(f"“{written}” could be hours or minutes. Write {written} h, or 90 min.")
