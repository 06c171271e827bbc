"""The rows of a programme, column by column; what is wrong is said by row and column.

What a single cell means is for ``programme_values``; which session a row is, for ``programme_matching``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from events.models import Contributor, Session, Theme
from members.tables import Row, Table, TableProblem, TableRefused, shortened
from notifications import folding
from workshops.programme_values import (
    day_of,
    format_of,
    is_our_word,
    is_past_midnight,
    is_time_alone,
    moment_of,
    places_of,
    status_of,
)

#: Column → whether its heading must be there. With a ``date``, start and end may be times alone.
COLUMNS = {
    "id": False,
    "title": True,
    "format": False,
    "theme": False,
    "date": False,
    "starts_at": False,
    "ends_at": False,
    "room": False,
    "capacity": False,
    "hosts": False,
    "summary": False,
    "description": False,
    "status": False,
}
#: What other conferences call these columns.
ALIASES = {
    "session_title": "title",
    "session_type": "format",
    "themes": "theme",
    "track": "theme",
    "tracks": "theme",
    "start": "starts_at",
    "starts": "starts_at",
    "start_time": "starts_at",
    "end": "ends_at",
    "ends": "ends_at",
    "end_time": "ends_at",
    "location": "room",
    "places": "capacity",
    "host": "hosts",
    "speaker": "hosts",
    "speakers": "hosts",
    "abstract": "description",
}
#: Columns that are kept as they are written, with the model field that limits their length.
TEXTS = {"title": "title", "room": "room", "summary": "summary", "id": "external_id"}
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Person:
    """A host as the spreadsheet names her: a name, perhaps with an address."""

    name: str
    email: str = ""
    #: What the name shares with names that are the same as people type them.
    keys: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class ProgrammeRow:
    """One row with its values; ``capacity`` is ``None`` where blank."""

    number: int
    external_id: str
    title: str
    format: Session.Format | None
    themes: tuple[str, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    capacity: int | None
    hosts: tuple[Person, ...]
    summary: str
    description: str
    status: Session.Status | None

    @property
    def effective_format(self) -> Session.Format:
        """The format, or for a blank cell what a session with such times and places is."""
        if self.format is not None:
            return self.format
        if self.starts_at is None:
            return Session.Format.ON_DEMAND
        return Session.Format.TALK if self.capacity is None else Session.Format.WORKSHOP


def read_rows(table: Table, zone: ZoneInfo) -> list[ProgrammeRow]:
    """Turn the rows into values; times without an offset are those of ``zone``. Raises ``TableRefused``.

    One query.
    """
    problems: list[TableProblem] = []
    rows = [_RowReader(row, zone, problems).read() for row in table]
    problems += _repeated(rows)
    if problems:
        raise TableRefused(shortened(sorted(problems, key=lambda problem: problem.row)))
    table.notices += _notices(table, rows)
    return _with_keys(rows)


def _with_keys(rows: list[ProgrammeRow]) -> list[ProgrammeRow]:
    """Let every host know by which keys the name is found again."""
    keys = folding.keys({person.name for row in rows for person in row.hosts})
    return [
        replace(row, hosts=tuple(replace(person, keys=keys[person.name]) for person in row.hosts))
        for row in rows
    ]


def _notices(table: Table, rows: list[ProgrammeRow]) -> Iterator[str]:
    """Yield what was understood in a way that the editor may not have meant."""
    words = {row["format"]: format_of(row["format"]) for row in table if row["format"]}
    read_as = [f"{word} as {choice.value}" for word, choice in words.items() if not is_our_word(word)]
    if read_as:
        yield f"Formats that have another name here: {', '.join(read_as)}."
    names = dict.fromkeys(person.name for row in rows for person in row.hosts if "," in person.name)
    if names:
        shown = ", ".join(f"“{name}”" for name in list(names)[:5])
        yield f"Hosts are parted by semicolons, not commas, so each of these is one person: {shown}."


def _repeated(rows: list[ProgrammeRow]) -> Iterator[TableProblem]:
    """Yield a problem for every row that is the same session as one above it."""
    seen: dict[object, int] = {}
    for row in rows:
        name = ("id", row.external_id) if row.external_id else (row.title, row.starts_at, row.room)
        column = "id" if row.external_id else "title"
        if name in seen:
            yield TableProblem(row.number, column, f"This is the same session as in row {seen[name]}.")
        seen.setdefault(name, row.number)


class _RowReader:
    """Reads one row, noting every problem on the way."""

    def __init__(self, row: Row, zone: ZoneInfo, problems: list[TableProblem]) -> None:
        self.row, self.zone, self.problems = row, zone, problems

    def problem(self, column: str, message: str) -> None:
        self.problems.append(TableProblem(self.row.number, column, message))

    def read(self) -> ProgrammeRow:
        for column, name in TEXTS.items():
            self.check_length(column, self.row[column], Session, name)
        if not self.row["title"]:
            self.problem("title", "Give the session a title.")
        starts_at, ends_at = self.times()
        values = ProgrammeRow(
            number=self.row.number,
            external_id=self.row["id"],
            title=" ".join(self.row["title"].split()),
            format=self.value("format", format_of),
            themes=self.themes(),
            starts_at=starts_at,
            ends_at=ends_at,
            room=self.row["room"],
            capacity=self.value("capacity", places_of),
            hosts=self.hosts(),
            summary=" ".join(self.row["summary"].split()),
            description=self.row["description"],
            status=self.value("status", status_of),
        )
        self.check_times(values)
        return values

    def check_length(self, column: str, text: str, model: type[Model], field: str) -> None:
        longest: int | None = getattr(model._meta.get_field(field), "max_length", None)
        if longest is not None and len(text) > longest:
            self.problem(column, f"This has {len(text)} characters; {longest} are the most.")

    def value(self, column: str, read: Callable[[str], _Value]) -> _Value | None:
        """Return what the cell means, ``None`` where it is blank or a problem."""
        try:
            return read(self.row[column]) if self.row[column] else None
        except ValueError as error:
            self.problem(column, str(error))
            return None

    def themes(self) -> tuple[str, ...]:
        titles = tuple(dict.fromkeys(_parts(self.row["theme"])))
        for title in titles:
            self.check_length("theme", title, Theme, "title")
        return titles

    def times(self) -> tuple[datetime | None, datetime | None]:
        """Return start and end; times alone, of one ``date``, may reach past midnight."""
        is_alone = any(is_time_alone(self.row[column]) for column in ("starts_at", "ends_at"))
        day = self.value("date", day_of) if is_alone else None
        starts_at = self.value("starts_at", lambda text: moment_of(text, day, self.zone))
        if day and is_past_midnight(self.row["starts_at"], self.row["ends_at"]):
            day += timedelta(days=1)
        return starts_at, self.value("ends_at", lambda text: moment_of(text, day, self.zone))

    def check_times(self, row: ProgrammeRow) -> None:
        if bool(self.row["starts_at"]) != bool(self.row["ends_at"]):
            missing = "ends_at" if self.row["starts_at"] else "starts_at"
            self.problem(missing, "A session needs a start and an end, or neither (on demand).")
        if row.starts_at and row.ends_at and row.ends_at <= row.starts_at:
            when = "when" if row.ends_at == row.starts_at else "before"
            self.problem("ends_at", f"The session ends {when} it starts.")
        if not self.row["starts_at"] and row.format not in (None, Session.Format.ON_DEMAND):
            self.problem("starts_at", "Give a start and an end, or the format “on demand”.")
        if not self.row["starts_at"] and row.capacity is not None:
            self.problem("capacity", "A session without a time has no places to book.")

    def hosts(self) -> tuple[Person, ...]:
        people = tuple(dict.fromkeys(self.person(part) for part in _parts(self.row["hosts"])))
        for person in people:
            self.check_length("hosts", person.name, Contributor, "name")
        return people

    def person(self, text: str) -> Person:
        """Read "Name" or "Name <name@example.org>" (RFC 5322)."""
        if "<" not in text and "@" not in text:
            return Person(" ".join(text.split()))
        name, address = parseaddr(text)
        try:
            validate_email(address)
        except ValidationError:
            self.problem("hosts", f"“{text}” should be a name, or a name with <name@example.org>.")
        return Person(" ".join(name.split()) or address.partition("@")[0], address.lower())


def _parts(text: str) -> list[str]:
    """Split at semicolons and line ends."""
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
