"""Who waited for a session, and what became of them."""

from typing import Final

from common.words import counted, in_digits
from team.report import booking_trail
from team.report.booking_trail import Waited
from team.report.figures import Cell, Figure, Table
from team.report.pictures import columns
from team.report.subject import Subject

MEANING: Final = (
    "Whoever joined the waiting list of a session, each time that they did. By their turn is a place "
    "that came free and was given to them, or held for them until they accepted it; by a press is a "
    "free place that they took in the last half hour. An offer lapses where nobody answers in time. Who"
    " gave a place up again counts as having got it."
)
HEADING: Final = "Waiting lists and who moved up"
COLUMNS: Final = (
    *("Session", "Waited", "Got a place by their turn", "By a press at the end", "Still in line"),
    *("Left without a place", "Offers", "Of those lapsed", "Declined"),
)


def figure(subject: Subject) -> Figure:
    """Return the figure. One query."""
    found = booking_trail.waited(subject.event.pk)
    sessions = [one for one in subject.sessions if one.pk in found]
    if not sessions:
        return Figure("waiting", HEADING, MEANING, nothing="Nobody has had to wait for a session so far.")
    each = [found[one.pk] for one in sessions]
    rows = subject.rows(sessions, lambda one: _cells(found[one.pk]))
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
            names=("Got a place", "Still in line", "Left without a place"),
            heights=[(one.given + one.taken, one.still, one.left) for one in each],
            below=("Session 1", f"session {len(sessions)}"),
        ),
    )


def _cells(one: Waited) -> list[Cell]:
    return [one.people, one.given, one.taken, one.still, one.left, one.offered, one.lapsed, one.declined]
