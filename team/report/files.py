"""The report as files: a table as CSV, all of it as one workbook with a sheet for each table.

Numbers are numbers; no text is taken for a formula, a link or a number.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from common.spreadsheets.cells import escaped
from team.report.figures import Figure, Table
from team.sessions.lists import csv_lines

#: How wide columns are, in characters: that of names, the others.
_NAMES, _OTHERS = 44, 18
#: What the last sheet is called, and its headings.
_MEANING: Final = "What is counted"


def table_as_csv(table: Table) -> Iterator[str]:
    """Yield a table as CSV, line by line."""
    headings = [escaped(heading) for heading in table.headings]
    return csv_lines(headings, ([row.name, *map(str, row.cells)] for row in table.rows))


def workbook(figures: Iterable[Figure]) -> bytes:
    """Return an XLSX file: a sheet for each figure that has a table, and one that says what is counted."""
    file = io.BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    told = list(figures)
    with xlsxwriter.Workbook(file, {"in_memory": True} | literal) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for one in told:
            if one.table is not None:
                _write(book.add_worksheet(one.heading[:31]), one.table, bold)
        sheet = book.add_worksheet(_MEANING)
        sheet.set_column(0, 0, _OTHERS * 2)
        sheet.set_column(1, 1, 100, wrapped)
        for number, one in enumerate(told):
            sheet.write_string(number, 0, one.heading, bold)
            sheet.write_string(number, 1, escaped(f"{one.result} {one.meaning}".strip()))
    return file.getvalue()


def _write(sheet: Worksheet, table: Table, bold: object) -> None:
    sheet.set_column(0, 0, _NAMES)
    sheet.set_column(1, len(table.headings) - 1, _OTHERS)
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, map(escaped, table.headings), bold)
    for number, row in enumerate(table.rows, start=1):
        sheet.write_string(number, 0, escaped(row.name))
        for place, cell in enumerate(row.cells, start=1):
            if isinstance(cell, int):
                sheet.write_number(number, place, cell)
            else:
                sheet.write_string(number, place, escaped(cell))
