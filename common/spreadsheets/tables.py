"""Reading a table that somebody made in a spreadsheet: CSV, XLSX or ODS, headings in any order and case.

A file is read whole or refused whole: ``TableRefused`` carries every problem found, each with its row as
the spreadsheet numbers it. All values are text, trimmed; dates come as ISO 8601 ("2026-11-18T10:00:00"),
whole numbers without ".0". What a value means is for the caller, who raises ``TableRefused`` as well.
What the file leaves open (which sheet, hidden rows, headings that nobody knows) is on the table, and
``Choices`` say how it was decided.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from common.spreadsheets.cells import column_name, tidy
from common.spreadsheets.files import read_grid
from common.spreadsheets.grids import (
    MAX_PROBLEMS,
    Grid,
    GridLine,
    Sheet,
    TableProblem,
    TableRefused,
    column_letter,
    refused,
)
from common.spreadsheets.headings import Headings, Unknown, cell, named, not_read, read_though_hidden
from common.words import listed

__all__ = [
    "Choices",
    "Table",
    "TableProblem",
    "TableRefused",
    "TableRow",
    "column_name",
    "read_table",
    "refused",
    "shortened",
    "tidy",
]  # fmt: skip

MAX_ROWS: Final = 20_000
#: Among so many lines on top the headings are looked for.
_TOP: Final = 20
#: So many known headings are no chance.
_SURE: Final = 3


@dataclass(frozen=True)
class TableRow:
    """One row: its number in the spreadsheet and the values of the known columns ("" where blank)."""

    number: int
    values: Mapping[str, str]
    #: The sheet, where several are read.
    sheet: str = ""
    #: What stands in the row where only one cell is filled, whichever it is: a day, a total, a note.
    lone: str = field(default="", compare=False)

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True)
class Choices:
    """How a file is to be read where it leaves that open."""

    #: Names of the sheets to read; ``None`` is the first.
    sheets: tuple[str, ...] | None = None
    #: Whether rows that are hidden or filtered out are read; ``None`` is no.
    with_hidden: bool | None = None
    #: A heading (as ``column_name`` writes it) → the column it is, "" for none.
    headings: Mapping[str, str] = field(default_factory=dict)


class Table(list[TableRow]):
    """The rows that are not blank; ``notices`` are worth showing, ``columns`` are those found.

    ``headings`` says how a column is called in the file, ``unknown`` what is not read, ``sheets`` how many
    rows each sheet has that can be seen, ``hidden`` the numbers of rows that are hidden.
    """

    def __init__(self, rows: Iterable[TableRow], columns: Sequence[str], notices: Sequence[str]) -> None:
        super().__init__(rows)
        self.columns = list(columns)
        self.notices = list(notices)
        self.headings: dict[str, str] = {}
        self.unknown: list[Unknown] = []
        self.sheets: dict[str, int] = {}
        self.hidden: list[int] = []


def read_table(
    file: BinaryIO,
    filename: str,
    columns: Mapping[str, bool],
    *,
    aliases: Mapping[str, str] | None = None,
    max_rows: int = MAX_ROWS,
    choices: Choices | None = None,
) -> Table:
    """Read the known ``columns`` (name → whether its heading must be there) of a CSV, XLSX or ODS file.

    Headings are compared without regard to case, and "Starts at" is "starts_at"; ``aliases`` maps other
    headings onto columns, the earlier before the later where a file has two. A column that is not in the
    file reads as "" everywhere. Raises ``TableRefused``.
    """
    aliases = aliases or {}
    grid = read_grid(file, filename, {*columns, *aliases})
    return _Reader(grid, columns, aliases, choices or Choices(), max_rows).table()


class _Reader:
    """Makes the table of a grid, sheet by sheet."""

    def __init__(
        self,
        grid: Grid,
        columns: Mapping[str, bool],
        aliases: Mapping[str, str],
        choices: Choices,
        max_rows: int,
    ) -> None:
        self.grid, self.columns, self.choices, self.max_rows = grid, columns, choices, max_rows
        self.headings = Headings(columns, aliases, choices.headings, is_workbook=grid.is_workbook)
        self.problems: list[TableProblem] = []
        self.found: dict[str, str] = {}

    def table(self) -> Table:
        filled = [sheet for sheet in self.grid.sheets if sheet.lines]
        if not filled:
            raise refused("The file has no rows.")
        wanted = self.choices.sheets
        read = [sheet for sheet in filled if wanted and sheet.name in wanted] or filled[:1]
        table = Table([], [], self.grid.notices)
        table.sheets = {sheet.name: len(sheet.lines) for sheet in filled}
        for sheet in read:
            table += self.rows(sheet, table, sheet.name if len(read) > 1 else "")
        if self.problems:
            raise TableRefused(shortened(self.problems))
        if not table and not table.hidden:
            raise refused("There are headings, and no rows below them.")
        if len(table) > self.max_rows:
            raise refused(f"The file has {len(table):,} rows; {self.max_rows:,} are the most. Split it.")
        table.columns = [name for name in self.columns if name in self.found]
        table.headings = self.found
        table.notices += self.notices(table, read)
        return table

    def notices(self, table: Table, read: Sequence[Sheet]) -> Iterator[str]:
        """Yield what was left out."""
        if len(table.sheets) > len(read):
            titles = [sheet.name for sheet in read]
            others = [title for title in table.sheets if title not in titles]
            yield f"Of the workbook’s sheets {named(titles)} is read, not {named(others)}."
        if table.hidden and not self.choices.with_hidden:
            yield f"Rows that are hidden are not read: {listed(table.hidden, 10)}."
        if self.grid.hidden_sheets:
            yield f"Hidden sheets are not read: {named(self.grid.hidden_sheets)}."
        yield from not_read(table.unknown)

    def rows(self, sheet: Sheet, table: Table, name: str) -> Iterator[TableRow]:
        """Yield the rows of one sheet, and note on the table what is left open."""
        lines = [
            GridLine(line.number, [tidy(cell) for cell in line.cells], line.is_hidden) for line in sheet.lines
        ]
        lines = [line for line in lines if any(line.cells)]
        if not lines:
            raise refused("The file has no rows.")
        top = self.top(lines)
        heading, body = lines[top], lines[top + 1 :]
        self.headings.check(heading)
        for above in lines[:top]:
            words = " ".join(cell for cell in above.cells if cell)
            table.notices.append(
                f"Row {above.number} stands above the headings and is not read: “{words[:80]}”."
            )
        placed = self.headings.placed(heading, body)
        places = placed.places
        self.problems += placed.problems
        table.unknown += placed.unknown
        table.notices += read_though_hidden(sheet, heading, places)
        self.found = {column: heading.cells[place] for column, place in places.items()} | self.found
        hidden = [line.number for line in body if line.is_hidden]
        table.hidden += hidden
        if not self.choices.with_hidden:
            body = [line for line in body if not line.is_hidden]
        left_out = {*hidden} - {line.number for line in body}
        self.check_cells(sheet, places, name, lambda row: row > heading.number and row not in left_out)
        self.check_lines(body, heading, name)
        titles = [cell.casefold() for cell in heading.cells]
        for line in body:
            if [cell.casefold() for cell in line.cells] == titles:
                continue  # the headings once more, as on top of every day
            cells = [cell for cell in line.cells if cell]
            values = {column: cell(line, places.get(column)) for column in self.columns}
            yield TableRow(line.number, values, name, cells[0] if len(cells) == 1 else "")

    def top(self, lines: Sequence[GridLine]) -> int:
        """Return which line holds the headings.

        That is the first of several cells, unless one further down is plainly meant: a session may be a
        "Talk" in the "Hall", which elsewhere are headings.
        """
        places = range(min(_TOP, len(lines)))
        first = next((place for place in places if len(_filled(lines[place])) > 1), 0)
        best = max(places, key=lambda place: (self.headings.worth(lines[place]), -place))
        worth = self.headings.worth(lines[best])
        is_meant = worth >= _SURE or (worth > 1 and worth * 2 >= len(_filled(lines[best])))
        return best if is_meant or (worth and best <= first) else first

    def problem(self, row: int, column: str, message: str, sheet: str = "") -> None:
        self.problems.append(TableProblem(row, column, message, sheet))

    def check_cells(
        self, sheet: Sheet, places: Mapping[str, int], name: str, is_read: Callable[[int], bool]
    ) -> None:
        """Note the cells of known columns that have no value to use."""
        for one in sheet.problems:
            if one.column in places.values() and is_read(one.row):
                self.problem(one.row, f"column {column_letter(one.column)}", one.message, name)

    def check_lines(self, body: Sequence[GridLine], heading: GridLine, name: str) -> None:
        """Note cells without a heading, and characters that nobody can see."""
        for line in body:
            if any(line.cells[len(heading.cells) :]) and not self.grid.is_workbook:
                message = "There are more cells than headings. Put quotes around values with commas."
                self.problem(line.number, "", message, name)
            for title, text in zip(heading.cells, line.cells, strict=False):
                if not text.isprintable() and any(map(_is_control, text)):
                    self.problem(line.number, title, "There is a character that cannot be shown.", name)


def _is_control(character: str) -> bool:
    return character not in "\n\t" and unicodedata.category(character) == "Cc"


def _filled(line: GridLine) -> list[str]:
    return [cell for cell in line.cells if cell]


def shortened(problems: Sequence[TableProblem]) -> list[TableProblem]:
    """Return at most ``MAX_PROBLEMS`` of them, and how many more there are."""
    if len(problems) <= MAX_PROBLEMS:
        return list(problems)
    more = TableProblem(0, "", f"There are {len(problems) - MAX_PROBLEMS} more problems.")
    return [*problems[:MAX_PROBLEMS], more]
