"""The list that Teams gives while a meeting goes on: a row an act, with who, what they did and when.

An act is "Joined", "Joined before" (before whoever downloads the list), or "Left". Rows are in the order of
time, so what somebody did after another is below it. A second join without leaving is another device of
theirs; whoever has not left was there when the list was downloaded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_LEFT: Final = "left"
_JOINED: Final = "joined"


@dataclass(frozen=True)
class Row:
    """One row of a table of people, as it is written."""

    number: int
    name: str
    address: str
    joined: str
    left: str
    lasted: str
    #: Whether it is all of that person's time, and not one join.
    is_all: bool
    #: Whether they were still there when the report was made.
    is_open: bool = False


@dataclass(frozen=True)
class Act:
    """One row of the list, as it is written."""

    number: int
    name: str
    what: str
    when: str


def paired(acts: Iterable[Act]) -> Iterator[Row]:
    """Yield a row for each join with the leaving that follows it, and for each that none follows."""
    joined: dict[str, Act] = {}
    for act in acts:
        who, what = act.name.casefold(), act.what.casefold()
        if not who:
            continue
        if what.startswith(_JOINED):
            joined.setdefault(who, act)
        elif what == _LEFT and (begun := joined.pop(who, None)):
            yield _row(begun, act.when)
    for begun in joined.values():
        yield _row(begun, "", is_open=True)


def _row(begun: Act, left: str, *, is_open: bool = False) -> Row:
    return Row(begun.number, begun.name, "", begun.when, left, "", is_all=False, is_open=is_open)
