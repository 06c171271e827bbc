"""Who comes to a session, as lists to print and to take along.

A host is given names, and organisation and role of who lets hosts see them
(``events.hosts_see``). No list holds access needs (see ``needs``). No cell is taken for a formula.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import xlsxwriter
from django.db.models import F

from common.spreadsheets.cells import escaped
from events.models import Session
from team.sessions.people import booked
from workshops.models import Booking

Row = Sequence[str]
Rows = Iterable[Row]

FOR_HOSTS: Final = ("Name", "Organisation", "Role")
FOR_THE_TEAM: Final = ("Name", "Organisation", "Role")
#: Without it Excel takes UTF-8 for the letters of Windows.
_BOM: Final = "\ufeff"
#: How wide a column of a spreadsheet is, in characters.
_WIDTH: Final = 32


def attendance(session: Session, *, for_team: bool) -> tuple[Row, Iterator[Row]]:
    """Return the headings and the rows of who has a place, by name; read as they are asked for. One query."""
    found = booked(session)
    if for_team:
        places = found.iterator(chunk_size=500)
        return FOR_THE_TEAM, ((_called(one), one.member.organisation, one.member.role) for one in places)
    with_wish = found.annotate(sees_work=F("registration__hosts_see_work")).iterator(chunk_size=500)
    return FOR_HOSTS, (_for_a_host(one, sees_work=one.sees_work) for one in with_wish)


def _for_a_host(one: Booking, *, sees_work: bool) -> Row:
    return _called(one), *((one.member.organisation, one.member.role) if sees_work else ("", ""))


def _called(one: Booking) -> str:
    """Return their name, with a mark where they are still to decide between this place and another one."""
    return f"{one.member.name} (to decide)" if one.status == Booking.Status.CONTESTED else one.member.name


def csv_lines(headings: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield a CSV file (RFC 4180) line by line, so that nobody waits for the whole of it."""
    yield _BOM + _line(headings)
    for row in rows:
        yield _line([escaped(cell) for cell in row])


def workbook(headings: Row, rows: Iterable[Row]) -> bytes:
    """Return an XLSX file of one sheet: texts only, none of which is taken for a formula, link or number."""
    file = io.BytesIO()
    literal = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"in_memory": True} | literal) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, len(headings) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, escaped(cell))
    return file.getvalue()


def file_name(session: Session, what: str, ending: str) -> str:
    """Return what a list is saved as: "attendance-2026-leading-quietly.csv"."""
    return f"{what}-{session.event.slug}-{session.slug}.{ending}"


def _line(cells: Row) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(cells)
    return file.getvalue()
