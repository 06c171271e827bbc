"""Reading an XLSX workbook (ECMA-376) as a stream: every sheet that can be seen, with its hidden rows.

Dimensions that a file claims are not believed. A formula counts with the value that the spreadsheet
computed last. What is merged downwards stands in each of its rows.
"""

import posixpath
import re
from datetime import datetime
from typing import Final

from common.spreadsheets.grids import (
    MAX_HEIGHT,
    MAX_WIDTH,
    TOO_LARGE,
    Budget,
    CellProblem,
    Grid,
    GridLine,
    Sheet,
    column_letter,
    refused,
)
from common.spreadsheets.workbook_values import BUILT_IN, EPOCH, EPOCH_1904, Shown, shown_by, text_of
from common.spreadsheets.xml_parts import Archive, Unreadable, bare

#: Excel itself holds 65,490 styles; formats of numbers are few even there (250 of one's own).
MAX_STYLES: Final = 65_490
MAX_FORMATS: Final = 5_000
_TRUE: Final = ("1", "true", "on")
NEVER_COMPUTED: Final = (
    "There is a formula without a value. Open the file in Excel and save it, or paste values."
)


def read_xlsx(archive: Archive, budget: Budget) -> Grid:
    """Read the sheets. Raises ``Unreadable`` and ``TableRefused``."""
    main = _Relations.of(archive, "").named("officeDocument") or "xl/workbook.xml"
    relations = _Relations.of(archive, main)
    book = _Book()
    archive.read(main, book)
    styles, strings = _Styles(), _Strings(budget)
    for kind, elements in (("styles", styles), ("sharedStrings", strings)):
        part = relations.named(kind)
        if part in archive.names:
            archive.read(part, elements)
    sheets = []
    for title, relation in book.seen:
        if relation not in relations.targets:
            raise Unreadable(title)
        if relations.kinds[relation] != "worksheet":
            continue  # a chart
        cells = _Cells(Sheet(title), styles.shown, strings.strings, book.epoch, budget)
        archive.read(relations.targets[relation], cells)
        sheets.append(cells.done())
    return Grid(sheets, is_workbook=True, hidden_sheets=book.hidden)


class _Elements:
    """Elements that nobody asks for."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, words: str) -> None: ...


class _Relations(_Elements):
    """Which part of the archive is what (ECMA-376 part 2, 8.3)."""

    def __init__(self, part: str) -> None:
        self.folder = posixpath.dirname(part)
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    @classmethod
    def of(cls, archive: Archive, part: str) -> "_Relations":
        relations = cls(part)
        name = posixpath.join(relations.folder, "_rels", f"{posixpath.basename(part)}.rels")
        if name in archive.names:
            archive.read(name, relations)
        return relations

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and "Id" in attributes:
            target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", "")))
            self.targets[attributes["Id"]] = target.lstrip("/")
            self.kinds[attributes["Id"]] = attributes.get("Type", "").rpartition("/")[2]

    def named(self, kind: str) -> str:
        return next((self.targets[key] for key, value in self.kinds.items() if value == kind), "")


class _Book(_Elements):
    """The sheets in their order, and the calendar."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []
        self.hidden: list[str] = []
        self.epoch = EPOCH

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr" and attributes.get("date1904") in _TRUE:
            self.epoch = EPOCH_1904
        elif name == "sheet":
            title = attributes.get("name", "")[:100]
            if attributes.get("state", "visible") == "visible":
                self.seen.append((title, bare(attributes).get("id", "")))
            else:
                self.hidden.append(title)


class _Styles(_Elements):
    """How each style of a cell shows its number."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.shown: list[Shown] = []
        self.is_in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            self.check()
        elif name == "cellXfs":
            self.is_in_cells = True
        elif name == "xf" and self.is_in_cells:
            number = attributes.get("numFmtId", "0")
            code = self.codes.get(number)
            built_in = BUILT_IN.get(int(number), Shown.NUMBER) if number.isdecimal() else Shown.NUMBER
            self.shown.append(built_in if code is None else shown_by(code))
            self.check()

    def check(self) -> None:
        if len(self.codes) > MAX_FORMATS or len(self.shown) > MAX_STYLES:
            raise refused(TOO_LARGE)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self.is_in_cells = False


class _Strings(_Elements):
    """The texts that cells share; how they are to be spoken (``rPh``) is left out."""

    def __init__(self, budget: Budget) -> None:
        self.strings: list[str] = []
        self.budget = budget
        self.pieces: list[str] = []
        self.is_in_text, self.is_spoken = False, False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  # as the others
        if name == "si":
            self.pieces = []
        elif name == "t":
            self.is_in_text = not self.is_spoken
        elif name == "rPh":
            self.is_spoken = True

    def text(self, words: str) -> None:
        if self.is_in_text:
            self.budget.take_text(words)
            self.pieces.append(words)

    def end(self, name: str) -> None:
        if name == "t":
            self.is_in_text = False
        elif name == "rPh":
            self.is_spoken = False
        elif name == "si":
            self.budget.take_cell()
            self.strings.append("".join(self.pieces))


class _Cells(_Elements):
    """The cells of one sheet."""

    def __init__(
        self, sheet: Sheet, shown: list[Shown], strings: list[str], epoch: datetime, budget: Budget
    ) -> None:
        self.sheet, self.shown, self.strings, self.epoch, self.budget = sheet, shown, strings, epoch, budget
        self.line = GridLine(0, [])
        self.number, self.place = 0, -1
        self.kind, self.style = "n", ""
        self.value: list[str] | None = None
        self.is_in_value, self.is_formula = False, False
        self.merged: list[tuple[int, int, int]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.begin_cell(attributes)
        elif name in ("v", "t"):
            self.is_in_value = True
            self.value = self.value or []
        elif name == "f":
            self.is_formula = True
        elif name == "row":
            number = attributes.get("r", "")
            self.number = int(number[:12]) if number.isdecimal() else self.number + 1
            self.line = GridLine(self.number, [], is_hidden=attributes.get("hidden") in _TRUE)
            self.place = -1
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = (int(attributes.get(end, "")[:6] or 0) for end in ("min", "max"))
            self.sheet.hidden_columns |= {*range(max(first - 1, 0), min(last, MAX_WIDTH))}
        elif name == "mergeCell":
            self.begin_merged(attributes.get("ref", ""))

    def begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        self.place = _place(reference) if reference else self.place + 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.value, self.is_formula = None, False

    def begin_merged(self, reference: str) -> None:
        match = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})", reference)
        if match and match[2] != match[3]:
            self.merged.append((_place(match[1]), int(match[2]), int(match[3])))

    def text(self, words: str) -> None:
        if self.is_in_value and self.value is not None:
            self.budget.take_text(words)
            self.value.append(words)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.is_in_value = False
        elif name == "c":
            self.end_cell()
        elif name == "row" and self.line.cells:
            self.sheet.lines.append(self.line)

    def end_cell(self) -> None:
        value = "".join(self.value or ())
        if not value:
            if self.is_formula and self.kind != "str":  # a text of no length is a value
                self.sheet.problems.append(CellProblem(self.number, self.place, NEVER_COMPUTED))
            return
        if self.kind == "e":
            self.sheet.problems.append(CellProblem(self.number, self.place, f"There is the error {value}."))
        if self.number > MAX_HEIGHT:
            raise refused(f"The sheet reaches below row {MAX_HEIGHT:,}. Delete the empty rows.")
        if self.place >= MAX_WIDTH:
            raise refused(f"The sheet reaches beyond column {column_letter(MAX_WIDTH - 1)}. Delete the rest.")
        self.budget.take_cell()
        text = self.shown_text(value)
        cells = self.line.cells
        cells += [""] * (self.place + 1 - len(cells))
        cells[self.place] = text

    def shown_text(self, value: str) -> str:
        match self.kind:
            case "s":
                return self.strings[int(value)]
            case "b":
                return "true" if value in _TRUE else "false"
            case "n":
                style = int(self.style) if self.style.isdecimal() else 0
                shown = self.shown[style] if style < len(self.shown) else Shown.NUMBER
                return text_of(value.strip(), shown, self.epoch)
        return value

    def done(self) -> Sheet:
        self.sheet.lines.sort(key=lambda line: line.number)
        spread(self.sheet, self.merged, self.budget)
        return self.sheet


def spread(sheet: Sheet, merged: list[tuple[int, int, int]], budget: Budget) -> None:
    """Let what is merged downwards, (place, first row, last row), stand in each of its rows that is there."""
    lines = {line.number: line for line in sheet.lines}
    for place, first, last in merged:
        origin = lines.get(first)
        if origin is None or place >= len(origin.cells) or not (text := origin.cells[place]):
            continue
        for number in range(first + 1, min(last, MAX_HEIGHT) + 1):
            budget.take_cell()
            if line := lines.get(number):
                line.cells += [""] * (place + 1 - len(line.cells))
                line.cells[place] = line.cells[place] or text


def _place(reference: str) -> int:
    """Return the column of "AB12", counted from nought. Raises ``Unreadable``."""
    place = 0
    for letter in reference.rstrip("0123456789"):
        if not "A" <= letter <= "Z" or place > 26**3:
            raise Unreadable(reference)
        place = place * 26 + ord(letter) - 64
    return place - 1
