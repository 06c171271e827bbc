"""Reading a table that somebody made in a spreadsheet: CSV or XLSX, with headings in any order and case.

A file is read whole or refused whole: ``TableRefused`` carries every problem found, each with its row as
the spreadsheet numbers it. All values are text, trimmed; dates come as ISO 8601 ("2026-11-18T10:00:00"),
whole numbers without ".0". What a value means is for the caller, who raises ``TableRefused`` as well.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

from members.workbooks import cells_of_workbook, is_workbook

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_ROWS: Final = 20_000
#: More problems than this help nobody; the rest are counted.
MAX_PROBLEMS: Final = 50

_INVISIBLE: Final = "\ufeff\u200b\u200e\u200f\u2060"
_SIGNATURE_OF_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_SEPARATORS: Final = ",;\t"


@dataclass(frozen=True)
class TableProblem:
    """One thing that is wrong; ``row`` as the spreadsheet numbers it (0: the file); ``column`` or ""."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"Row {self.row}" if self.row else "", self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class TableRefused(Exception):
    """Nothing of the table may be used; ``problems`` says why, ``str()`` in one text of a line each."""

    def __init__(self, problems: Sequence[TableProblem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Row:
    """One row: its number in the spreadsheet and the values of the known columns ("" where blank)."""

    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


class Table(list[Row]):
    """The rows that are not blank; ``notices`` are worth showing, ``columns`` are those found."""

    def __init__(self, rows: Iterable[Row], columns: Sequence[str], notices: Sequence[str]) -> None:
        super().__init__(rows)
        self.columns = list(columns)
        self.notices = list(notices)


def read_table(
    file: BinaryIO,
    filename: str,
    columns: Mapping[str, bool],
    *,
    aliases: Mapping[str, str] | None = None,
    max_rows: int = MAX_ROWS,
) -> Table:
    """Read the known ``columns`` (name → whether its heading must be there) of a CSV or XLSX file.

    Headings are compared without regard to case, and "Starts at" is "starts_at"; ``aliases`` maps other
    headings onto columns. A column that is not in the file reads as "" everywhere. Unknown headings are
    a notice. Raises ``TableRefused``.
    """
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    _refuse_unreadable(content, filename)
    if is_workbook(content):
        cells, notices, problems = cells_of_workbook(content)
        records: Iterator[tuple[int, list[str]]] = iter(cells)
        if problems:
            raise TableRefused([TableProblem(*problem) for problem in problems[:MAX_PROBLEMS]])
    else:
        notices = []
        records = _records_of_csv(content, {*columns, *(aliases or {})})
    clean = ((number, [tidy(cell) for cell in record]) for number, record in records)
    filled = [(number, record) for number, record in clean if any(record)]
    return _table(filled, columns, aliases or {}, max_rows, notices)


def tidy(value: str) -> str:
    """Trim a value, invisible marks and non-breaking spaces included, and compose its characters (NFC)."""
    if value.isascii() and "\r" not in value and "_x000D_" not in value:
        return value.strip()
    value = value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return unicodedata.normalize("NFC", value).strip().strip(_INVISIBLE).strip()


def refused(message: str, *, row: int = 0, column: str = "") -> TableRefused:
    """Return the refusal of a table for one reason."""
    return TableRefused([TableProblem(row, column, message)])


def _refuse_unreadable(content: bytes, filename: str) -> None:
    if not content:
        raise refused("The file is empty.")
    if len(content) > MAX_BYTES:
        raise refused(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Split it into smaller files.")
    if content.startswith(_SIGNATURE_OF_OLD_EXCEL):
        raise refused(
            "This is a workbook of an old Excel (.xls), or one with a password. Save it as .xlsx without one."
        )
    if filename.lower().endswith((".xlsx", ".xlsm")) and not is_workbook(content):
        raise refused(
            "This is not an Excel workbook, although its name says so. Save it again as .xlsx or CSV."
        )


def _records_of_csv(content: bytes, known: set[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, cells) as Excel shows them: blank lines count, a line "sep=;" on top does not."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    separator = declared[1] if declared else _separator(first, known)
    reader = csv.reader(io.StringIO(rest if declared else text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            yield number, record
    except csv.Error as error:
        raise refused(
            "The quotation marks do not match, so the rest cannot be read.", row=number + 1
        ) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:1000]:
        raise refused('The file is in UTF-16. In Excel, save it as "CSV UTF-8 (Comma delimited)".')
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(
            'There is a character that is not UTF-8. In Excel, save it as "CSV UTF-8 (Comma delimited)".',
            row=line,
        ) from error


def _separator(heading: str, known: set[str]) -> str:
    """Return the separator by which the heading line has most known columns, then most columns."""

    def worth(separator: str) -> tuple[int, int]:
        names = [column_name(cell.strip('" ')) for cell in heading.split(separator)]
        return sum(name in known for name in names), len(names)

    return max(_SEPARATORS, key=worth)


def column_name(heading: str) -> str:
    """Return the name a heading is known by: "Starts  at" is "starts_at"."""
    return re.sub(r"[\s_-]+", "_", tidy(heading).casefold()).strip("_")


def _table(
    records: list[tuple[int, list[str]]],
    columns: Mapping[str, bool],
    aliases: Mapping[str, str],
    max_rows: int,
    notices: Sequence[str],
) -> Table:
    if not records:
        raise refused("The file has no rows.")
    (number, headings), *body = records
    if len(body) > max_rows:
        raise refused(f"The file has {len(body):,} rows; {max_rows:,} are the most. Split it.")
    places, unknown = _places(number, headings, columns, aliases)
    found = [name for name in columns if name in places]
    problems = [problem for number, record in body for problem in _problems(number, record, headings)]
    if problems:
        raise TableRefused(shortened(problems))
    rows = (
        Row(number, {name: _cell(record, places.get(name)) for name in columns}) for number, record in body
    )
    ignored = [f"Not read, because not known: {', '.join(unknown)}."] if unknown else []
    return Table(rows, found, [*notices, *ignored])


def _places(
    number: int, headings: list[str], columns: Mapping[str, bool], aliases: Mapping[str, str]
) -> tuple[dict[str, int], list[str]]:
    """Return where each known column stands, and the headings that nobody knows."""
    places: dict[str, int] = {}
    unknown, problems = [], []
    named = {column_name(heading) for heading in headings}
    for place, heading in enumerate(headings):
        name = column_name(heading)
        if aliases.get(name) not in named:  # else the column of that very name counts
            name = aliases.get(name, name)
        if name in places:
            problems.append(TableProblem(number, heading, "There are two columns with this heading."))
        elif name in columns:
            places[name] = place
        elif heading:
            unknown.append(heading)
    missing = [name for name, is_required in columns.items() if is_required and name not in places]
    for name in missing:
        message = f'There is no column "{name}". The first row must hold the headings.'
        problems.append(TableProblem(number, "", message))
    if problems:
        raise TableRefused(problems)
    return places, unknown


def _problems(number: int, record: list[str], headings: list[str]) -> Iterator[TableProblem]:
    """Yield what is wrong with a row as such: cells without a heading, characters nobody can see."""
    if any(record[len(headings) :]):
        yield TableProblem(
            number, "", "There are more cells than headings. Put quotes around values with commas."
        )
    for heading, cell in zip(headings, record, strict=False):
        if any(unicodedata.category(character) == "Cc" for character in cell if character not in "\n\t"):
            yield TableProblem(number, heading, "There is a character that cannot be shown.")


def _cell(record: list[str], place: int | None) -> str:
    return record[place] if place is not None and place < len(record) else ""


def shortened(problems: Sequence[TableProblem]) -> list[TableProblem]:
    """Return at most ``MAX_PROBLEMS`` of them, and how many more there are."""
    if len(problems) <= MAX_PROBLEMS:
        return list(problems)
    more = TableProblem(0, "", f"There are {len(problems) - MAX_PROBLEMS} more problems.")
    return [*problems[:MAX_PROBLEMS], more]
