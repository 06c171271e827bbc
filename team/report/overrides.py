"""The fairness ledger: each time that the team departed from first come, first served: who, when and why.

It names who decided, and nobody whom it was about. Reasons may be private, and name people: they are for
those who may move people up themselves, and go into no file.
"""

from datetime import datetime
from typing import Final, NamedTuple

from common.times import short_moment
from common.words import counted
from live.models import JoiningLetter
from team.report import booking_trail
from team.report.figures import Cell, Figure, Table, TableRow
from team.report.subject import Subject
from workshops.models import PlaceOverride

MEANING: Final = (
    "Listed is each time that somebody of the team moved a person to the head of a waiting list, and "
    "each time that it was emailed how to join because the site could not be reached. Nobody gets a "
    "place beyond the limit of a session or before booking opens, by the team’s hand either. It names "
    "who decided; whom it was about is on the page of the session. Reasons are as they were written, so"
    " they may name people: read them here, they are in no file."
)
HEADING: Final = "Departures from the rules"
NOT_FOR_YOU: Final = "on the page, for those who change bookings"
COLUMNS: Final = ("When", "What", "Session", "By", "Reason")
MOVED_UP: Final = "Moved somebody to the head of the waiting list"
EMAILED: Final = "Emailed how to join"


class Departure(NamedTuple):
    """One row of the ledger."""

    at: datetime
    what: str
    session: str
    by: str
    reason: str


def figure(subject: Subject) -> Figure:
    """Return the figure. Three queries."""
    found = sorted([*_moved_up(subject), *_emailed(subject)], reverse=True)
    made, ended = booking_trail.for_others(subject.event.pk)
    theirs = (
        f"For people who asked, somebody else booked or joined a line "
        f"{counted(made, '%(count)s time', '%(count)s times')}, and gave up "
        f"{counted(ended, '%(count)s time', '%(count)s times')}, by the same rules."
    )
    if not found:
        nothing = f"Nothing so far: everybody was served in the order in which they came. {theirs}"
        return Figure("overrides", HEADING, MEANING, nothing=nothing)
    said = counted(len(found), "%(count)s departure is recorded", "%(count)s departures are recorded")
    rows = [_row(subject, one) for one in found]
    return Figure(
        "overrides", HEADING, MEANING, f"{said}. {theirs}", Table("The fairness ledger", COLUMNS, rows)
    )


def _row(subject: Subject, one: Departure) -> TableRow:
    reason = one.reason if subject.reads_reasons else NOT_FOR_YOU
    cells: list[Cell] = [one.what, one.session, one.by, reason]
    return TableRow(short_moment(one.at, subject.event.zone), cells)


def _moved_up(subject: Subject) -> list[Departure]:
    rows = PlaceOverride.objects.filter(booking__session__event=subject.event)
    told = rows.values_list("at", "booking__session__title", "by__name", "reason")
    return [Departure(at, MOVED_UP, session, by, reason) for at, session, by, reason in told]


def _emailed(subject: Subject) -> list[Departure]:
    rows = JoiningLetter.objects.filter(session__event=subject.event)
    told = rows.values_list("at", "session__title", "by__name", "reason")
    return [
        Departure(at, EMAILED, session, by or "The command line, or somebody erased", reason)
        for at, session, by, reason in told
    ]
