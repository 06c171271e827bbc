"""Reading the cells of an XLSX workbook without letting the file decide how much work that is.

What would unpack to more than ``MAX_UNPACKED`` is refused before anything is unpacked; dimensions that the
file claims are not believed. Formulas count with the value that the spreadsheet computed last.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

MAX_UNPACKED: Final = 60 * 1024 * 1024
MAX_PARTS: Final = 500
#: Rows (empty ones too) and columns that are looked at.
MAX_HEIGHT: Final = 100_000
MAX_WIDTH: Final = 60

Cells = list[tuple[int, list[str]]]
#: Row, column and sentence of what is wrong.
Problems = list[tuple[int, str, str]]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a zip archive, as every XLSX is."""
    return content.startswith(b"PK")


def cells_of_workbook(content: bytes) -> tuple[Cells, list[str], Problems]:
    """Return (row number, texts) of the first sheet that is not hidden, notices, and problems."""
    if problem := _oversized(content):
        return [], [], [(0, "", problem)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles it does not keep
            return _read(content)
    except Exception:  # openpyxl raises whatever a broken file makes it stumble over
        return (
            [],
            [],
            [(0, "", "This is not an Excel workbook that can be read. Save it again as .xlsx or CSV.")],
        )


def _oversized(content: bytes) -> str:
    """Say what is wrong with the archive as such, "" if nothing is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "This is not an Excel workbook that can be read. Save it again as .xlsx or CSV."
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        return "The workbook is too large to read. Keep only the sheet with the table, or save it as CSV."
    return ""


def _read(content: bytes) -> tuple[Cells, list[str], Problems]:
    values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    try:
        sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            return [], [], [(0, "", "The workbook has no sheet that can be seen.")]
        title = sheets[0].title
        notices = [f'Only the first sheet, "{title}", is read.'] if len(sheets) > 1 else []
        rows = list(zip(_rows(values, title), _rows(formulas, title), strict=True))
    finally:
        values.close()
        formulas.close()
    if len(rows) >= MAX_HEIGHT:
        return [], [], [(0, "", f"The sheet reaches below row {MAX_HEIGHT:,}. Delete the empty rows.")]
    cells: Cells = []
    problems: Problems = []
    for number, (row, sources) in enumerate(rows, 1):
        cells.append((number, [_text(cell.value) for cell in row]))
        problems += _problems(number, row, sources)
    return cells, notices, problems


def _rows(workbook: Workbook, title: str) -> Iterator[tuple[Any, ...]]:
    return workbook[title].iter_rows(max_row=MAX_HEIGHT, max_col=MAX_WIDTH)


def _problems(number: int, row: tuple[Any, ...], sources: tuple[Any, ...]) -> Problems:
    """Return the formulas that were never computed, and those that failed."""
    found: Problems = []
    for cell, source in zip(row, sources, strict=True):
        if cell.value is None and source.data_type == "f":
            message = (
                "There is a formula without a value. Open the file in Excel and save it, or paste values."
            )
            found.append((number, _letter(source), message))
        elif cell.data_type == "e":
            found.append((number, _letter(cell), f"There is the error {cell.value}."))
    return found


def _letter(cell: Any) -> str:
    return f"column {cell.column_letter}"


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return (value.replace(microsecond=0)).isoformat()
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)
