"""Who waited for a session, and what became of them."""

from typing import Final

from common.words import counted, in_digits
from team.report import booking_trail
from team.report.booking_trail import Waited
from team.report.figures import Cell, Figure, Table
from team.report.pictures import columns
from team.report.subject import Subject

MEANING: Final = (
    "Whoever joined the waiting list of a session, each time that they did. They got a place that came "
    "free and was given to them, or held for them until they accepted it, or that they took themselves "
    "in the last half hour; who gave it up again has got it. Without a place is who left the line, or "
    "was in it when the session began. An offer lapses where nobody answers in time."
)
HEADING: Final = "Waiting lists and who moved up"
COLUMNS: Final = (
    *("Session", "Waited", "Got a place", "In line", "Without a place"),
    *("Offers", "Lapsed", "Declined"),
)


def figure(subject: Subject) -> Figure:
    """Return the figure. One query."""
    found = booking_trail.waited(subject.event.pk)
    sessions = [one for one in subject.sessions if one.pk in found]
    if not sessions:
        return Figure("waiting", HEADING, MEANING, nothing="Nobody has had to wait for a session so far.")
    each = [found[one.pk].begun(one.has_started(subject.at)) for one in sessions]
    told = dict(zip((one.pk for one in sessions), each, strict=True))
    rows = subject.rows(sessions, lambda one: _cells(told[one.pk]))
    people, got = sum(one.people for one in each), sum(one.given + one.taken for one in each)
    lapsed = counted(sum(one.lapsed for one in each), "%(count)s offer", "%(count)s offers")
    return Figure(
        "waiting",
        HEADING,
        MEANING,
        f"{in_digits(people)} waited, {in_digits(got)} of those got a place; {lapsed} lapsed.",
        Table("Waiting lists of sessions", COLUMNS, rows),
        columns(
            "waiting",
            "Who waited for each session, and what became of them",
            names=("Got a place", "In line", "Without a place"),
            heights=[(one.given + one.taken, one.still, one.left) for one in each],
            below=("Session 1", f"session {len(sessions)}"),
        ),
    )


def _cells(one: Waited) -> list[Cell]:
    return [one.people, one.given + one.taken, one.still, one.left, one.offered, one.lapsed, one.declined]
