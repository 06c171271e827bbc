"""What became of needs at events that are over, in numbers that point at nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events import need_counts
from events.models import Event
from events.need_counts import Counted

#: Numbers below it are not told.
FEW: Final = 5
HEADINGS: Final = (
    "Asked",
    "Confirmed in time",
    "Confirmed late, or not answered",
    "We could not",
    "Got it",
    "Did not get it",
)


@dataclass(frozen=True)
class NumbersRow:
    """One kind of need, with a cell for each heading."""

    need: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class NumbersOfEvent:
    """The table of one event."""

    event: Event
    rows: Sequence[NumbersRow]


def tables(*, at: datetime) -> list[NumbersOfEvent]:
    """Return a table for each event that is over and at which somebody needed something. Two queries."""
    return [
        NumbersOfEvent(event, [NumbersRow(str(one.kind.label), _cells(one)) for one in counted])
        for event, counted in need_counts.of_past_events(at=at)
    ]


def _cells(one: Counted) -> list[tuple[str, str]]:
    numbers = (one.asked, one.in_time, one.late, one.cannot, one.met, one.not_met)
    told = [str(number) if number >= FEW else f"fewer than {FEW}" for number in numbers]
    return list(zip(HEADINGS, told, strict=True))
