import io
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest

from members import tables, workbooks
from members.tables import Row, TableProblem, TableRefused, read_table

COLUMNS = {"email": True, "name": False, "starts_at": False}


def read(content: bytes | str, filename: str = "list.csv", **options):
    data = content.encode() if isinstance(content, str) else content
    return read_table(io.BytesIO(data), filename, COLUMNS, **options)


def refusal(content: bytes | str, filename: str = "list.csv", **options) -> list[str]:
    with pytest.raises(TableRefused) as refused:
        read(content, filename, **options)
    return [str(problem) for problem in refused.value.problems]


def workbook(*rows, sheets=1) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for number in range(1, sheets):
        book.create_sheet(f"More {number}")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_headings_are_known_in_any_order_and_case():
    table = read("Starts At,NAME,  Email \n2026-11-18T10:00Z,Ada,ada@example.org\n")

    assert list(table) == [
        Row(2, {"email": "ada@example.org", "name": "Ada", "starts_at": "2026-11-18T10:00Z"})
    ]
    assert table.columns == ["email", "name", "starts_at"]
    assert table.notices == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spreadsheets_of_every_country_are_read(separator, bom, end):
    text = f'email{separator}name{end}ada@example.org{separator}"Ada, once; twice"{end}'

    table = read(bom + text.encode())

    assert [row.values for row in table] == [
        {"email": "ada@example.org", "name": "Ada, once; twice", "starts_at": ""}
    ]


def test_the_line_in_which_excel_names_the_separator_is_not_a_row():
    assert list(read("sep=;\nemail;name\nada@example.org;Ada\n")) == [
        Row(2, {"email": "ada@example.org", "name": "Ada", "starts_at": ""})
    ]


def test_rows_have_the_numbers_of_the_spreadsheet():
    table = read('email,name\n\nada@example.org,"Ada\nof two lines"\n , \nbo@example.org,Bo\n')

    assert [(row.number, row["email"]) for row in table] == [(3, "ada@example.org"), (5, "bo@example.org")]


def test_values_are_trimmed_of_what_nobody_sees():
    table = read("email,name\n\u00a0ada@example.org\u200b , \u00a0A\u00e9da\u00a0B \n")

    assert table[0].values == {"email": "ada@example.org", "name": "Aéda B", "starts_at": ""}


def test_characters_are_composed():
    assert read("email,name\na@example.org,Zoe\u0308\n")[0]["name"] == "Zo\u00eb"


def test_unknown_headings_are_a_notice():
    table = read("email,Shoe size,\na@example.org,39,\n")

    assert table.notices == ["Not read, because not known: Shoe size."]


def test_other_names_of_a_column_are_known():
    table = read("E-mail address\na@example.org\n", aliases={"e_mail_address": "email"})

    assert table[0]["email"] == "a@example.org"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file has no rows."),
        (
            "email\nÄ".encode("utf-16"),
            'The file is in UTF-16. In Excel, save it as "CSV UTF-8 (Comma delimited)".',
        ),
        (
            "email\nab".encode("utf-16-le"),
            'The file is in UTF-16. In Excel, save it as "CSV UTF-8 (Comma delimited)".',
        ),
        (
            "email,name\na@example.org,Zoë".encode("latin-1"),
            "Row 2: There is a character that is not UTF-8. "
            'In Excel, save it as "CSV UTF-8 (Comma delimited)".',
        ),
        ("Name\nAda", 'Row 1: There is no column "email". The first row must hold the headings.'),
        ("email,Email\na,b", "Row 1, Email: There are two columns with this heading."),
        (
            "email,name\nada@example.org,A,B",
            "Row 2: There are more cells than headings. Put quotes around values with commas.",
        ),
        (
            'email,name\na@example.org,"A',
            "Row 2: The quotation marks do not match, so the rest cannot be read.",
        ),
        ("email\na\x07b", "Row 2, email: There is a character that cannot be shown."),
        (
            b"\xd0\xcf\x11\xe0rest",
            "This is a workbook of an old Excel (.xls), or one with a password. "
            "Save it as .xlsx without one.",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(content, words):
    assert refusal(content) == [words]


def test_a_csv_named_xlsx_is_refused():
    assert refusal("email\na", "list.xlsx") == [
        "This is not an Excel workbook, although its name says so. Save it again as .xlsx or CSV."
    ]


def test_an_upload_has_a_limit_of_size_and_of_rows():
    too_large = b"email\n" + b"x" * tables.MAX_BYTES

    assert refusal(too_large) == ["The file is larger than 5 MB. Split it into smaller files."]
    assert refusal("email\na\nb\nc\n", max_rows=2) == ["The file has 3 rows; 2 are the most. Split it."]


def test_only_so_many_problems_are_named():
    rows = "\n".join(["a\x07"] * (tables.MAX_PROBLEMS + 3))

    problems = refusal(f"email\n{rows}")

    assert len(problems) == tables.MAX_PROBLEMS + 1
    assert problems[-1] == "There are 3 more problems."


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
        (4, "bo@example.org", "12", "2026-11-19T00:00:00"),
        (5, "cy@example.org", "1.5", "09:30:00"),
        (6, "di@example.org", "true", ""),
    ]


def test_a_workbook_is_known_by_its_content_whatever_its_name():
    assert read(workbook(["email"], ["a@example.org"]), "list.csv")[0]["email"] == "a@example.org"


def test_only_the_first_sheet_is_read_and_that_is_said():
    table = read(workbook(["email"], ["a@example.org"], sheets=2), "list.xlsx")

    assert table.notices == ['Only the first sheet, "Sheet", is read.']


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


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


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


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "load_workbook", None)
    bomb = rewritten(workbook(["email"]), sheet1="x" * (workbooks.MAX_UNPACKED + 1))

    assert len(bomb) < 200_000
    assert refusal(bomb, "list.xlsx") == [
        "The workbook is too large to read. Keep only the sheet with the table, or save it as CSV."
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
        "This is not an Excel workbook that can be read. Save it again as .xlsx or CSV."
    ]


def test_a_workbook_without_a_sheet_is_refused_in_a_sentence():
    content = rewritten(workbook(["email"]), workbook="<workbook/>")

    assert refusal(content, "list.xlsx") == ["The workbook has no sheet that can be seen."]


def test_a_file_can_be_read_twice():
    file = io.BytesIO(b"email\na@example.org\n")

    first = read_table(file, "list.csv", COLUMNS)
    second = read_table(file, "list.csv", COLUMNS)

    assert first == second


def test_a_problem_says_where_it_is():
    assert [
        str(TableProblem(3, "email", "It is wrong.")),
        str(TableProblem(3, "", "It is wrong.")),
        str(TableProblem(0, "", "It is wrong.")),
    ] == ["Row 3, email: It is wrong.", "Row 3: It is wrong.", "It is wrong."]


def test_another_name_of_a_column_counts_only_where_the_column_itself_is_not_there():
    table = read("Person,Email,Name\nignored,a@example.org,Ada\n", aliases={"person": "name"})

    assert [row["name"] for row in table] == ["Ada"]
    assert table.notices == ["Not read, because not known: Person."]
