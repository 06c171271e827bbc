"""Numbers, lists and titles in sentences."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Protocol


def counted(number: int, one: str, many: str) -> str:
    """Write a number with what agrees with it: ``counted(1, "person waits", "people wait")``."""
    return f"{number:,} {one if number == 1 else many}"


def ordinal(number: int) -> str:
    """Write 1 as "1st", 12 as "12th", 23 as "23rd"."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    is_teen = number % 100 in (11, 12, 13)
    return f"{number:,}{'th' if is_teen else endings.get(number % 10, 'th')}"


def listed(things: Collection[object], most: int) -> str:
    """Name things in a row, and that there are more than so many: "2, 3, …"."""
    shown = ", ".join(str(thing) for thing in islice(things, most))
    return f"{shown}, …" if len(things) > most else shown


def in_heading(words: str) -> str:
    """Return words on a card as the end of its heading: "Full. 4 waiting" as "full, 4 waiting"."""
    return f"{words[:1].lower()}{words[1:]}".replace(". ", ", ").removesuffix(".")


class Titled(Protocol):
    """Whatever has a title."""

    @property
    def title(self) -> str:
        """The title, as it is shown."""


def titles(things: Iterable[Titled]) -> str:
    """Name things in a sentence: "“A”, “B” and “C”"."""
    names = [f"“{thing.title}”" for thing in things]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
