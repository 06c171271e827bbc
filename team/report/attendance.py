"""Who was in sessions that are over: there, not there, or nothing is known. What is not noted is not 0."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q

from common.words import counted, in_digits
from events.models import Session
from live.models import Attendance
from team.report.figures import NOT_NOTED, NOTHING, Cell, Figure, Table
from team.report.pictures import columns
from team.report.subject import Subject
from workshops.models import Booking

MEANING: Final = (
    "Of those who had a place at the end: there is who pressed Join or said so, unless a host, the team"
    " or the meeting’s report decided otherwise; a no-show is who was decided not to have been there. "
    "Of the others nothing is known, which is not the same. Only sessions that are over and note who "
    "was there are listed."
)
HEADING: Final = "Attendance and no-shows"
COLUMNS: Final = ("Session", "Had a place", "There", "No-shows", "Nothing noted", "There without a place")


def figure(subject: Subject) -> Figure:
    """Return the figure. One query."""
    over = _over(subject)
    if not over:
        return Figure("attendance", HEADING, MEANING, nothing=_nothing(subject))
    noted = _noted(subject)
    rows = subject.rows(over, lambda one: _cells(subject, one, noted.get(one.pk)))
    heights = [_parts(subject, one, noted.get(one.pk)) for one in over]
    there, missed, unknown = (sum(parts) for parts in zip(*heights, strict=True))
    return Figure(
        "attendance",
        HEADING,
        MEANING,
        f"Of {counted(there + missed + unknown, '%(count)s place', '%(count)s places')} in sessions that are "
        f"over: there {in_digits(there)}, no-shows {in_digits(missed)}, nothing noted {in_digits(unknown)}.",
        Table("Who was in each session", COLUMNS, rows),
        columns(
            "attendance",
            "Places of each session by who was there",
            names=("There", "Nothing noted", "No-shows"),
            heights=[(there, unknown, missed) for there, missed, unknown in heights],
            below=("Session 1", f"session {len(over)}"),
        ),
    )


def totals(subject: Subject) -> tuple[int, int] | None:
    """Return of all with a place how many were there and how many were not; ``None`` where none is noted."""
    over = _over(subject)
    noted = _noted(subject) if over else {}
    parts = [_parts(subject, one, noted[one.pk]) for one in over if one.pk in noted]
    return (sum(one[0] for one in parts), sum(one[1] for one in parts)) if parts else None


def _over(subject: Subject) -> list[Session]:
    return [one for one in subject.sessions if one.notes_attendance and one.has_ended(subject.at)]


def _nothing(subject: Subject) -> str:
    if any(one.notes_attendance for one in subject.sessions):
        return "No session is over in which it is noted who was there."
    return "In no session it is noted who was there."


def _noted(subject: Subject) -> dict[int, Mapping[str, Any]]:
    theirs = {"registration": OuterRef("registration"), "session": OuterRef("session")}
    has_place = Exists(Booking.objects.with_place().filter(**theirs))
    rows = Attendance.objects.filter(session__event=subject.event).annotate(placed=has_place)
    came = ~Q(came=False)  # as ``came`` of the rows' own
    counted_rows = (
        rows.order_by()
        .values("session")
        .annotate(
            there=Count("pk", filter=came & Q(placed=True)),
            missed=Count("pk", filter=Q(came=False, placed=True)),
            besides=Count("pk", filter=came & Q(placed=False)),
        )
    )
    return {one["session"]: one for one in counted_rows}


def _parts(subject: Subject, session: Session, noted: Mapping[str, Any] | None) -> tuple[int, int, int]:
    """Return of those with a place: who was there, who was not, and of how many nothing is known."""
    placed = subject.of(session).known
    there, missed = (noted["there"], noted["missed"]) if noted else (0, 0)
    return there, missed, max(placed - there - missed, 0)


def _cells(subject: Subject, session: Session, noted: Mapping[str, Any] | None) -> list[Cell]:
    placed: Cell = NOTHING if subject.places(session) is None else subject.of(session).known
    if noted is None:
        return [placed, NOT_NOTED, NOT_NOTED, placed, NOT_NOTED]
    if placed == NOTHING:
        return [placed, NOTHING, NOTHING, NOTHING, noted["besides"]]
    return [placed, *_parts(subject, session, noted), noted["besides"]]
