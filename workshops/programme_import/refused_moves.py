"""What the rules of the programme would refuse of an import, or ask people, looked up without writing it.

The rules themselves (``workshops.programme.changes``) decide again under their locks; this says it in the
preview, in a number of queries that does not depend on the sessions.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from common.spreadsheets.tables import TableProblem
from common.words import counted, in_a_row
from members.models import Member
from workshops import notices
from workshops.models import Booking
from workshops.programme import clashes
from workshops.programme.changes import FilmWithATime, SessionHasBookings

if TYPE_CHECKING:
    from workshops.programme_import.plan import PlannedSession

#: So many of those who must decide are named, for each session.
NAMED: Final = 20
Span = tuple[datetime | None, datetime | None]


def problems_of_moves(changed: Sequence["PlannedSession"], before: Mapping[int, Span]) -> list[TableProblem]:
    """Return what forbids these changes; ``before`` are the times that the sessions have now, by id."""
    moved = _moved(changed, before)
    timeless = {one.session.pk: one for one in moved if one.session.starts_at is None}
    films = [one for one in moved if one.session.is_live and one.session.has_film]
    return [
        *(_problem(one, SessionHasBookings(people)) for one, people in _who_would_lose(timeless)),
        *(_problem(one, FilmWithATime()) for one in films),
    ]


def people_asked(changed: Sequence["PlannedSession"], before: Mapping[int, Span]) -> list[str]:
    """Return a sentence for each session whose people, by name, would have to decide which of two they keep.

    Two queries, if sessions move.
    """
    live = {one.session.pk: one for one in _moved(changed, before) if one.session.starts_at is not None}
    found = clashes.who_would_clash([one.session for one in live.values()])
    every = {pk for people in found.values() for pk in people}
    members = list(Member.objects.filter(pk__in=every).order_by("name_folded", "pk")) if every else []
    return [
        f"{counted(len(people), '%(count)s person has', '%(count)s people have')} booked "
        f"“{live[session].session.title}” and another session at its new time: both places stay theirs, and "
        f"they are asked which they keep: {_named([one for one in members if one.pk in people])}."
        for session, people in found.items()
    ]


def _named(members: Sequence[Member]) -> str:
    more = len(members) - NAMED
    others = [f"{more} more"] if more > 0 else []
    return in_a_row([*members[:NAMED], *others])


def emails(changed: Sequence["PlannedSession"]) -> int:
    """Return how many emails the new times and rooms owe: one for each member, whatever moves for them.

    Three queries, if any.
    """
    told = [one.session for one in changed if one.changed("starts_at", "ends_at", "room")]
    seen = [one.pk for one in told if one.is_published and one.event.is_published]
    return notices.letters_of_moves(seen) if seen else 0


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
