"""Reading an ODS spreadsheet (OASIS OpenDocument 1.3) as a stream: every sheet that can be seen.

Rows and cells may say that they are repeated a million times; empty ones are counted, never made.
"""

import re
from datetime import datetime, timedelta
from typing import Final

from common.spreadsheets.grids import (
    MAX_HEIGHT,
    MAX_WIDTH,
    Budget,
    Grid,
    GridLine,
    Sheet,
    column_letter,
    refused,
)
from common.spreadsheets.xlsx import spread
from common.spreadsheets.xml_parts import Archive, bare

CONTENT: Final = "content.xml"
KIND: Final = "application/vnd.oasis.opendocument.spreadsheet"
_LARGEST: Final = 20_000_000
#: Elements that stand for white space (6.1.3 to 6.1.5).
_SPACES: Final = {"s": " ", "line-break": "\n", "tab": "\t"}


def read_ods(archive: Archive, budget: Budget) -> Grid:
    """Read the sheets. Raises ``Unreadable`` and ``TableRefused``."""
    content = _Content(budget)
    archive.read(CONTENT, content)
    return Grid(content.seen, is_workbook=True, hidden_sheets=content.hidden)


class _Content:
    """The one part that holds all sheets."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.seen: list[Sheet] = []
        self.hidden: list[str] = []
        self.hiding_styles: set[str] = set()
        self.style = ""
        self.sheet: Sheet | None = None
        self.merged: list[tuple[int, int, int]] = []
        self.number, self.column, self.repeated = 0, 0, 1
        self.line = GridLine(0, [])
        self.place, self.cell = 0, dict[str, str]()
        self.pieces: list[str] = []
        self.is_in_paragraph, self.noted = False, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        attributes = bare(attributes) if attributes else attributes
        if name in _SPACES:
            self.text(_SPACES[name] * min(_count(attributes.get("c")), 100))
            return
        match name:
            case "style":
                self.style = attributes.get("name", "")
            case "table-properties" if attributes.get("display") == "false":
                self.hiding_styles.add(self.style)
            case "table":
                self.begin_sheet(attributes)
            case "table-column":
                self.add_columns(_count(attributes.get("number-columns-repeated")), _is_hidden(attributes))
            case "table-row":
                self.repeated = _count(attributes.get("number-rows-repeated"))
                self.line = GridLine(self.number + 1, [], _is_hidden(attributes))
                self.place = 0
            case "table-cell" | "covered-table-cell":
                self.cell, self.pieces = attributes, []
            case "annotation":
                self.noted += 1
            case "p" | "h" if not self.noted:
                self.pieces += ["\n"] if self.pieces else []
                self.is_in_paragraph = True

    def add_columns(self, times: int, is_hidden: bool) -> None:  # noqa: FBT001  # named at the call
        if self.sheet and is_hidden:
            self.sheet.hidden_columns |= {*range(self.column, min(self.column + times, MAX_WIDTH))}
        self.column += times

    def begin_sheet(self, attributes: dict[str, str]) -> None:
        title = attributes.get("name", "")[:100]
        self.number, self.column, self.merged = 0, 0, []
        if attributes.get("style-name") in self.hiding_styles:
            self.hidden.append(title)
            self.sheet = None
        else:
            self.sheet = Sheet(title)
            self.seen.append(self.sheet)

    def text(self, words: str) -> None:
        if self.is_in_paragraph and not self.noted:
            self.budget.take_text(words)
            self.pieces.append(words)

    def end(self, name: str) -> None:
        match name:
            case "annotation":
                self.noted -= 1
            case "p" | "h":
                self.is_in_paragraph = False
            case "table-cell" | "covered-table-cell":
                self.end_cell(is_covered=name.startswith("covered"))
            case "table-row":
                self.end_row()
            case "table" if self.sheet:
                spread(self.sheet, self.merged, self.budget)
                self.sheet = None

    def end_cell(self, *, is_covered: bool) -> None:
        times = _count(self.cell.get("number-columns-repeated"))
        text = "" if is_covered else _text(self.cell, "".join(self.pieces))
        if text and self.sheet:
            if self.place + times > MAX_WIDTH:
                last = column_letter(MAX_WIDTH - 1)
                raise refused(f"The sheet reaches beyond column {last}. Delete the rest.")
            cells = self.line.cells
            cells += [""] * (self.place - len(cells))
            for _ in range(times):
                self.budget.take_cell()
                cells.append(text)
            if (rows := _count(self.cell.get("number-rows-spanned"))) > 1:
                self.merged.append((self.place, self.number + 1, self.number + rows))
        self.place += times

    def end_row(self) -> None:
        if self.sheet and self.line.cells:
            if self.number + self.repeated > MAX_HEIGHT:
                raise refused(f"The sheet reaches below row {MAX_HEIGHT:,}. Delete the empty rows.")
            for further in range(self.repeated):
                cells = list(self.line.cells)
                for _ in cells if further else ():
                    self.budget.take_cell()
                self.sheet.lines.append(GridLine(self.number + 1 + further, cells, self.line.is_hidden))
        self.number += self.repeated


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("visibility", "visible") != "visible"


def _count(text: str | None) -> int:
    return min(int(text), _LARGEST) if text and len(text) < 10 and text.isdecimal() else 1


def _text(cell: dict[str, str], words: str) -> str:
    """Return what a cell holds by its type (19.385): moments in ISO 8601, else what is shown."""
    match cell.get("value-type"):
        case "date":
            value = _rounded(cell.get("date-value", ""))
            is_day_shown = ":" not in words
            return value.partition("T")[0] if is_day_shown and value.endswith("T00:00:00") else value
        case "time":
            return _clock(cell.get("time-value", "")) or words
        case "float" if re.fullmatch(r"\d+", cell.get("value", "")) and len(cell["value"]) < 16:
            return cell["value"]
        case "boolean":
            return cell.get("boolean-value", words)
    return words


def _rounded(value: str) -> str:
    """Return a moment without parts of a second: 09:29:59.712 is 09:30:00."""
    moment, _, part = value.partition(".")
    if part[:1] < "5" or "T" not in moment:
        return moment
    try:
        return (datetime.fromisoformat(moment) + timedelta(seconds=1)).isoformat()
    except ValueError:
        return moment


def _clock(value: str) -> str:
    """Return "09:30:00" for the duration PT09H30M00S (ISO 8601), "" where it is none."""
    match = re.fullmatch(r"PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,5})(?:[.,](\d+))?S)?", value)
    if match is None:
        return ""
    seconds = int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)
    seconds += (match[4] or "0")[0] >= "5"
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
