"""A programme's rows as text, turned into values; what is wrong is said by row and column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from events.models import Contributor, Session, Theme
from members.tables import Row, Table, TableProblem, TableRefused, shortened

#: Column → whether its heading must be there.
COLUMNS = {
    "id": False,
    "title": True,
    "format": False,
    "theme": False,
    "starts_at": False,
    "ends_at": False,
    "room": False,
    "capacity": False,
    "hosts": False,
    "summary": False,
    "description": False,
}
#: Columns that are kept as they are written, with the model field that limits their length.
TEXTS = {"title": "title", "room": "room", "summary": "summary", "id": "external_id"}
LARGEST_CAPACITY = 1_000_000
_FORMATS = {
    spelling.casefold(): choice
    for choice in Session.Format
    for spelling in (choice.value, choice.label, choice.label.split(" (")[0], choice.name)
}


@dataclass(frozen=True)
class Person:
    """A host as the spreadsheet names her: a name, perhaps with an address."""

    name: str
    email: str = ""


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

    @property
    def effective_format(self) -> Session.Format:
        """The format, or for a blank cell what a session with such times and places is."""
        if self.format is not None:
            return self.format
        if self.starts_at is None:
            return Session.Format.ON_DEMAND
        return Session.Format.TALK if self.capacity is None else Session.Format.WORKSHOP


def read_rows(table: Table, zone: ZoneInfo) -> list[ProgrammeRow]:
    """Turn the rows into values; times without an offset are those of ``zone``. Raises ``TableRefused``."""
    problems: list[TableProblem] = []
    rows = [_RowReader(row, zone, problems).read() for row in table]
    problems += _repeated(rows)
    if problems:
        raise TableRefused(shortened(sorted(problems, key=lambda problem: problem.row)))
    return rows


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
        for column, field in TEXTS.items():
            self.check_length(column, self.row[column], Session, field)
        if not self.row["title"]:
            self.problem("title", "Give the session a title.")
        starts_at, ends_at = self.moment("starts_at"), self.moment("ends_at")
        values = ProgrammeRow(
            number=self.row.number,
            external_id=self.row["id"],
            title=" ".join(self.row["title"].split()),
            format=self.format(),
            themes=self.themes(),
            starts_at=starts_at,
            ends_at=ends_at,
            room=self.row["room"],
            capacity=self.capacity(),
            hosts=self.hosts(),
            summary=" ".join(self.row["summary"].split()),
            description=self.row["description"],
        )
        self.check_times(values)
        return values

    def check_length(self, column: str, text: str, model: type[Model], field: str) -> None:
        longest: int | None = getattr(model._meta.get_field(field), "max_length", None)
        if longest is not None and len(text) > longest:
            self.problem(column, f"This has {len(text)} characters; {longest} are the most.")

    def format(self) -> Session.Format | None:
        text = self.row["format"]
        if text and text.casefold() not in _FORMATS:
            known = ", ".join(choice.value for choice in Session.Format)
            self.problem("format", f"“{text}” is not a format. The formats are: {known}.")
        return _FORMATS.get(text.casefold())

    def themes(self) -> tuple[str, ...]:
        titles = tuple(dict.fromkeys(_parts(self.row["theme"])))
        for title in titles:
            self.check_length("theme", title, Theme, "title")
        return titles

    def moment(self, column: str) -> datetime | None:
        text = self.row[column]
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.problem(column, f"“{text}” is not a time such as 2026-11-18T10:00:00+00:00.")
            return None
        if moment.tzinfo is not None:
            return moment
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d", text):
            self.problem(column, f"“{text}” is a day without a time.")
            return None
        return self.local(column, moment)

    def local(self, column: str, moment: datetime) -> datetime | None:
        """Read a time without an offset in the event's zone; an hour that the clocks skip is a problem."""
        local = moment.replace(tzinfo=self.zone)
        if local.astimezone(ZoneInfo("UTC")).astimezone(self.zone).replace(tzinfo=None) != moment:
            self.problem(column, f"There is no {moment:%H:%M} on that day: the clocks go forward.")
            return None
        return local

    def check_times(self, row: ProgrammeRow) -> None:
        if bool(self.row["starts_at"]) != bool(self.row["ends_at"]):
            missing = "ends_at" if self.row["starts_at"] else "starts_at"
            self.problem(missing, "A session needs a start and an end, or neither (on demand).")
        if row.starts_at and row.ends_at and row.ends_at <= row.starts_at:
            self.problem("ends_at", "The session ends before it starts.")
        if not self.row["starts_at"] and row.format not in (None, Session.Format.ON_DEMAND):
            self.problem("starts_at", "Give a start and an end, or the format “on demand”.")
        if not row.starts_at and row.capacity is not None:
            self.problem("capacity", "A session without a time has no places to book.")

    def capacity(self) -> int | None:
        text = self.row["capacity"]
        if not text:
            return None
        if not re.fullmatch(r"[0-9]+(\.0+)?", text) or len(text) > 12:
            self.problem("capacity", f"“{text}” is not a whole number of places.")
            return None
        number = int(float(text))
        if number > LARGEST_CAPACITY:
            most = f"{LARGEST_CAPACITY:,} places are the most; leave it blank for no limit."
            self.problem("capacity", most)
        return number

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
