"""Reading a table from an Excel workbook, whole or broken."""

import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from tests.common.spreadsheets.table_files import read, refusal

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def workbook(*rows, sheets=1) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for number in range(1, sheets):
        book.create_sheet(f"More {number}")
    return saved(book)


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_with_its_numbers_and_dates():
    content = workbook(
        ["Name", "Email", "Starts at"],
        ["Ada", " ada@example.org ", datetime.fromisoformat("2026-11-18T10:00")],
        [],
        [12, "bo@example.org", date(2026, 11, 19)],
        [1.5, "cy@example.org", time(9, 30)],
        [True, "di@example.org", None],
    )

    assert [(row.number, *row.values.values()) for row in read(content, "list.xlsx")] == [
        (2, "ada@example.org", "Ada", "2026-11-18T10:00:00"),
        (4, "bo@example.org", "12", "2026-11-19"),
        (5, "cy@example.org", "1.5", "09:30:00"),
        (6, "di@example.org", "true", ""),
    ]


def test_a_workbook_is_known_by_its_content_whatever_its_name():
    assert read(workbook(["email"], ["a@example.org"]), "list.csv")[0]["email"] == "a@example.org"


def test_only_the_first_sheet_is_read_and_that_is_said():
    book = openpyxl.load_workbook(io.BytesIO(workbook(["email"], ["a@example.org"], sheets=2)))
    book["More 1"].append(["email"])
    table = read(saved(book), "list.xlsx")

    assert table.notices == ["Of the workbook’s sheets “Sheet” is read, not “More 1”."]


def test_a_formula_that_was_never_computed_is_named():
    assert refusal(workbook(["email"], ["a@example.org"], ["=A2"]), "list.xlsx") == [
        "Row 3, column A: There is a formula without a value. "
        "Open the file in Excel and save it, or paste values."
    ]


def rewritten(content: bytes, **parts: str) -> bytes:
    """Return the workbook with the text of some of its parts replaced: ``sheet1=…``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            name = item.filename.rpartition("/")[2].partition(".")[0]
            new.writestr(item.filename, parts.get(name, old.read(item)))
    return out.getvalue()


def sheet(rows: str, dimension: str = "A1") -> str:
    return SHEET.format(f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData>')


def text_cell(place: str, words: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


def test_a_formula_counts_with_the_value_that_was_computed_last():
    computed = '<row r="2"><c r="A2" t="str"><f>B2</f><v>a@example.org</v></c></row>'
    rows = f'<row r="1">{text_cell("A1", "email")}</row>{computed}'

    table = read(rewritten(workbook(["x"]), sheet1=sheet(rows)), "list.xlsx")

    assert [row["email"] for row in table] == ["a@example.org"]


def test_a_formula_that_failed_is_named():
    rows = f'<row r="1">{text_cell("A1", "email")}</row><row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'

    assert refusal(rewritten(workbook(["x"]), sheet1=sheet(rows)), "list.xlsx") == [
        "Row 2, column A: There is the error #N/A."
    ]


def test_dimensions_that_a_file_claims_are_not_believed():
    rows = f'<row r="1">{text_cell("A1", "email")}</row><row r="2">{text_cell("A2", "a@example.org")}</row>'

    table = read(rewritten(workbook(["x"]), sheet1=sheet(rows, "A1:XFD1048576")), "list.xlsx")

    assert [row["email"] for row in table] == ["a@example.org"]


def test_a_row_far_below_does_not_make_the_reader_walk_there():
    far_below = f'<row r="99999999999">{text_cell("A99999999999", "x")}</row>'
    rows = f'<row r="1">{text_cell("A1", "email")}</row>{far_below}'

    assert refusal(rewritten(workbook(["x"]), sheet1=sheet(rows)), "list.xlsx") == [
        "The sheet reaches below row 100,000. Delete the empty rows."
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing else",
        rewritten(workbook(["email"]), sheet1="<not-xml"),
        rewritten(
            workbook(["email"]),
            sheet1='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "'
            + "&a;" * 1000
            + '"><!ENTITY c "'
            + "&b;" * 1000
            + '"><!ENTITY d "'
            + "&c;" * 1000
            + '">]>'
            + SHEET.format("<sheetData><row><c><v>&d;</v></c></row></sheetData>"),
        ),
    ],
)
def test_a_broken_workbook_is_refused_in_a_sentence(content):
    assert refusal(content, "list.xlsx") == [
        "This is not a workbook that can be read. Save it again as .xlsx or CSV."
    ]


def test_a_workbook_without_a_sheet_is_refused_in_a_sentence():
    content = rewritten(workbook(["email"]), workbook="<workbook/>")

    assert refusal(content, "list.xlsx") == ["The workbook has no sheet that can be seen."]
