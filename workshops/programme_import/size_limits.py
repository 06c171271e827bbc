"""How much a programme may hold, so that no file keeps a worker busy: text in a cell, marks, people, formats.

The reader of spreadsheets bounds cells and characters (``common.spreadsheets.grids``); here is what costs
more than its length: HTML is parsed, names are compared with each other.
"""

import re
from collections.abc import Sequence
from typing import Final

from common.spreadsheets.tables import Table, TableProblem, TableRefused, refused, shortened
from workshops.programme_import.rows import ProgrammeRow

#: More sessions than an event has; a list of something else.
MAX_SESSIONS: Final = 2_000
#: Characters of a cell that holds no prose.
_MAX_CELL_CHARS: Final = 2_000
#: Signs "<" in all cells: a thousand sessions with two hundred tags each.
_MAX_MARKS: Final = 200_000
#: People with different names; an event of thousands has hundreds.
_MAX_PEOPLE: Final = 5_000
#: People and themes that the cells name, each as often as it stands there.
_MAX_PARTS: Final = 10_000
_PARTED: Final = re.compile(r"[;,|&\n]")
_PROSE: Final = ("description", "abstract", "summary")


def checked(table: Table) -> Table:
    """Return the table. Raises ``TableRefused`` where it holds more than a programme does."""
    if len(table) > MAX_SESSIONS:
        raise refused(f"The file has {len(table):,} sessions; {MAX_SESSIONS:,} are the most.")
    if sum(value.count("<") for row in table for value in row.values.values()) > _MAX_MARKS:
        raise refused("The cells hold too much HTML to be read here. Paste them as plain text.")
    parts = sum(len(_PARTED.findall(row["hosts"] + row["theme"])) for row in table)
    if parts > _MAX_PARTS:
        raise refused(f"The file names hosts and themes {parts:,} times; {_MAX_PARTS:,} are the most.")
    long = [
        TableProblem(
            row.number,
            column,
            f"This has {len(value)} characters; {_MAX_CELL_CHARS} are the most.",
            row.sheet,
        )
        for row in table
        for column, value in row.values.items()
        if len(value) > _MAX_CELL_CHARS and column not in _PROSE
    ]
    if long:
        raise TableRefused(shortened(long))
    return table


def check_people(rows: Sequence[ProgrammeRow]) -> None:
    """Raise ``TableRefused`` where more people are named than an event has."""
    if (people := len({person.name for row in rows for person in row.hosts})) > _MAX_PEOPLE:
        raise refused(f"The file names {people:,} hosts; {_MAX_PEOPLE:,} are the most.")
