"""Files that are no spreadsheet or an odd one, and columns that are hidden: read, or told apart."""

import pytest

from tests.common.spreadsheets.table_files import read, refusal
from tests.common.spreadsheets.workbook_files import data, ods, ods_row, ods_table, row, xlsx, zipped

PICTURE = "This is a picture. Type its table into a spreadsheet."
PACKED = "This file is packed. Unpack it, and upload the spreadsheet that is in it."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, PICTURE),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, PICTURE),
        (b"\x1f\x8b\x08" + b"\0" * 50, PACKED),
        (zipped(**{"list.csv": "email"}), PACKED),
        (b"SQLite format 3\0" + b"\0" * 50, "This is a database. Export its table as CSV."),
        (b"email\na@x.org\0\n" + b"a" * 50, "This is not a text with a table."),
    ],
)
def test_what_is_no_table_is_told_what_it_is(content, words):
    assert refusal(content)[0].startswith(words)


@pytest.mark.parametrize("encoding", ["utf-32", "utf-16", "utf-8-sig"])
def test_a_marked_encoding_is_read(encoding):
    assert read("email,name\na@x.org,Siân\n".encode(encoding))[0]["name"] == "Siân"


def test_a_mark_of_the_encoding_may_stand_twice():
    assert read("\ufeff\ufeffemail\na@x.org\n")[0]["email"] == "a@x.org"


def test_cells_may_be_parted_by_bars_and_people_in_a_cell_are_not_cells():
    bars, people = read("email|name\na@x.org|Ada\n"), read("email\nAda | Bo | Cy\n")

    assert (bars[0]["name"], people[0]["email"]) == ("Ada", "Ada | Bo | Cy")


@pytest.mark.parametrize("content", ["email,name\n", "email,name\n,\n", xlsx(data(row(1, "email")))])
def test_headings_with_nothing_below_them_are_refused(content):
    assert refusal(content) == ["There are headings, and no rows below them."]


@pytest.mark.parametrize("value", ["a@x.org", "9:30", "09.30 am"])
def test_values_in_place_of_headings_are_refused_and_nobody_is_lost(value):
    assert refusal(f"Ada Bright,{value}\nBo Ray,b@x.org\n") == [
        f"Row 1: There are no headings: “{value}” is a value. Put a row of headings on top."
    ]


def test_a_heading_may_look_like_a_value_beside_one_that_is_known():
    assert read("email,9:30\na@x.org,Ada\n")[0]["email"] == "a@x.org"


def test_a_hidden_column_of_a_workbook_is_read_and_that_is_said():
    cells = data(row(1, "email", "name", "Shoe size"), row(2, "a@x.org", "Ada", "39"))
    hidden = '<cols><col min="1" max="1"/><col min="2" max="3" hidden="1"/></cols>'

    table = read(xlsx(hidden + cells))

    assert table[0]["name"] == "Ada"
    assert table.notices[0] == "Read, although hidden in the spreadsheet: “name”."


def test_a_hidden_column_of_an_ods_is_read_and_that_is_said():
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'

    table = read(ods(ods_table("A", columns, ods_row("email", "name"), ods_row("a@x.org", "Ada"))))

    assert (table[0]["name"], table.notices) == (
        "Ada",
        ["Read, although hidden in the spreadsheet: “name”."],
    )


def test_hidden_columns_that_nobody_can_count_cost_nothing():
    cells = data(row(1, "email"), row(2, "a@x.org"))

    table = read(xlsx(f'<cols><col min="2" max="999999999999" hidden="1"/></cols>{cells}'))

    assert (len(table), table.notices) == (1, [])
