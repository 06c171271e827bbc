"""Reading whatever file somebody took for a spreadsheet: CSV, XLSX or ODS, judged by its bytes."""

from collections.abc import Set
from typing import BinaryIO, Final

from common.spreadsheets.delimited import grid_of_text
from common.spreadsheets.grids import MAX_BYTES, Grid, refused
from common.spreadsheets.workbooks import grid_of_workbook, is_workbook

_SIGNATURE_OF_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"


def read_grid(file: BinaryIO, filename: str, known: Set[str]) -> Grid:
    """Return what stands in the file; ``known`` names of columns tell how a text file is parted.

    Raises ``TableRefused`` with a sentence that says what the file is.
    """
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    _refuse_unreadable(content, filename)
    return grid_of_workbook(content) if is_workbook(content) else grid_of_text(content, known)


def _refuse_unreadable(content: bytes, filename: str) -> None:
    if not content:
        raise refused("The file is empty.")
    if len(content) > MAX_BYTES:
        raise refused(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Split it into smaller files.")
    if content.startswith(_SIGNATURE_OF_OLD_EXCEL):
        raise refused(
            "This is a workbook of an old Excel (.xls), or one with a password. Save it as .xlsx without one."
        )
    is_text = not is_workbook(content) and not content.lstrip().startswith(b"<")
    if filename.lower().endswith((".xlsx", ".xlsm", ".ods")) and is_text:
        raise refused("This is not a workbook, although its name says so. Save it again as .xlsx or CSV.")
