"""Reading a table from a file: its headings, rows and values, and what is refused."""

import io

import pytest

from common.spreadsheets import grids
from common.spreadsheets.tables import TableProblem, TableRow, read_table
from tests.common.spreadsheets.table_files import COLUMNS, read, refusal


def test_headings_are_known_in_any_order_and_case():
    table = read("Starts At,NAME,  Email \n2026-11-18T10:00Z,Ada,ada@example.org\n")

    assert list(table) == [
        TableRow(2, {"email": "ada@example.org", "name": "Ada", "starts_at": "2026-11-18T10:00Z"})
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
        TableRow(2, {"email": "ada@example.org", "name": "Ada", "starts_at": ""})
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
        (b"\xff\xfee", "The file begins as UTF-16 and is broken. Save it again."),
        (
            b"email,name\na@example.org,Zo\x81",
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
        "This is not a workbook, although its name says so. Save it again as .xlsx or CSV."
    ]


def test_an_upload_has_a_limit_of_size_and_of_rows():
    too_large = b"email\n" + b"x" * grids.MAX_BYTES

    assert refusal(too_large) == ["The file is larger than 5 MB. Split it into smaller files."]
    assert refusal("email\na\nb\nc\n", max_rows=2) == ["The file has 3 rows; 2 are the most. Split it."]


def test_only_so_many_problems_are_named():
    rows = "\n".join(["a\x07"] * (grids.MAX_PROBLEMS + 3))

    problems = refusal(f"email\n{rows}")

    assert len(problems) == grids.MAX_PROBLEMS + 1
    assert problems[-1] == "There are 3 more problems."


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
    assert table.notices == ["Left out, because “Name” is read in its place: “Person”."]
