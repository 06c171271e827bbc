"""Sessions that lack what somebody needs who comes: which, and never what; for who may see needs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from events.models import AccessNeed, Registration, Session
from events.models.access_needs import MET_BY
from workshops.models import Booking

#: Who has been told what is done instead lacks nothing more.
STANDING: Final = (AccessNeed.State.NEW, AccessNeed.State.ARRANGED, AccessNeed.State.CONFIRMED)
#: Id of a session or an event → the kinds of needs of those who come.
Needed = defaultdict[int, set[str]]


def unmet(sessions: Iterable[Session]) -> set[int]:
    """Return the ids of those, as they are in memory, that lack what somebody needs. Two queries.

    To what is booked comes who has a place or waits; to what is open to all, everybody who is registered.
    """
    lacking = {one: _lacks(one) for one in sessions if one.is_live}
    booked = _needed_by_session([one.pk for one in lacking])
    come = _needed_by_event({one.event_id for one in lacking})
    return {one.pk for one, kinds in lacking.items() if kinds & _needed(one, booked, come)}


def _lacks(session: Session) -> set[str]:
    """Return the kinds of needs that the session does not meet."""
    return {kind for kind, met_by in MET_BY.items() if not getattr(session, met_by)}


def _needed(session: Session, booked: Needed, come: Needed) -> set[str]:
    if getattr(session, "workshop", None) is not None:
        return booked[session.pk]
    return come[session.event_id]


def _needed_by_session(ids: list[int]) -> Needed:
    case = "registration__access_needs__cases"
    wanted = {f"{case}__state__in": STANDING, f"{case}__kind__in": list(MET_BY)}
    rows = Booking.objects.live().filter(session__in=ids, **wanted)
    return _by_first(rows.order_by().values_list("session", f"{case}__kind").distinct())


def _needed_by_event(ids: set[int]) -> Needed:
    cases = AccessNeed.objects.filter(
        told__registration__event__in=ids,
        told__registration__status=Registration.Status.CONFIRMED,
        state__in=STANDING,
        kind__in=list(MET_BY),
    )
    return _by_first(cases.order_by().values_list("told__registration__event", "kind").distinct())


def _by_first(rows: Iterable[tuple[int, str]]) -> Needed:
    found: Needed = defaultdict(set)
    for pk, kind in rows:
        found[pk].add(kind)
    return found
