"""What a figure of the report is made of: words, a table, and a picture of the same numbers.

A cell is a number, or the words that stand where there is none: what was not noted is not 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from common.words import in_digits
from team.report.pictures import Picture

Cell = int | str
#: Stands where a number would mean nothing.
NOTHING: Final = "–"
NO_LIMIT: Final = "no limit"
#: Stands where a number is of too few people.
NOT_TOLD: Final = "not told"
#: Stands where nothing was noted, which is not the same as nobody.
NOT_NOTED: Final = "not noted"


@dataclass(frozen=True)
class TableRow:
    """One row: what it is about, where that is looked at, and a cell for each further heading.

    ``number`` is where it stands in the picture, which has no room for names.
    """

    name: str
    cells: Sequence[Cell]
    url: str = ""
    number: int | None = None

    @property
    def shown(self) -> list[str]:
        """The cells as they are read: thousands apart."""
        return [in_digits(cell) if isinstance(cell, int) else cell for cell in self.cells]


@dataclass(frozen=True)
class Table:
    """A table: the first heading is that of the rows' names."""

    caption: str
    headings: tuple[str, ...]
    rows: Sequence[TableRow]


@dataclass(frozen=True)
class Figure:
    """One figure. ``result`` says the outcome in a sentence, ``meaning`` how it is counted."""

    key: str
    heading: str
    meaning: str
    result: str = ""
    table: Table | None = None
    picture: Picture | None = None
    #: What is said while there is nothing to show.
    nothing: str = ""
    #: Where more of it is read, and what that is called.
    more: tuple[str, str] | None = None
