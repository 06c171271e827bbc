"""The people whom a cell of a programme names, however they are parted and whatever stands beside a name.

Semicolons, line ends and bars part people; " & " and " and " do between names. Commas part people in one
program's export and a family name from a first name in another's, so a file is asked about once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from common.spreadsheets.questions import Answers, Question, ask
from workshops.programme_import.cells.lists import pieces, unquoted

KEY: Final = "commas"
PEOPLE, TURNED, WHOLE = "people", "turned", "whole"
_AND: Final = re.compile(r"\s+(?:&|and|und|et|y)\s+")
_HANDLE: Final = re.compile(r"\s*[(\[]\s*@[\w.\-@]+\s*[)\]]|\s+@[\w.\-]+(?:@[\w.\-]+)?$")
_ADDRESS: Final = re.compile(r"<[^<>]*>|[^\s<>@()]+@[^\s<>@()]+\.[^\s<>@()]+")
_BESIDE: Final = re.compile(r"\s*\(([^()]{2,200})\)\s*$")
_PRONOUNS: Final = re.compile(r"[a-z]+(?:\s*/\s*[a-z]+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """A host as the spreadsheet names them: a name, perhaps with an address and where they work."""

    name: str
    email: str = ""
    organisation: str = ""
    #: What the name shares with names that are the same as people type them.
    keys: frozenset[str] = field(default=frozenset(), compare=False)


def parted(text: str, ids: str, commas: str) -> list[str]:
    """Return the texts of one person each; ``ids`` (one for each person) tell what commas part."""
    parts = pieces(text)
    count = len([one for one in re.split(r"[;\n|,]", ids) if one.strip()])
    by_comma = [one for part in parts for one in _by_commas(part)]
    if len(by_comma) == count or (not count and commas == PEOPLE):
        parts = by_comma
    if count == len(parts):
        return parts
    return [one for part in parts for one in _by_and(part)]


def _by_commas(text: str) -> list[str]:
    return [text] if unquoted(text) else [one.strip() for one in text.split(",") if one.strip()]


def _by_and(text: str) -> list[str]:
    """Part "Ada Bright and Bo Ray", but not "Research and Development"."""
    if unquoted(text):
        return [text]
    parts = [part.strip() for part in _AND.split(text)]
    if "<" in text or "&" in text or all(len(part.split()) > 1 for part in parts):
        return [part for part in parts if part]
    return [text]


def person_of(text: str, commas: str) -> Person:
    """Read "Name", "Name <name@example.org>" (RFC 5322), "Name (@handle)" or "Name (where they work)".

    Raises ``ValueError``.
    """
    alone = unquoted(text)
    if alone and not alone[1]:
        return Person(" ".join(alone[0].split()))
    if _ADDRESS.search(text) or "<" in text:
        name, address = (alone[0], alone[1][1:-1].strip()) if alone else parseaddr(text)
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError(f"“{text}” should be a name, or a name with <name@example.org>.") from None
        return Person(" ".join(name.split()) or address.partition("@")[0], address.lower())
    name = " ".join(_HANDLE.sub("", text).split()) or text
    organisation = ""
    if (beside := _BESIDE.search(name)) and not _PRONOUNS.fullmatch(beside[1]):
        name, organisation = name[: beside.start()], " ".join(beside[1].split())
    if commas == TURNED and name.count(",") == 1:
        last, first = name.split(",")
        name = f"{first.strip()} {last.strip()}"
    return Person(name, organisation=organisation)


def handles_in(text: str) -> list[str]:
    """Return the handles that stand beside names; they are not kept."""
    return [
        match[0].strip(" ()[]")
        for part in pieces(text)
        for match in _HANDLE.finditer(part)
        if not _ADDRESS.search(part) and not unquoted(part) and match.start()
    ]


def question_about_commas(cells: Sequence[str], answers: Answers) -> Question | None:
    """Return the question what commas part, ``None`` where there are none.

    Where every part is a name of two words the answer is plain; it can be changed all the same.
    """
    texts = [part for cell in cells for part in pieces(cell) if "," in part and not unquoted(part)]
    if not texts:
        return None
    names = [_BESIDE.sub("", one.strip()) for text in texts for one in text.split(",")]
    is_plain = all(len(name.split()) > 1 and len(name) < 60 for name in names)
    example = texts[0][:80]
    last, _, first = example.partition(",")
    choices = [
        (
            PEOPLE,
            f"Each comma parts two people: {', '.join(f'“{one.strip()}”' for one in example.split(','))}",
        ),
        (TURNED, f"The family name comes first: “{first.strip()} {last.strip()}”"),
        (WHOLE, f"It is one name as it stands: “{example}”"),
    ]
    return ask(KEY, "What do the commas between hosts mean?", choices, answers, PEOPLE if is_plain else "")
