"""A programme as a grid: times down the side, a column a room (or stream, or day), titles in its cells.

A grid becomes a row a cell. A cell's first line is the title, the others are the description; what stands
in every column of a row ("Lunch") is one session without a room. Where a session stood is its sheet and row
(``Row.sheet`` names the column as well), as people look for it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from common.spreadsheets.headings import Unknown
from common.spreadsheets.questions import BETWEEN, Answers, Question, ask
from common.spreadsheets.tables import Table, TableRow
from workshops.programme_import.cells.days import Days, day_of

#: Answers to "which column holds the titles?", and the column that the headings are then.
GRIDS: Final = {"*room": "room", "*theme": "theme", "*date": "date"}
_COLUMNS: Final = "grid"
_WORDS: Final = {"*room": "a room", "*theme": "a theme (a stream, a track)", "*date": "a day"}


def is_grid(answers: Answers) -> bool:
    """Whether somebody said that the file is a grid."""
    return answers.get("title") in GRIDS


def of_a_grid(unknown: Sequence[Unknown]) -> list[Unknown]:
    """Return the columns that a grid may be of: nobody knows them, and each has a heading of its own."""
    names = Counter(one.name for one in unknown)
    return [one for one in unknown if one.examples and not one.instead and names[one.name] == 1]


def grid_choices(unknown: Sequence[Unknown], days: Days) -> list[tuple[str, str]]:
    """Return the answers that make a grid of these columns; none where there are not two."""
    if len(unknown) < 2:
        return []
    kinds = [kind for kind in _WORDS if kind != "*date" or all(_is_day(one.heading, days) for one in unknown)]
    shown = ", ".join(one.heading for one in unknown[:4]) + (", …" if len(unknown) > 4 else "")
    return [(kind, f"Several: each is {_WORDS[kind]}, with titles in its cells ({shown})") for kind in kinds]


def _is_day(heading: str, days: Days) -> bool:
    try:
        return day_of(heading, days) is not None
    except ValueError:
        return False


def question_about_columns(unknown: Sequence[Unknown], answers: Answers) -> Question:
    """Return the question which columns make the grid; usually all that nobody knows."""
    kind = _WORDS[answers["title"]]
    choices = [
        (one.name, f"{one.heading}: {' '.join(', '.join(one.examples).split())[:100]}") for one in unknown
    ]
    usual = BETWEEN.join(name for name, _ in choices)
    return ask(_COLUMNS, f"Which columns are each {kind}?", choices, answers, usual, is_many=True)


def unfolded(table: Table, columns: Sequence[str], kind: str) -> Table:
    """Return a table of a row a cell; ``table`` has been read with these columns (headings) as known ones."""
    target = GRIDS[kind]
    found = Table(_cells(table, columns, target), [], table.notices)
    found.columns = [*dict.fromkeys([*(one for one in table.columns if one not in columns), "title", target])]
    found.headings = {column: name for column, name in table.headings.items() if column not in columns}
    found.unknown, found.sheets, found.hidden = table.unknown, table.sheets, table.hidden
    return found


def _cells(table: Table, columns: Sequence[str], target: str) -> Iterator[TableRow]:
    for column in columns:
        heading = table.headings.get(column, column)
        for row in table:
            texts = [row[one] for one in columns]
            sheet = f"{row.sheet} {heading}".strip()
            if not any(texts):
                yield replace(row, sheet=sheet)  # a day, for the cells below it
            elif target != "date" and len(columns) > 1 and len({*texts}) == 1:
                if column == columns[0]:
                    yield _session(row, row[column], sheet, {})
            elif row[column]:
                yield _session(row, row[column], sheet, {target: heading})


def _session(row: TableRow, text: str, sheet: str, more: dict[str, str]) -> TableRow:
    title, _, rest = text.partition("\n")
    values = {**row.values, **more, "title": title, "description": row["description"] or rest.strip()}
    return TableRow(row.number, values, sheet)
