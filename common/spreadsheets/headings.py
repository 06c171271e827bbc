"""The headings of a table: which column each is, and those that are not read.

Headings are compared without regard to case and signs. Where two mean one column, what was chosen counts
first, then our own name, then the earlier of the other names; the one that lost is told apart from those
that nobody knows, and whether it says anything that the other does not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from common.spreadsheets.cells import column_name
from common.spreadsheets.grids import GridLine, Sheet, TableProblem, column_letter, refused

#: Longer texts are no headings.
_MAX_CHARS: Final = 100
#: So many values are shown of a column that nobody knows.
_EXAMPLES: Final = 3
#: What is no heading: an address, a time of day.
_VALUE: Final = re.compile(r"\S+@\S+\.\S+|\d\d?[:.]\d\d(?:\s?[ap]m)?", re.IGNORECASE)


@dataclass(frozen=True)
class Unknown:
    """A heading that is not read, and what stands below it."""

    heading: str
    examples: tuple[str, ...]
    #: The heading that is read for the same column, where there is one.
    instead: str = ""
    #: Whether nothing stands below it that does not stand below that.
    says_the_same: bool = False
    #: In how many rows something stands below it and nothing below that.
    more: int = 0

    @property
    def name(self) -> str:
        """The heading as ``column_name`` writes it."""
        return column_name(self.heading)


@dataclass
class Placed:
    """Where each known column stands, what is not read, and what is wrong."""

    places: dict[str, int] = field(default_factory=dict)
    unknown: list[Unknown] = field(default_factory=list)
    problems: list[TableProblem] = field(default_factory=list)


@dataclass(frozen=True)
class Headings:
    """What headings mean: ``columns`` say whether theirs must be there, ``chosen`` maps some onto columns."""

    columns: Mapping[str, bool]
    aliases: Mapping[str, str]
    chosen: Mapping[str, str]
    #: Whether a cell may stand beside the table.
    is_workbook: bool

    def worth(self, line: GridLine) -> int:
        """Return how many of the cells are headings of known columns."""
        names = {column_name(cell) for cell in line.cells if cell and len(cell) < _MAX_CHARS}
        return sum(name in self.columns or name in self.aliases or name in self.chosen for name in names)

    def check(self, heading: GridLine) -> None:
        """Raise ``TableRefused`` where what should be headings are plainly values."""
        value = next((text for text in heading.cells if _VALUE.fullmatch(text)), "")
        if value and not self.worth(heading):
            message = f"There are no headings: “{value[:60]}” is a value. Put a row of headings on top."
            raise refused(message, row=heading.number)

    def placed(self, heading: GridLine, body: Sequence[GridLine]) -> Placed:
        """Return where the known columns stand in a sheet with this line of headings."""
        made = Placed()
        names = [column_name(cell) for cell in heading.cells]
        for place in sorted(range(len(names)), key=lambda place: (self._rank(names[place]), place)):
            column = self._column(names[place])
            if column in made.places and names[place] == names[made.places[column]]:
                message = "There are two columns with this heading."
                made.problems.append(TableProblem(heading.number, heading.cells[place], message))
            elif column and column not in made.places:
                made.places[column] = place
        made.unknown = list(self._unknown(heading, body, made.places))
        for column, is_required in self.columns.items():
            if is_required and column not in made.places:
                message = f'There is no column "{column}". The first row must hold the headings.'
                made.problems.append(TableProblem(heading.number, "", message))
        return made

    def _rank(self, name: str) -> int:
        if name in self.chosen:
            return -2
        ranks = {name: rank for rank, name in enumerate(self.aliases)}
        return -1 if name in self.columns else ranks.get(name, len(ranks))

    def _column(self, name: str) -> str:
        if name in self.chosen:
            return self.chosen[name]
        return name if name in self.columns else self.aliases.get(name, "")

    def _unknown(
        self, heading: GridLine, body: Sequence[GridLine], places: Mapping[str, int]
    ) -> Iterator[Unknown]:
        read = {*places.values()}
        titles = {place: title for place, title in enumerate(heading.cells) if title and place not in read}
        winners = {place: places.get(self._column(column_name(title))) for place, title in titles.items()}
        examples, others, more = _below(body, read, winners)
        for place in sorted({*titles, *examples} if self.is_workbook else titles):
            title, winner = titles.get(place, ""), winners.get(place)
            shown = tuple(examples.get(place, ()))
            if winner is None:
                yield Unknown(title or f"column {column_letter(place)}", shown)
            else:
                yield Unknown(title, shown, heading.cells[winner], not others[place], more[place])


def _below(
    body: Sequence[GridLine], read: Set[int], winners: Mapping[int, int | None]
) -> tuple[dict[int, dict[str, None]], Counter[int], Counter[int]]:
    """Return what stands in columns that are not read: examples, and beside those that are read instead.

    Of the latter, in how many rows they say something else, and in how many of these the other is blank.
    Each cell is looked at once.
    """
    examples: dict[int, dict[str, None]] = {}
    others, more = Counter[int](), Counter[int]()
    for line in body:
        for place, text in enumerate(line.cells):
            if not text or place in read:
                continue
            found = examples.setdefault(place, {})
            if len(found) < _EXAMPLES:
                found[text] = None
            if (winner := winners.get(place)) is not None and text != (beside := cell(line, winner)):
                others[place] += 1
                more[place] += not beside
    return examples, others, more


def cell(line: GridLine, place: int | None) -> str:
    """Return a cell of a line, which may be shorter."""
    return line.cells[place] if place is not None and place < len(line.cells) else ""


def not_read(unknown: Sequence[Unknown]) -> Iterator[str]:
    """Yield a sentence for the headings that nobody knows, and one for each that others lost to."""
    if names := [one.heading for one in unknown if not one.instead]:
        yield f"Not read, because not known: {', '.join(names)}."
    beside: dict[tuple[str, bool], list[str]] = {}
    for one in unknown:
        if one.instead:
            beside.setdefault((one.instead, one.says_the_same), []).append(one.heading)
    for (instead, is_same), headings in beside.items():
        why = "says the same" if is_same else "is read in its place"
        yield f"Left out, because “{instead}” {why}: {named(headings)}."


def read_though_hidden(sheet: Sheet, heading: GridLine, places: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for the known columns that are hidden in the spreadsheet."""
    hidden = [heading.cells[place] for place in sorted(places.values()) if place in sheet.hidden_columns]
    if hidden:
        yield f"Read, although hidden in the spreadsheet: {named(hidden)}."


def named(titles: Sequence[str]) -> str:
    """Return titles in quotation marks."""
    return ", ".join(f"“{title}”" for title in titles)
