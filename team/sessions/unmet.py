"""Sessions that lack what somebody needs who comes: which, and never what; for who may see needs."""

from collections.abc import Iterable
from typing import Final

from events.models import AccessNeed, Registration, Session
from events.models.access_needs import MET_BY
from workshops.models import Booking

#: Who has been told what is done instead lacks nothing more.
STANDING: Final = (AccessNeed.State.NEW, AccessNeed.State.ARRANGED, AccessNeed.State.CONFIRMED)


def unmet(sessions: Iterable[Session]) -> set[int]:
    """Return the ids of those, as they are in memory, that lack what somebody needs. Two queries.

    To what is booked comes who has a place or waits; to what is open to all, everybody who is registered.
    """
    live = [one for one in sessions if one.is_live]
    case = "registration__access_needs__cases"
    rows = Booking.objects.live().filter(session__in=live, **{f"{case}__state__in": STANDING})
    booked = set(rows.order_by().values_list("session", f"{case}__kind").distinct())
    cases = AccessNeed.objects.filter(
        told__registration__event__in={one.event_id for one in live},
        told__registration__status=Registration.Status.CONFIRMED,
        state__in=STANDING,
    )
    come = set(cases.order_by().values_list("told__registration__event", "kind").distinct())
    return {one.pk for one in live if any(_lacks(one, kind) for kind in _kinds(one, booked, come))}


def _kinds(session: Session, booked: set[tuple[int, str]], come: set[tuple[int, str]]) -> Iterable[str]:
    """Return what is needed there."""
    if getattr(session, "workshop", None) is not None:
        return [kind for pk, kind in booked if pk == session.pk]
    return [kind for event, kind in come if event == session.event_id]


def _lacks(session: Session, kind: str) -> bool:
    return kind in MET_BY and not getattr(session, MET_BY[kind])
