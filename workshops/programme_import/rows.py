"""The rows of a programme, column by column; what is wrong is said by row and column.

What a single cell means is for ``cells``, ``session_times`` and ``hosts_and_themes``; which
session a row is, for ``matching``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, TypeVar

from django.db.models import Model

from common.spreadsheets.cells import escaped, tidy
from common.spreadsheets.tables import TableProblem, TableRow
from events.models import Contributor, Session, Theme
from workshops.programme_import.cells.hosts import Person, parted, person_of
from workshops.programme_import.cells.lists import titles
from workshops.programme_import.cells.prose import to_line, to_markdown
from workshops.programme_import.cells.times import UNKNOWN
from workshops.programme_import.cells.values import places_of, status_of
from workshops.programme_import.session_times import Reading, Span, span_of

#: Columns that are kept as they are written, with the model field that limits their length.
TEXTS: Final = {"title": "title", "room": "room", "summary": "summary", "id": "external_id"}
_Value = TypeVar("_Value")


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
    sheet: str = ""
    #: The address of the session here, in a file that was downloaded from here.
    slug: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands: sheet and number."""
        return self.sheet, self.number

    @property
    def effective_format(self) -> Session.Format:
        """The format, or for a blank cell what a session with such times and places is."""
        if self.format is not None:
            return self.format
        if self.starts_at is None:
            return Session.Format.ON_DEMAND
        return Session.Format.TALK if self.capacity is None else Session.Format.WORKSHOP

    @property
    def is_without_time(self) -> bool:
        """Whether there is no time, and nobody said that it is on demand."""
        return self.starts_at is None and self.format is not Session.Format.ON_DEMAND

    def on_demand(self) -> "ProgrammeRow":
        """Return the row as a session without a time."""
        return replace(self, format=Session.Format.ON_DEMAND, capacity=None)


def joined(rows: Sequence[ProgrammeRow]) -> tuple[list[ProgrammeRow], list[str], list[TableProblem]]:
    """Return the rows with those of one session as one (an export of a row a speaker), notices, and problems.

    Two rows are one session where all but their hosts is the same and one of them has an id.
    """
    found: dict[object, ProgrammeRow] = {}
    problems, together = [], []
    for row in rows:
        key: object = (row.title, row.starts_at, row.room)
        if row.external_id or row.slug:
            key = ("id", row.external_id) if row.external_id else ("slug", row.slug)
        first = found.setdefault(key, row)
        if first is row:
            continue
        alike = replace(row, number=first.number, sheet=first.sheet, hosts=first.hosts)
        if row.external_id and alike == first and row.hosts != first.hosts:
            found[key] = replace(first, hosts=tuple(dict.fromkeys((*first.hosts, *row.hosts))))
            together.append(f"{first.number} and {row.number}")
        else:
            column = "id" if row.external_id else "slug" if row.slug else "title"
            message = f"This is the same session as in row {first.number}."
            message += " For a new one, leave the slug blank." if column == "slug" else ""
            problems.append(TableProblem(row.number, column, message, row.sheet))
    words = f"Rows of one session with several hosts are read as one: {', '.join(together[:10])}."
    return list(found.values()), [words] if together else [], problems


class RowReader:
    """Reads one row, noting every problem on the way."""

    def __init__(
        self,
        row: TableRow,
        above: date | None,
        reading: Reading,
        formats: Mapping[str, Session.Format | None],
        commas: str,
        problems: list[TableProblem],
    ) -> None:
        self.row, self.above, self.reading, self.formats = row, above, reading, formats
        self.commas, self.problems = commas, problems

    def problem(self, column: str, message: str) -> None:
        """Note what is wrong."""
        self.problems.append(TableProblem(self.row.number, column, message, self.row.sheet))

    def read(self) -> tuple[ProgrammeRow, date | None]:
        """Return the row's values and its day."""
        summary, description = self.prose()
        title = to_line(self.row["title"])
        for column, text in (("summary", summary), ("title", title)):
            self.check_length(column, text, Session, TEXTS[column])
        for column in ("room", "id"):
            self.check_length(column, self.row[column], Session, TEXTS[column])
        if not title:
            self.problem("title", "Give the session a title.")
        (starts_at, ends_at), day = self.span()
        values = ProgrammeRow(
            number=self.row.number,
            external_id=self.row["id"],
            title=title,
            format=self.formats.get(self.row["format"]),
            themes=self.themes(),
            starts_at=starts_at,
            ends_at=ends_at,
            room=" ".join(self.row["room"].split()),
            capacity=self.value("capacity", places_of),
            hosts=self.hosts(),
            summary=summary,
            description=description,
            status=self.value("status", status_of),
            sheet=self.row.sheet,
            slug=self.row["slug"],
        )
        return values, day

    def span(self) -> tuple[Span, date | None]:
        """Return start and end; a session on demand has none."""
        return span_of(self.row, self.above, self.reading, self.problem)

    def prose(self) -> tuple[str, str]:
        """Return summary and description; an abstract is the one that is not there."""
        summary, description = to_line(self.row["summary"]), to_markdown(self.row["description"])
        abstract = to_markdown(self.row["abstract"])
        if not description:
            return summary, abstract
        longest = Session._meta.get_field("summary").max_length or 0
        if abstract and not summary and len(to_line(self.row["abstract"])) <= longest:
            return to_line(self.row["abstract"]), description
        return summary, f"{abstract}\n\n{description}" if abstract not in ("", description) else description

    def check_length(self, column: str, text: str, model: type[Model], field: str) -> None:
        """Note a text that is too long."""
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
        """Return the titles, each once."""
        found = tuple(dict.fromkeys(titles(self.row["theme"])))
        for title in found:
            self.check_length("theme", title, Theme, "title")
        return found

    def hosts(self) -> tuple[Person, ...]:
        """Return the people, each once."""
        people = tuple(dict.fromkeys(self.people()))
        for person in people:
            self.check_length("hosts", person.name, Contributor, "name")
        return people

    def people(self) -> Iterator[Person]:
        """Yield each of them."""
        alone = f"{self.row['first_name']} {self.row['last_name']}".strip()
        for text in parted(self.row["hosts"] or alone, self.row["host_ids"], self.commas):
            if text.casefold() in UNKNOWN:
                continue
            try:
                yield person_of(text, self.commas)
            except ValueError as error:
                self.problem("hosts", str(error))


def as_read(column: str, value: str) -> str:
    """Return what is read where a value that is stored stands in a file: nobody can write it otherwise."""
    cell = tidy(escaped(value))
    if column in ("room", "summary") and cell.casefold() in UNKNOWN:
        return ""
    match column:
        case "title" | "summary":
            return to_line(cell)
        case "description":
            return to_markdown(cell)
        case "room":
            return " ".join(cell.split())
    return value
