"""When the session of a row begins and ends, from whatever columns say so.

A row may have whole moments, times beside a day, a start and a length, both times in one cell, or its day
on a line above. Where the row has two days, or an hour that may be of the night, ``Reading`` says which
counts; what was taken for granted is noted on it, to be said. A length of more than twelve hours over
midnight is no session but a slip.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from common.spreadsheets.tables import TableRow
from workshops.programme_import.cells.days import Days, in_words
from workshops.programme_import.cells.lengths import length_of
from workshops.programme_import.cells.times import NotATime, Said, ShownTwice, moment, said

_DAY: Final = timedelta(days=1)
#: A time over midnight is no longer than this.
_MAX_NIGHT: Final = timedelta(hours=12)
#: Hours without a.m. or p.m. that may be of the afternoon.
_SMALL_HOURS: Final = (timedelta(hours=1), timedelta(hours=7))
#: So many times that the clocks show twice are asked about; more are refused.
_MAX_QUESTIONS: Final = 20
_NOT_A_DAY: Final = "“{}” is not a day such as 9 December 2026, Wednesday 9 December or 09/12/2026."
COLUMNS: Final = ("date", "starts_at", "ends_at", "end_date", "duration")
Span = tuple[datetime | None, datetime | None]
Problem = Callable[[str, str], None]


@dataclass
class Reading:
    """How the times of a file are read; the lists are rows (as shown) in which a choice was made."""

    days: Days
    zone: ZoneInfo
    #: Whether hours between 1 and 7 are of the afternoon.
    is_afternoon: bool = False
    #: Whether somebody has said which.
    is_night_known: bool = False
    #: Whether a day in the cell of a time counts more than the column of days.
    is_own_day: bool = False
    #: The day of rows that name none, where somebody said it.
    other_day: date | None = None
    #: Keys of times that the clocks show twice, of which the second is meant.
    second: frozenset[str] = frozenset()
    headings: dict[str, str] = field(default_factory=dict)
    #: Times that the clocks show twice: a key, and (row, column, first of the two).
    twice: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)
    no_day: list[str] = field(default_factory=list)
    night: list[str] = field(default_factory=list)
    own_days: list[str] = field(default_factory=list)
    day_above: list[str] = field(default_factory=list)
    only_day: list[str] = field(default_factory=list)
    other_length: list[str] = field(default_factory=list)


def span_of(
    row: TableRow, above: date | None, reading: Reading, problem: Problem
) -> tuple[Span, date | None]:
    """Return start and end of a row, and its day; ``above`` is the day of the rows before it.

    What is wrong is told to ``problem`` (column, sentence), and both are ``None`` then.
    """
    place = f"{row.number} ({row.sheet})" if row.sheet else str(row.number)
    cells: dict[str, Said] = defaultdict(Said)
    try:
        for column in ("date", "starts_at", "ends_at", "end_date"):
            last = column
            cells[column] = said(row[column], reading.days)
        last = "duration"
        length = length_of(row["duration"], reading.headings.get("duration", "")) if row["duration"] else None
    except ValueError as error:
        if last == "date" and _needs_no_day(row, reading.days):
            return span_of(_without_day(row), above, reading, problem)
        is_no_day = isinstance(error, NotATime) and last in ("date", "end_date")
        problem(last, _NOT_A_DAY.format(" ".join(row[last].split())) if is_no_day else str(error))
        return (None, None), above
    return _Span(cells, length, place, above, reading, problem).find()


def _needs_no_day(row: TableRow, days: Days) -> bool:
    """Whether the start says its own day, so that the column of days (it may say "Track A") is not needed."""
    try:
        return said(row["starts_at"], days).day is not None
    except ValueError:
        return False


def _without_day(row: TableRow) -> TableRow:
    return TableRow(row.number, {**row.values, "date": ""}, row.sheet)


class _Span:
    """One row's cells, being put together."""

    def __init__(
        self,
        cells: dict[str, Said],
        length: timedelta | None,
        place: str,
        above: date | None,
        reading: Reading,
        problem: Problem,
    ) -> None:
        self.date, self.start = cells["date"], cells["starts_at"]
        self.end, self.end_date = cells["ends_at"], cells["end_date"]
        self.length, self.place, self.above = length, place, above
        self.reading, self.problem = reading, problem

    def find(self) -> tuple[Span, date | None]:
        day = self.day()
        start = self.start if self.start.clock is not None else self.date
        if start.clock is None and self.end.clock is None:
            self.day_without_time()
            return (None, None), day
        if start.clock is None and self.start.day:
            self.day_without_time()
            return (None, None), day
        if start.clock is None:
            self.problem("starts_at", "There is an end without a start.")
            return (None, None), day
        assert day is not None  # noqa: S101  # there is a time, so day() has found one
        carried = self.above if self.place in self.reading.no_day else day
        return self.span(day, start), carried

    def day(self) -> date | None:
        """Return the day of the start, noting where it is not in the row, or there twice."""
        own, beside = self.start.day, self.date.day
        if own and beside and own != beside:
            self.reading.own_days.append(self.place)
            return own if self.reading.is_own_day else beside
        if own or beside:
            return own or beside
        if self.start.clock is None and self.end.clock is None:
            return self.above
        if self.above:
            self.reading.day_above.append(self.place)
            return self.above
        if len(self.reading.days.all()) == 1:
            self.reading.only_day.append(self.place)
            return self.reading.days.first
        self.reading.no_day.append(self.place)
        return self.reading.other_day or self.reading.days.first

    def day_without_time(self) -> None:
        for column, cell in (("starts_at", self.start), ("ends_at", self.end)):
            if cell.day:
                self.problem(column, f"There is a day without a time: {in_words(cell.day)}.")
                return
        if self.length is not None and self.date.day:
            self.problem("starts_at", "There is a day and a length, but no start.")

    def span(self, day: date, start: Said) -> Span:
        """Return start and end, which is ``None`` where nothing in the row tells it."""
        is_same = self.date.clock in (None, start.clock)
        offset = start.offset or (self.date.offset if is_same else None)
        zone = start.zone or (self.date.zone if is_same else "")
        clock = self.hour(start.clock or timedelta(), start)
        if clock >= _DAY:
            self.problem("starts_at", "A session cannot begin at 24:00. Write 0:00 of the next day.")
            return None, None
        begins = self.moment("starts_at", day, clock, offset, zone)
        if begins is None:
            return None, None
        last = (
            self.end if self.end.clock is not None else Said(start.end_day, start.end, is_bare=start.is_bare)
        )
        if last.clock is None:
            return begins, begins + self.length if self.length is not None else None
        until = self.hour(last.clock, last)
        own = self.end_day(day, last)
        end_day = own or day
        if own is None and until < clock and until + _DAY - clock <= _MAX_NIGHT:
            end_day += _DAY
        ends = self.moment("ends_at", end_day, until, last.offset or offset, last.zone or zone)
        return (begins, self.checked(begins, ends)) if ends is not None else (None, None)

    def moment(
        self, column: str, day: date, clock: timedelta, offset: timezone | None, name: str
    ) -> datetime | None:
        """Return a moment, ``None`` where it is a problem; of two that clocks show alike, the one meant."""
        try:
            return moment(day, clock, offset, self.reading.zone, name)
        except ShownTwice as twice:
            key = f"twice:{self.place}:{column}"
            if len(self.reading.twice) >= _MAX_QUESTIONS:
                self.problem(column, str(twice))
                return None
            self.reading.twice[key] = (self.place, column, twice.local)
            return twice.local.replace(fold=key in self.reading.second).astimezone(UTC)
        except ValueError as error:
            self.problem(column, str(error))
            return None

    def end_day(self, day: date, last: Said) -> date | None:
        """Return the day of the end where the row says one; far from a column of days it is in question."""
        if self.end_date.day or last.day is None or not self.date.day or last.day - day in (_DAY * 0, _DAY):
            return self.end_date.day or last.day
        if self.place not in self.reading.own_days:
            self.reading.own_days.append(self.place)
        return last.day if self.reading.is_own_day else None

    def checked(self, begins: datetime, ends: datetime) -> datetime:
        if ends <= begins and self.place in self.reading.night and not self.reading.is_night_known:
            return ends  # as it may be of the afternoon, which is asked
        if ends <= begins:
            when = "when" if ends == begins else "before"
            self.problem("ends_at", f"The session ends {when} it starts.")
        elif self.length is not None and ends - begins != self.length:
            self.reading.other_length.append(self.place)
        return ends

    def hour(self, clock: timedelta, cell: Said) -> timedelta:
        """Return the time of day, of the afternoon where that was said."""
        if not cell.is_bare or not _SMALL_HOURS[0] <= clock < _SMALL_HOURS[1]:
            return clock
        if self.place not in self.reading.night:
            self.reading.night.append(self.place)
        return clock + _DAY / 2 if self.reading.is_afternoon else clock
