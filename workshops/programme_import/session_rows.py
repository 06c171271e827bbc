"""Which rows of a file are sessions: days and totals are not, and a day counts for the rows below it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from common.spreadsheets.tables import Table, TableProblem, TableRow
from common.words import listed
from workshops.programme_import.cells.days import Days, take_day

_TOTAL: Final = re.compile(
    r"(?:grand |sub-?)?totals?\b.*|sum|\d+ (?:sessions?|talks?|workshops?|items?)(?: in total)?"
    r"|end of (?:programme|day.*)",
    re.IGNORECASE,
)
#: What stands between a day and nothing else: "Programme for", "Day 1 -".
_AROUND: Final = re.compile(
    r"[\s\W]*(?:day \d+|programme|program|agenda|schedule|for|of|the|on)?[\s\W]*", re.IGNORECASE
)
#: Columns of which a session has one at least, besides its title.
_OF_A_SESSION: Final = ("starts_at", "ends_at", "duration", "format", "hosts", "id", "description")
#: What other systems call a proposal that is no session (pretalx, Sessionize, open-event).
_NOT_TAKEN: Final = {
    "rejected", "withdrawn", "canceled", "cancelled", "declined", "not accepted", "submitted", "nominated",
    "n", "no", "false", "inactive", "not active", "hidden", "waitlisted", "waiting list", "waitlist",
    "accept queue", "decline queue", "in review", "deleted",
}  # fmt: skip


@dataclass
class Lines:
    """The rows that are sessions, each with the day above it, and those that are not, by why."""

    sessions: list[tuple[TableRow, date | None]] = field(default_factory=list)
    days: list[TableRow] = field(default_factory=list)
    totals: list[TableRow] = field(default_factory=list)
    notes: list[TableRow] = field(default_factory=list)
    not_taken: list[TableRow] = field(default_factory=list)

    def notices(self) -> Iterator[str]:
        """Yield what is no session."""
        for rows, words in (
            (self.days, "Read as a day, not as a session"),
            (self.totals, "Read as a total, not as a session"),
            (self.notes, "Read as a note, not as a session"),
        ):
            if rows:
                shown = list(dict.fromkeys(f"row {row.number} “{_shown(row)}”" for row in rows))
                yield f"{words}: {listed(shown, 5)}."
        if self.not_taken:
            words = ", ".join(sorted({row["status"] for row in self.not_taken}))
            numbers = listed([row.number for row in self.not_taken], 10)
            yield f"Left out, because their status is {words}: rows {numbers}."


def sorted_out(table: Table, days: Days, problems: list[TableProblem]) -> Lines:
    """Return which rows are sessions. A day that cannot be one is a problem of its row."""
    lines = Lines()
    above, sheet = None, None
    has_more = len(table.columns) > 1
    for row in table:
        if row.sheet != sheet:
            above, sheet = _day_of_sheet(row.sheet, days), row.sheet
        if row["status"].casefold() in _NOT_TAKEN:
            lines.not_taken.append(row)
        elif _is_total(row):
            lines.totals.append(row)
        elif has_more and row.lone:
            day = _day_alone(row, days, problems)
            if day is not None:
                above = day
                lines.days.append(row)
            elif row["title"] or row.lone in row.values.values():
                lines.sessions.append((row, above))
            else:
                lines.notes.append(row)
        else:
            lines.sessions.append((row, above))
    return lines


def _is_total(row: TableRow) -> bool:
    words = row["title"] or row.lone or next((value for value in row.values.values() if value), "")
    is_session = any(row[column] for column in _OF_A_SESSION)
    return bool(_TOTAL.fullmatch(words)) and not is_session


def _day_alone(row: TableRow, days: Days, problems: list[TableProblem]) -> date | None:
    """Return the day that is all that stands in a row."""
    if len(row.lone) > 60:
        return None
    if row.lone == row["date"]:
        return _read(row.lone, days)
    try:
        day, rest = take_day(row.lone, days)
    except ValueError as error:
        if re.search(r"\d", row.lone) and not re.search(r"[a-z]{10,}", row.lone):
            problems.append(TableProblem(row.number, "", str(error), row.sheet))
        return None
    return day if day is not None and _AROUND.fullmatch(rest) else None


def _day_of_sheet(name: str, days: Days) -> date | None:
    return _read(name, days) if name else None


def _read(text: str, days: Days) -> date | None:
    try:
        return take_day(text, days)[0]
    except ValueError:
        return None


def _shown(row: TableRow) -> str:
    words = row["title"] or row.lone or next((value for value in row.values.values() if value), "")
    return words[:40]
