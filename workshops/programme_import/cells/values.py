"""What the cells of a programme mean: formats, places and whether it is published.

They are read as real spreadsheets write them. Whatever could mean two things is not guessed at:
``ValueError`` says in a sentence how to write it, and a format nobody knows is asked about.
"""

import re
from typing import Final

from events.models import Session

LARGEST_CAPACITY: Final = 1_000_000

Format = Session.Format
#: What other conferences call our formats: their exports must import as they are.
SYNONYMS: Final = {
    Format.PLENARY: ("keynote", "keynote talk", "opening", "closing", "welcome", "general assembly"),
    Format.TALK: (
        "presentation", "oral presentation", "paper", "lecture", "seminar", "symposium", "demo", "short talk",
        "long talk", "lightning talk", "lightning talks", "invited talk", "contributed talk", "oral", "q&a",
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
    r"(?:max(?:imum)?\.?(?: of)?|up to|limited to|limit)? *(\d{1,9}|\d{1,3}(?:,\d{3})+)(?:\.0{1,2})?"
    r" *(?:places|people|persons|participants|delegates|attendees|seats|spaces|pax)?"
    r" *(?:max(?:imum)?\.?|only)?",
    re.ASCII | re.IGNORECASE,
)
_NO_LIMIT: Final = {"", "-", "–", "—", "∞", "n/a", "none", "no limit", "unlimited", "open"}


def _plain(text: str) -> str:
    """Return the words of a format without case, length in brackets, and the word "session"."""
    text = re.sub(r"\(.*?\)", " ", text.casefold())
    return re.sub(r"\bsessions?\b", " ", re.sub(r"[\s_-]+", " ", text)).replace("  ", " ").strip()


_OURS: Final = {_plain(spelling): choice for choice in Format for spelling in (choice.value, choice.name)}
_FORMATS: Final = _OURS | {_plain(word): choice for choice, words in SYNONYMS.items() for word in words}


_STATUSES: Final = dict.fromkeys(("published", "public", "live"), Session.Status.PUBLISHED) | dict.fromkeys(
    ("draft", "unpublished", "pending", "proposed"), Session.Status.DRAFT
)
#: Somebody else's decision about a proposal; whether it is published here is a decision of its own.
_TAKEN: Final = {"confirmed", "accepted", "scheduled", "approved", "active", "yes", "y", "true"}


def format_of(text: str) -> Session.Format | None:
    """Return the format that a cell names, by our word or another's; ``None`` for a word nobody knows."""
    plain = _plain(text)
    return _FORMATS.get(plain) or _FORMATS.get(plain.removesuffix("s"))


def nearest_format(text: str) -> Session.Format | None:
    """Return the one format that is named among other words: "Workshop 90 min" is a workshop."""
    plain = re.sub(r"[^a-z&]+", " ", _plain(text))
    found = {choice for word, choice in _FORMATS.items() if re.search(rf"\b{re.escape(word)}s?\b", plain)}
    return found.pop() if len(found) == 1 else None


def is_our_word(text: str) -> bool:
    """Whether a cell names the format as we do."""
    return _plain(text) in _OURS


def status_of(text: str) -> Session.Status | None:
    """Return draft or published for a cell, ``None`` where it says neither. Raises ``ValueError``."""
    if text.casefold() in _TAKEN:
        return None
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
        raise ValueError(f"“{text}” is not a whole number of places. Blank is no limit.")
    number = int(match[1].replace(",", ""))
    if number > LARGEST_CAPACITY:
        raise ValueError(f"{LARGEST_CAPACITY:,} places are the most; leave it blank for no limit.")
    return number
