"""Sessions by day and by the moment at which they start: the days of a programme, and those of an agenda."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from django.utils import timezone

from common import languages
from common.times import (
    day_in_parts,
    format_clock,
    format_day,
    format_hours,
    format_length,
    reader_moment,
    reader_span,
)
from events.models import Event

#: What is arranged, and what is made of those that start together.
Thing = TypeVar("Thing")
Slot = TypeVar("Slot")
#: Start and end.
Span = tuple[datetime, datetime | None]


class Heading(NamedTuple):
    """A slot's name: its hours, how long that is (empty where sessions end at several), the reader's."""

    title: str
    length: str
    note: str


@dataclass(frozen=True)
class ProgrammeDay(Generic[Slot]):
    """One day in the event's zone."""

    id: str
    title: str
    slots: tuple[Slot, ...]
    date: date

    @property
    def parts(self) -> tuple[str, str]:
        """Its weekday, and the rest of its title: "Wednesday", "18 November"."""
        return day_in_parts(self.date)


def days_of(
    things: Iterable[Thing],
    span: Callable[[Thing], Span],
    slot: Callable[[datetime, Heading, tuple[Thing, ...]], Slot],
    event: Event,
    reader_zone: str,
) -> Iterator[ProgrammeDay[Slot]]:
    """Yield the days with something on, as it comes; ``slot`` makes one of all that start together."""
    # Days are named by how near they are to the day of asking.
    asked = languages.current(), timezone.localdate()
    zone = event.zone
    timed = [(*span(thing), thing) for thing in things]
    starting = [(starts_at, tuple(group)) for starts_at, group in groupby(timed, itemgetter(0))]
    for day, group in groupby(starting, lambda one: one[0].astimezone(zone).date()):
        slots = []
        for starts_at, together in group:
            ends = {ends_at for _, ends_at, _ in together}
            ends_at = ends.pop() if len(ends) == 1 else None
            name = _heading(starts_at, ends_at, event.time_zone, reader_zone, asked)
            slots.append(slot(starts_at, name, tuple(thing for _, _, thing in together)))
        yield ProgrammeDay(f"day-{day}", format_day(day), tuple(slots), day)


@lru_cache(maxsize=4096)  # every page with a programme names the same slots
def _heading(
    starts_at: datetime, ends_at: datetime | None, zone: str, reader_zone: str, _asked: tuple[str, date]
) -> Heading:
    """Name a slot by its hours, or by its start where sessions end at several."""
    if ends_at is None:
        return Heading(format_clock(starts_at, zone), "", reader_moment(starts_at, zone, reader_zone))
    return Heading(
        format_hours(starts_at, ends_at, zone),
        format_length(starts_at, ends_at),
        reader_span(starts_at, ends_at, zone, reader_zone),
    )
