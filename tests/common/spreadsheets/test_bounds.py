"""No file decides how much work reading it is: each is counted while it is read, and refused at the bound."""

import csv
import io
import zipfile

import pytest

from common.spreadsheets import delimited, grids, xml_parts
from common.spreadsheets import ods as ods_reader
from common.spreadsheets import xlsx as xlsx_reader
from common.spreadsheets.grids import TOO_LARGE
from tests.common.spreadsheets.table_files import read, refusal
from tests.common.spreadsheets.workbook_files import data, ods, ods_row, ods_table, row, xlsx, zipped


@pytest.mark.slow
def test_what_would_unpack_to_too_much_is_refused_by_what_it_declares():
    bomb = xlsx(data(row(1, "email"), row(2, "x" * (xml_parts.MAX_UNPACKED + 1))))

    assert len(bomb) < 200_000
    assert refusal(bomb) == [TOO_LARGE]


def test_a_part_that_declares_less_than_it_holds_is_no_workbook():
    content = xlsx(data(row(1, "email"), *(row(n, "a@x.org") for n in range(2, 500))))
    size = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml").file_size

    lied = content.replace(size.to_bytes(4, "little"), (size // 2).to_bytes(4, "little"))

    assert refusal(lied) == ["This is not a workbook that can be read. Save it again as .xlsx or CSV."]


def test_a_part_that_declares_more_than_may_be_is_not_opened():
    content = xlsx(data(row(1, "email"), *(row(n, "a@x.org") for n in range(2, 500))))
    size = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml").file_size

    lied = content.replace(size.to_bytes(4, "little"), (xml_parts.MAX_UNPACKED + 1).to_bytes(4, "little"))

    assert refusal(lied) == [TOO_LARGE]


def test_parts_of_an_archive_are_counted_before_its_directory_is_read(monkeypatch):
    monkeypatch.setattr(xml_parts, "MAX_PARTS", 3)

    assert refusal(zipped(a="", b="", c="", d="")) == [TOO_LARGE]


def test_pictures_in_a_workbook_cost_nothing(monkeypatch):
    content = xlsx(data(row(1, "email"), row(2, "a@x.org")))
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\0" * 100_000)
    monkeypatch.setattr(xml_parts, "MAX_UNPACKED", 20_000)

    assert read(file.getvalue())[0]["email"] == "a@x.org"


@pytest.mark.parametrize(
    ("bound", "least", "content"),
    [
        ("MAX_MARKS", 60, xlsx(data(row(1, "email"), *(f"<row r='{n}'/>" for n in range(2, 100))))),
        ("MAX_UNPACKED", 1500, xlsx(data(row(1, "email"), row(2, "a" * 3000)))),
        ("MAX_STRETCH", 80_000, xlsx(data(row(1, "email"), "<row" + ' a="1"' * 30_000 + "/>"))),
    ],
)
def test_each_part_is_counted_piece_by_piece(monkeypatch, bound, least, content):
    monkeypatch.setattr(xml_parts, bound, least)

    assert refusal(content) == [TOO_LARGE]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(data(row(1, "email"), *(row(n, "a") for n in range(2, 30)))),
        xlsx(data(row(1, "email")), strings="<si><t>a</t></si>" * 30),
        ods(ods_table("A", ods_row("email"), ods_row("a", more='table:number-rows-repeated="30"'))),
        "email\n" + "a\n" * 30,
        "email\n" + ",".join("a" * 30) + "\n",
    ],
    ids=["cells", "strings", "repeated rows", "lines", "one line"],
)
def test_cells_are_counted(monkeypatch, content):
    monkeypatch.setattr(grids, "MAX_CELLS", 20)
    monkeypatch.setattr(delimited, "MAX_CELLS", 20)

    assert refusal(content) == [TOO_LARGE]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(data(row(1, "email"), row(2, "a" * 200))),
        xlsx(data(row(1, "email")), strings=f"<si><t>{'a' * 200}</t></si>"),
        ods(ods_table("A", ods_row("email"), ods_row("<text:s text:c='100'/>" * 9))),
    ],
    ids=["text in a cell", "shared text", "spaces that are counted"],
)
def test_characters_are_counted(monkeypatch, content):
    monkeypatch.setattr(grids, "MAX_CHARACTERS", 150)

    assert refusal(content) == [TOO_LARGE]


def test_merged_cells_are_counted(monkeypatch):
    monkeypatch.setattr(grids, "MAX_CELLS", 500)
    rows = data(row(1, "email"), row(2, "a"))

    assert refusal(xlsx(f'{rows}<mergeCells><mergeCell ref="A2:A90000"/></mergeCells>')) == [TOO_LARGE]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(
            '<dimension ref="A1:XFD1048576"/>'
            + data(row(1, "email"), row(2, "a"), row(1048576, '<c s="1"/>'))
        ),
        ods(
            ods_table(
                "A",
                ods_row("email", '<table:table-cell table:number-columns-repeated="16383"/>'),
                ods_row("a"),
                ods_row("", more='table:number-rows-repeated="1048574"'),
            )
        ),
    ],
)
def test_dimensions_that_a_file_claims_cost_nothing(content):
    assert [(one.number, one["email"]) for one in read(content)] == [(2, "a")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (xlsx(data(row(1, "email"), row(99_999_999_999, "x"))), "The sheet reaches below row 100,000."),
        (xlsx(data(row(1, "email", '<c r="XFD1" t="str"><v>x</v></c>'))),
         "The sheet reaches beyond column IV."),
        (ods(ods_table("A", ods_row("email"), ods_row("x", more='table:number-rows-repeated="1000000"'))),
         "The sheet reaches below row 100,000."),
        (ods(ods_table("A", ods_row("email", '<table:table-cell table:number-columns-repeated="999">'
                                    "<text:p>x</text:p></table:table-cell>"))),
         "The sheet reaches beyond column IV."),
    ],
)  # fmt: skip
def test_what_stands_far_away_is_said(content, words):
    assert refusal(content)[0].startswith(words)


def test_a_row_of_text_is_counted_before_it_is_parted(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_CELLS", 20)
    monkeypatch.setattr(csv, "reader", lambda lines, **_: [[len(line)] for line in lines])

    assert refusal("email\n" + "," * 30) == [TOO_LARGE]


def test_a_repeated_count_is_no_larger_than_a_sheet():
    assert ods_reader._count("999999999") == 20_000_000


def test_styles_are_counted(monkeypatch):
    monkeypatch.setattr(xlsx_reader, "MAX_STYLES", 4)
    content = data(row(1, "email"), row(2, "a"))

    assert (len(read(xlsx(content, formats=("0",) * 3))), refusal(xlsx(content, formats=("0",) * 4))) == (
        1,
        [TOO_LARGE],
    )
