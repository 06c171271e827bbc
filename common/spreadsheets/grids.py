"""The rows of cells that a spreadsheet holds, whichever program wrote it, and what is refused before that.

A grid says what stands where, as text, and nothing of what it means: that is for
``common.spreadsheets.tables``. Every reader counts what it meets while it reads (bytes, cells, characters,
marks of XML) and stops at the first bound, so that no file decides how long a worker is busy or how much
memory it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

MAX_BYTES: Final = 5 * 1024 * 1024
#: Cells that hold something, and characters in all of them.
MAX_CELLS: Final = 300_000
MAX_CHARACTERS: Final = 8_000_000
#: The lowest row and the rightmost column in which something may stand.
MAX_HEIGHT: Final = 100_000
MAX_WIDTH: Final = 256
#: More problems than this help nobody; the rest are counted.
MAX_PROBLEMS: Final = 50

TOO_LARGE: Final = "The file holds too much to be read here. Keep only the sheet with the table, or split it."


@dataclass(frozen=True)
class TableProblem:
    """One thing that is wrong; ``row`` as the spreadsheet numbers it (0: the file); ``column`` or ""."""

    row: int
    column: str
    message: str
    sheet: str = ""

    def __str__(self) -> str:
        row = f"Row {self.row}" if self.row else ""
        place = ", ".join(part for part in (self.sheet, row, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class TableRefused(Exception):
    """Nothing of the table may be used; ``problems`` says why, ``str()`` in one text of a line each."""

    def __init__(self, problems: Sequence[TableProblem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refused(message: str, *, row: int = 0, column: str = "", sheet: str = "") -> TableRefused:
    """Return the refusal of a table for one reason."""
    return TableRefused([TableProblem(row, column, message, sheet)])


@dataclass
class GridLine:
    """One row that is not blank: its number in the spreadsheet and its cells from the first column on."""

    number: int
    cells: list[str]
    is_hidden: bool = False


@dataclass(frozen=True)
class CellProblem:
    """A cell that has no value to use: a formula that failed, or was never computed."""

    row: int
    column: int
    message: str


@dataclass
class Sheet:
    """One sheet that can be seen; a text file has one without a name."""

    name: str
    lines: list[GridLine] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    #: Columns that are hidden, counted from nought; they are read, and that is said.
    hidden_columns: set[int] = field(default_factory=set)


@dataclass
class Grid:
    """Everything that can be seen in a file. In a workbook a cell may stand beside the table."""

    sheets: list[Sheet]
    is_workbook: bool
    notices: list[str] = field(default_factory=list)
    #: Sheets that are hidden: never read, but said.
    hidden_sheets: list[str] = field(default_factory=list)


class Budget:
    """What may still be read of one file. Raises ``TableRefused`` where it is used up."""

    def __init__(self) -> None:
        self.cells, self.characters = MAX_CELLS, MAX_CHARACTERS

    def take_cell(self) -> None:
        """Count one cell."""
        self.cells -= 1
        if self.cells < 0:
            raise refused(TOO_LARGE)

    def take_text(self, text: str) -> None:
        """Count its characters."""
        self.characters -= len(text)
        if self.characters < 0:
            raise refused(TOO_LARGE)


def column_letter(place: int) -> str:
    """Return the letters of a column that is counted from nought: 27 is "AB"."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
