"""Reading a text file with a table (CSV, RFC 4180, and what spreadsheets make of it) within bounds.

Cells are parted by commas, semicolons, tabs or bars, whichever gives the heading line most known columns. The
text is UTF-8, UTF-16 or UTF-32, else it is taken for Windows-1252, which is said with an example.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence, Set
from typing import Final

from common.spreadsheets.cells import column_name
from common.spreadsheets.grids import (
    MAX_CELLS,
    MAX_HEIGHT,
    MAX_WIDTH,
    TOO_LARGE,
    Grid,
    GridLine,
    Sheet,
    refused,
)

_SEPARATORS: Final = ",;\t|"
#: What stands at the beginning of a text → what it is, if it is no table.
OTHERS: Final = (
    (rb"\x89PNG|GIF8|\xff\xd8\xff|RIFF|II\*\0", "This is a picture. Type its table into a spreadsheet."),
    (
        rb"\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ",
        "This file is packed. Unpack it, and upload the spreadsheet that is in it.",
    ),
    (rb"SQLite format 3", "This is a database. Export its table as CSV."),
    (rb"%PDF", "This is a PDF. Save the spreadsheet that it was made from as .xlsx or CSV."),
    (rb"\{\\rtf", "This is a text document (RTF). Copy its table into a spreadsheet, and save it as .xlsx."),
    (rb"BEGIN:VCALENDAR", "This is a calendar file. A programme comes as a spreadsheet: .xlsx or CSV."),
    (
        rb"[\[{]",
        "This is JSON, such as the schedule.json that pretalx and frab publish, and no spreadsheet. "
        "Export the sessions as CSV or .xlsx from there.",
    ),
    (
        rb"(?s)<.{0,600}(?:urn:schemas-microsoft-com:office:spreadsheet|<Workbook)",
        "This is an XML spreadsheet of an old Excel, whatever its name ends in. "
        "Open it in a spreadsheet, and save it as .xlsx.",
    ),
    (
        rb"(?is)<.{0,600}<(?:schedule|conference)\b|<schedule\b",
        "This is a schedule.xml, such as pretalx and frab publish, and no spreadsheet. "
        "Export the sessions as CSV or .xlsx from there.",
    ),
    (
        rb"(?is)<.{0,600}<?(?:html|table|head)\b",
        "This is a web page, whatever its name ends in. Open it in a spreadsheet, and save it as .xlsx.",
    ),
    (rb"<", "This is XML, and no spreadsheet. Export the table as CSV or .xlsx."),
)  # fmt: skip


def grid_of_text(content: bytes, known: Set[str]) -> Grid:
    """Return the rows of a CSV; ``known`` are names of columns. Raises ``TableRefused``."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:2000]
    for pattern, sentence in OTHERS:
        if re.match(pattern, start):
            raise refused(sentence)
    text, notices = _decoded(content)
    if "\0" in text[:2000]:
        raise refused('This is not a text with a table. Save the spreadsheet as .xlsx or "CSV UTF-8".')
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    separator = declared[1] if declared else _separator(text[:20_000].splitlines()[:20], known)
    lines = [GridLine(number, cells) for number, cells in _records(rest if declared else text, separator)]
    return Grid([Sheet("", lines)], is_workbook=False, notices=notices)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (number, cells) as Excel shows them: blank lines count, a line "sep=;" on top does not."""
    lines = _Lines(text, separator)
    number, cells = 0, MAX_CELLS
    try:
        for number, record in enumerate(csv.reader(lines, delimiter=separator, strict=True), 1):
            lines.parts = 0
            while record and not record[-1].strip():
                record.pop()
            cells -= len(record)
            if cells < 0 or number > MAX_HEIGHT or len(record) > MAX_WIDTH:
                raise refused(TOO_LARGE)
            if record:
                yield number, record
    except csv.Error as error:
        sentence = "The quotation marks do not match, so the rest cannot be read."
        if "limit" in str(error):
            longest = f"{csv.field_size_limit():,} characters"
            sentence = f"A cell holds more than {longest}, or its quotation marks do not match."
        raise refused(sentence, row=number + 1) from error


class _Lines:
    """The lines of a text, each counted before a row is made of it."""

    def __init__(self, text: str, separator: str) -> None:
        self.lines = io.StringIO(text, newline="")
        self.separator = separator
        self.parts = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.lines.readline()
        if not line:
            raise StopIteration
        self.parts += line.count(self.separator)
        if self.parts > MAX_CELLS:
            raise refused(TOO_LARGE)
        return line


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """Return the text, and what is worth saying about how it was read."""
    if encoding := _utf_16(content):
        try:
            return content.decode(encoding).removeprefix("\ufeff"), []
        except UnicodeDecodeError as error:
            raise refused(f"The file begins as {encoding.upper()} and is broken. Save it again.") from error
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        broken = problem.start
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, broken) + 1
        raise refused(
            'There is a character that is not UTF-8. In Excel, save it as "CSV UTF-8 (Comma delimited)".',
            row=line,
        ) from error
    example = next(iter(re.findall(r"\w*[^\x00-\x7f]\w*", text)), "")
    return text, [
        f"The file is not in UTF-8, so its letters were read as those of Windows, for example “{example}”. "
        'If that looks wrong, save it in Excel as "CSV UTF-8 (Comma delimited)".'
    ]


def _utf_16(content: bytes) -> str:
    """Return which UTF the bytes are but UTF-8, "" for none: by the mark on top, else by their noughts."""
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:1000]
    if head.count(0) * 4 <= len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _separator(top: Sequence[str], known: Set[str]) -> str:
    """Return the separator by which a line on top has most known columns, then most columns."""

    def worth(separator: str) -> tuple[int, int]:
        lines = [[column_name(cell.strip('"')) for cell in line.split(separator)] for line in top]
        is_common = separator != "|"  # it parts people more often than cells
        counts = [(sum(name in known for name in names), len(names) * is_common) for names in lines]
        return max(counts, default=(0, 0))

    return max(_SEPARATORS, key=worth)
