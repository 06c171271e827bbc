"""Which workbook a zip archive is, and its cells: XLSX and ODS are read, others told apart.

What is not read gets a sentence that says what it is, because "this file is broken" helps nobody whose
program writes another format.
"""

from typing import Final

from common.spreadsheets.grids import Budget, Grid, refused
from common.spreadsheets.ods import CONTENT, read_ods
from common.spreadsheets.xlsx import read_xlsx
from common.spreadsheets.xml_parts import Archive, Unreadable

UNREADABLE: Final = "This is not a workbook that can be read. Save it again as .xlsx or CSV."
#: Of an XLSX one at least is there.
BOOK, RELATIONS = "xl/workbook.xml", "_rels/.rels"
#: A part that an archive has → what it is.
OTHERS: Final = {
    "xl/workbook.bin": "This is a binary Excel workbook (.xlsb). Save it as .xlsx.",
    "word/document.xml": "This is a Word document. Copy its table into a spreadsheet, and save it as .xlsx.",
    "ppt/presentation.xml": "This is a presentation. Copy its table into a spreadsheet, saved as .xlsx.",
    "Index/Document.iwa": "This is a Numbers spreadsheet. In Numbers, export it to Excel (.xlsx) or CSV.",
    "Index.zip": "This is a Numbers spreadsheet. In Numbers, export it to Excel (.xlsx) or CSV.",
}


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are a zip archive, as every XLSX and ODS is."""
    return content.startswith(b"PK")


def grid_of_workbook(content: bytes) -> Grid:
    """Return every sheet that can be seen. Raises ``TableRefused``."""
    try:
        archive = Archive(content)
        for part, sentence in OTHERS.items():
            if part in archive.names:
                raise refused(sentence)
        if not {CONTENT, BOOK, RELATIONS} & archive.names.keys():
            raise refused("This file is packed. Unpack it, and upload the spreadsheet that is in it.")
        grid = (read_ods if CONTENT in archive.names else read_xlsx)(archive, Budget())
    except Unreadable as error:
        raise refused(UNREADABLE) from error
    if not grid.sheets:
        raise refused("The workbook has no sheet that can be seen.")
    return grid
