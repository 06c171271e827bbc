"""What became of needs at events that are over, in numbers that point at nobody.

They are told once, when the needs themselves are erased, and change no more: from one day's numbers to the
next's somebody would see what one person has said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from events import need_counts
from events.models import AccessNeeds, Event
from events.need_counts import Counted

#: Numbers below it are not told.
FEW: Final = 5
#: Stands for a number below it, and for one from which such a number could be reckoned.
FEWER: Final = f"fewer than {FEW}"
NOT_TOLD: Final = "not told"
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
    """Return a table for each event of which all needs are erased. Three queries."""
    still = set(AccessNeeds.objects.values_list("registration__event", flat=True).distinct())
    return [
        NumbersOfEvent(event, [NumbersRow(str(one.kind.label), _cells(one)) for one in counted])
        for event, counted in need_counts.of_past_events(at=at)
        if event.pk not in still
    ]


def _cells(one: Counted) -> list[tuple[str, str]]:
    answered = _told((one.in_time, one.late, one.cannot))
    got = _told((one.met, one.not_met), rest=one.confirmed - one.met - one.not_met)
    return list(zip(HEADINGS, (*_told((one.asked,)), *answered, *got), strict=True))


def _told(parts: Sequence[int], *, rest: int = 0) -> list[str]:
    """Tell the parts of a whole that is known but for ``rest``: of few, no other part tells how few."""
    few = sum(number for number in parts if number < FEW)
    others = [number for number in parts if number >= FEW]
    if few > 0 and few + rest < FEW and others:
        return [str(number) if number > min(others) else NOT_TOLD for number in parts]
    return [str(number) if number >= FEW else FEWER for number in parts]
