"""What spreadsheets hold besides plain cells: hidden rows, sheets, merged cells, cut decimals, ODS."""

import pytest

from common.spreadsheets.headings import Unknown
from common.spreadsheets.tables import Choices
from tests.common.spreadsheets.table_files import read, refusal
from tests.common.spreadsheets.workbook_files import data, number, ods, ods_row, ods_table, row, xlsx, zipped

MOMENT, TIME, DAY, LENGTH, MONEY = 1, 2, 3, 4, 5
FORMATS = ("dd/mm/yyyy hh:mm", "[$-809]h:mm AM/PM", "d mmmm yyyy", "[h]:mm", "0.00")


def values(table):
    return [(one.number, *(value for value in one.values.values() if value)) for one in table]


@pytest.mark.parametrize(
    ("stored", "style", "text"),
    [
        ("46365.39583", MOMENT, "2026-12-09T09:30:00"),
        ("46365.3958", MOMENT, "2026-12-09T09:30:00"),
        ("46365.395833333336", MOMENT, "2026-12-09T09:30:00"),
        ("46365.39584490741", MOMENT, "2026-12-09T09:30:01"),
        ("46365", MOMENT, "2026-12-09T00:00:00"),
        ("46365", DAY, "2026-12-09"),
        ("46365.39583", TIME, "2026-12-09T09:30:00"),
        ("0.39583", TIME, "09:30:00"),
        ("0.39583", MOMENT, "09:30:00"),
        ("0.99999999", TIME, "1899-12-31T00:00:00"),
        ("0.03125", LENGTH, "0:45:00"),
        ("1.0625", LENGTH, "25:30:00"),
        ("9.3", MONEY, "9.30"),
        ("12", MONEY, "12"),
        ("0.1", 0, "0.1"),
        ("1.1000000000000001", 0, "1.1"),
        ("1000", 0, "1000"),
        ("-3", DAY, "-3"),
    ],
)
def test_a_number_is_read_as_it_is_shown(stored, style, text):
    content = xlsx(data(row(1, "email"), row(2, number(stored, style))), formats=FORMATS)

    assert values(read(content)) == [(2, text)]


def test_hidden_rows_are_said_and_read_only_where_that_is_chosen():
    content = xlsx(data(row(1, "email"), row(2, "a@x.org", more=' hidden="1"'), row(3, "b@x.org")))

    left_out = read(content)
    taken = read(content, choices=Choices(with_hidden=True))

    assert (values(left_out), left_out.hidden) == ([(3, "b@x.org")], [2])
    assert left_out.notices == ["Rows that are hidden are not read: 2."]
    assert (values(taken), taken.hidden, taken.notices) == ([(2, "a@x.org"), (3, "b@x.org")], [2], [])


def test_several_sheets_are_read_together_where_that_is_chosen():
    first, second = (
        data(row(1, "email"), row(2, "a@x.org")),
        data(row(1, "name", "email"), row(2, "B", "b@x.org")),
    )
    content = xlsx(first, second, data(row(1, "email"), row(2, "c@x.org")), states={3: "hidden"})

    table = read(content, choices=Choices(sheets=("Day 1", "Day 2")))

    assert [(one.sheet, one.number, one["email"], one["name"]) for one in table] == [
        ("Day 1", 2, "a@x.org", ""),
        ("Day 2", 2, "b@x.org", "B"),
    ]
    assert (table.sheets, table.notices) == (
        {"Day 1": 2, "Day 2": 2},
        ["Hidden sheets are not read: “Day 3”."],
    )


def test_what_is_merged_downwards_stands_in_each_row():
    rows = data(row(1, "email", "name"), row(2, "a@x.org", "Ada"), row(3, "b@x.org"), row(4, "c@x.org"))
    content = xlsx(rows + '<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="A4:B4"/></mergeCells>')

    assert values(read(content)) == [(2, "a@x.org", "Ada"), (3, "b@x.org", "Ada"), (4, "c@x.org")]


def test_a_title_above_the_headings_is_said_and_the_headings_are_found():
    content = xlsx(data(row(1, "Our people"), row(3, "Email", "Name"), row(4, "a@x.org", "Ada")))

    table = read(content)

    assert (values(table), table.headings) == ([(4, "a@x.org", "Ada")], {"email": "Email", "name": "Name"})
    assert table.notices == ["Row 1 stands above the headings and is not read: “Our people”."]


def test_headings_that_stand_once_more_are_no_row():
    assert values(read("Email,Name\na@x.org,Ada\nEMAIL,name\nb@x.org,Bo\n")) == [
        (2, "a@x.org", "Ada"),
        (4, "b@x.org", "Bo"),
    ]


def test_empty_rows_and_cells_with_a_format_are_nothing():
    empty = "".join(row(n, '<c s="1"/>', '<c s="1"/>') for n in range(3, 5000))
    content = xlsx(data(row(1, "email"), row(2, "a@x.org"), empty), formats=FORMATS)

    assert values(read(content)) == [(2, "a@x.org")]


def test_a_cell_beside_the_table_is_said():
    content = xlsx(data(row(1, "email"), row(2, "a@x.org", "", "ask Bo"), row(3, "b@x.org")))

    table = read(content)

    assert table.unknown == [Unknown("column C", ("ask Bo",))]
    assert table.notices == ["Not read, because not known: column C."]


def test_a_heading_is_what_somebody_chose():
    table = read("Adresse,Nom\na@x.org,Ada\n", choices=Choices(headings={"adresse": "email", "nom": "name"}))

    assert values(table) == [(2, "a@x.org", "Ada")]


def test_a_failed_formula_matters_only_where_it_is_read():
    failed = '<c t="e"><v>#N/A</v></c>'
    content = xlsx(data(row(1, "email", "Shoes"), row(2, "a@x.org", failed)))

    assert values(read(content)) == [(2, "a@x.org")]
    assert refusal(xlsx(data(row(1, "email"), row(2, failed)))) == [
        "Row 2, column A: There is the error #N/A."
    ]


def test_escapes_against_formulas_are_taken_off():
    table = read("email,name\n'=a@x.org,'+1 for \\| kindness\n'@b,'tis '90\n'-c,'-ing'\n")

    assert values(table) == [(2, "=a@x.org", "+1 for | kindness"), (3, "@b", "'tis '90"), (4, "-c", "'-ing'")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_every_unicode_is_read(encoding):
    table = read("email,name\na@x.org,Zoë Brontë\n".encode(encoding))

    assert (values(table), table.notices) == ([(2, "a@x.org", "Zoë Brontë")], [])


def test_letters_of_windows_are_read_and_said():
    table = read("email,name\na@x.org,Zoë’s “Élan”\n".encode("cp1252"))

    assert values(table) == [(2, "a@x.org", "Zoë’s “Élan”")]
    assert table.notices == [
        "The file is not in UTF-8, so its letters were read as those of Windows, for example “Zoë’s”. "
        'If that looks wrong, save it in Excel as "CSV UTF-8 (Comma delimited)".'
    ]


def typed(kind: str, value: str, words: str, more: str = "") -> str:
    name = {"float": "value"}.get(kind, f"{kind}-value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" {more}>'
        f"<text:p>{words}</text:p></table:table-cell>"
    )


def test_an_ods_is_read_with_its_values():
    note = "<office:annotation><text:p>ask Bo</text:p></office:annotation>"
    rows = [
        ods_row("email", "name", "starts at"),
        ods_row(f"<table:table-cell>{note}<text:p>a<text:s text:c='2'/>x</text:p></table:table-cell>", "Ada"),
        ods_row(
            typed("float", "12", "12"), "B", typed("date", "2026-12-09T09:29:59.712", "09/12/2026 09:30")
        ),
        ods_row("c", "C", typed("date", "2026-12-09", "9 December")),
        ods_row("d", "D", typed("time", "PT09H30M00S", "09:30"), more='table:visibility="filter"'),
        ods_row("e", "E", typed("time", "PT0H45M0S", "00:45")),
        ods_row("", more='table:number-rows-repeated="1048569"'),
    ]
    content = ods(
        ods_table("Hidden", ods_row("email"), more='table:style-name="ta1"'),
        ods_table("Day 1", *rows),
        styles='<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>',
    )

    table = read(content)

    assert values(table) == [
        (2, "a  x", "Ada"),
        (3, "12", "B", "2026-12-09T09:30:00"),
        (4, "c", "C", "2026-12-09"),
        (6, "e", "E", "00:45:00"),
    ]
    assert table.notices == ["Rows that are hidden are not read: 5.", "Hidden sheets are not read: “Hidden”."]


def test_merged_and_repeated_cells_of_an_ods_stand_in_each_row():
    merged = '<table:table-cell table:number-rows-spanned="2"><text:p>Ada</text:p></table:table-cell>'
    rows = [
        ods_row("email", "name"),
        ods_row("a", merged),
        ods_row("b", "<table:covered-table-cell/>"),
        ods_row('<table:table-cell table:number-columns-repeated="2"><text:p>c</text:p></table:table-cell>',
                more='table:number-rows-repeated="2"'),
    ]  # fmt: skip

    assert values(read(ods(ods_table("Day 1", *rows)))) == [
        (2, "a", "Ada"), (3, "b", "Ada"), (4, "c", "c"), (5, "c", "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"schedule": {"version": "1"}}', "This is JSON, such as the schedule.json"),
        (b'<?xml version="1.0"?>\n<schedule>', "This is a schedule.xml"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn',
            "This is an XML spreadsheet",
        ),
        (b"<html><table>", "This is a web page, whatever its name ends in."),
        (b"\n<table border=1>", "This is a web page, whatever its name ends in."),
        (b"<people/>", "This is XML, and no spreadsheet."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"BEGIN:VCALENDAR\r\n", "This is a calendar file."),
        (zipped(**{"word__document.xml": "<w/>"}), "This is a Word document."),
        (zipped(**{"xl__workbook.bin": b"x"}), "This is a binary Excel workbook (.xlsb)."),
        (zipped(**{"Index__Document.iwa": b"x"}), "This is a Numbers spreadsheet."),
    ],
)
def test_what_is_no_spreadsheet_is_told_what_it_is(content, words):
    assert refusal(content, "programme.xls")[0].startswith(words)
