"""What rows of a programme leave out: "TBC" for a room, a break without a title, "2" for the second day.

Rows in, rows out; what was taken for granted is a notice, what has more than one reading a question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from common.spreadsheets.questions import Answers, Question, ask
from common.spreadsheets.tables import TableRow
from common.words import counted, listed
from workshops.programme_import.cells.days import Days, in_words
from workshops.programme_import.cells.prose import to_line
from workshops.programme_import.cells.times import UNKNOWN

#: Columns in which such words are no room, person or theme of that name.
_MAY_BE_UNKNOWN: Final = ("room", "theme", "hosts", "format", "capacity", "summary")
_FIGURE: Final = re.compile(r"0*(\d{1,2})(?:st|nd|rd|th)?\.?", re.IGNORECASE)
_WAYS: Final = {"nth": "The days of the event are counted", "month": "Figures are days of the month"}
#: A row with its day, as ``session_rows`` sorts them out.
Lined = tuple[TableRow, date | None]


def without_unknown(lines: Sequence[Lined]) -> tuple[list[Lined], list[str]]:
    """Return the rows with nothing where they say "TBC" or the like, and a notice of that."""
    cleaned: list[Lined] = []
    found: dict[str, list[int]] = {}
    for row, day in lines:
        empty = {column for column in _MAY_BE_UNKNOWN if row[column].casefold() in UNKNOWN}
        for word in sorted({row[column] for column in empty}):
            found.setdefault(word, []).append(row.number)
        values = {column: "" if column in empty else value for column, value in row.values.items()}
        cleaned.append((replace(row, values=values) if empty else row, day))
    if not found:
        return cleaned, []
    words = "; ".join(f"“{word}” in {_rows(numbers)}" for word, numbers in found.items())
    return cleaned, [f"Read as not known yet: {words}."]


def titled(lines: Sequence[Lined], answers: Answers) -> tuple[list[Lined], Question | None]:
    """Return the rows to take where some have no title, and the question what these are."""
    without = [row for row, _ in lines if not to_line(row["title"])]
    if not without:
        return list(lines), None
    names = {row.number: row["format"] for row in without}
    choices = [("leave", f"Leave {'it' if len(without) == 1 else 'them'} out")]
    if all(names.values()):
        shown = ", ".join(f"“{name}”" for name in list(dict.fromkeys(names.values()))[:5])
        choices.insert(0, ("format", f"Their format is their title: {shown}"))
    count = counted(len(without), "%(count)s row has", "%(count)s rows have")
    words = f"{count} no title: {_rows([row.number for row in without])}."
    question = ask("untitled", words, choices, answers)
    if question.answer == "format":
        return [(_called(row), day) for row, day in lines], question
    return [(row, day) for row, day in lines if to_line(row["title"])], question


def _called(row: TableRow) -> TableRow:
    if to_line(row["title"]):
        return row
    return replace(row, values={**row.values, "title": row["format"]})


def with_days(
    lines: Sequence[Lined], days: Days, answers: Answers
) -> tuple[list[Lined], Question | None, list[str]]:
    """Return the rows with a column of days in bare figures written out, and what to ask or say about it.

    "2" may be the second day of the event, or the 2nd of the month; only where both can be, it is asked.
    """
    cells = [row["date"] for row, _ in lines if row["date"]]
    figures = [int(match[1]) for cell in cells if (match := _FIGURE.fullmatch(cell))]
    ways = {key: known for key, known in _ways(days).items() if set(figures) <= set(known)}
    if not figures or len(figures) < len(cells) or not ways:
        return list(lines), None, []
    question = None
    if len({tuple(known[one] for one in figures) for known in ways.values()}) > 1:
        shown = ", ".join(str(one) for one in dict.fromkeys(figures))
        choices = [(key, f"{_WAYS[key]}: {figures[0]} is {in_words(ways[key][figures[0]])}") for key in ways]
        question = ask("figures", f"Days are written as figures ({shown}).", choices, answers)
    key = question.answer if question and question.answer else next(iter(ways))
    known = ways[key]
    notices = [] if question else [f"{_WAYS[key]}: {figures[0]} is {in_words(known[figures[0]])}."]
    return [(_written(row, known), day) for row, day in lines], question, notices


def _written(row: TableRow, known: Mapping[int, date]) -> TableRow:
    match = _FIGURE.fullmatch(row["date"])
    return replace(row, values={**row.values, "date": known[int(match[1])].isoformat()}) if match else row


def _ways(days: Days) -> dict[str, dict[int, date]]:
    counted_out = dict(enumerate(days.all(), start=1))
    return {"nth": counted_out, "month": {day.day: day for day in reversed(days.all())}}


def _rows(numbers: Sequence[int]) -> str:
    numbers = list(dict.fromkeys(numbers))
    return f"{'row' if len(numbers) == 1 else 'rows'} {listed(numbers, 8)}"
