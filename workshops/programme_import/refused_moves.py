"""What the rules of the programme would refuse of an import, or ask people, looked up without writing it.

The rules themselves (``workshops.programme.changes``) decide again under their locks; this says it in the
preview, in two queries whatever the number of sessions.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from common.spreadsheets.tables import TableProblem
from common.words import counted
from workshops.models import Booking
from workshops.programme import clashes
from workshops.programme.changes import SessionHasBookings

if TYPE_CHECKING:
    from workshops.programme_import.plan import PlannedSession

Span = tuple[datetime | None, datetime | None]


def problems_of_moves(changed: Sequence["PlannedSession"], before: Mapping[int, Span]) -> list[TableProblem]:
    """Return what forbids these changes; ``before`` are the times that the sessions have now, by id."""
    moved = _moved(changed, before)
    timeless = {one.session.pk: one for one in moved if one.session.starts_at is None}
    return [_problem(one, SessionHasBookings(people)) for one, people in _who_would_lose(timeless)]


def people_asked(changed: Sequence["PlannedSession"], before: Mapping[int, Span]) -> list[str]:
    """Return a sentence for each session whose people would have to decide which of two they keep."""
    live = {one.session.pk: one for one in _moved(changed, before) if one.session.starts_at is not None}
    return [
        f"{counted(people, '%(count)s person has', '%(count)s people have')} booked “{one.session.title}” "
        "and another session at its new time: both places stay theirs, and they are asked which they keep."
        for one, people in _who_would_clash(live)
    ]


def _moved(changed: Sequence["PlannedSession"], before: Mapping[int, Span]) -> list["PlannedSession"]:
    return [one for one in changed if before[one.session.pk] != (one.session.starts_at, one.session.ends_at)]


def _problem(one: "PlannedSession", refusal: Exception) -> TableProblem:
    return TableProblem(one.row.number, one.session.title, str(refusal), one.row.sheet)


def _who_would_lose(timeless: Mapping[int, "PlannedSession"]) -> list[tuple["PlannedSession", int]]:
    if not timeless:
        return []
    bookings = Booking.objects.live().filter(session_id__in=timeless).exclude(status=Booking.Status.CHOSEN)
    counts: dict[int, int] = {}
    for session_id in bookings.values_list("session_id", flat=True):
        counts[session_id] = counts.get(session_id, 0) + 1
    return [(timeless[session_id], people) for session_id, people in counts.items()]


def _who_would_clash(moved: Mapping[int, "PlannedSession"]) -> list[tuple["PlannedSession", int]]:
    found = clashes.who_would_clash([one.session for one in moved.values()])
    return [(one, found[session_id]) for session_id, one in moved.items() if session_id in found]
