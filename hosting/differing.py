"""What hosts would change of a session, word by word: from what it says now to what they wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from blog.editing import revisions
from blog.editing.revisions import ChangedLine

NAMES: Final[Mapping[str, str | Promise]] = {
    "summary": gettext_lazy("Summary"),
    "description": gettext_lazy("Description"),
    "ground_rules": gettext_lazy("Ground rules"),
}


@dataclass(frozen=True)
class Part:
    """One of the texts, and what differs in it."""

    name: str
    lines: list[ChangedLine]


def parts(before: Mapping[str, str], after: Mapping[str, str]) -> list[Part]:
    """Return the texts that are not the same, in the order of the page."""
    return [
        Part(str(called), revisions.differences(_lines(before[name]), _lines(after[name])))
        for name, called in NAMES.items()
        if before[name] != after[name]
    ]


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
