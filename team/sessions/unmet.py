"""Sessions that lack what somebody needs who comes: which, and never what."""

from collections.abc import Collection
from typing import Final

from django.db.models import Q

from events.models import AccessNeed, Session
from events.models.access_needs import MET_BY
from workshops.models import Booking

#: Who has been told what is done instead lacks nothing more.
STANDING: Final = (AccessNeed.State.NEW, AccessNeed.State.ARRANGED, AccessNeed.State.CONFIRMED)


def unmet(sessions: Collection[int]) -> set[int]:
    """Return those of these sessions that lack what somebody needs who has a place or waits. One query."""
    case = "registration__access_needs__cases"
    lacking = Q()
    for kind, fact in MET_BY.items():
        lacking |= Q(**{f"{case}__kind": kind, f"session__{fact}": False})
    rows = Booking.objects.live().filter(
        lacking, session__in=sessions, session__starts_at__isnull=False, **{f"{case}__state__in": STANDING}
    )
    return set(rows.order_by().values_list("session", flat=True).distinct())


def would_be_unmet(session: Session) -> bool:
    """Whether a session, saved as it is now, would lack what somebody needs who has a place or waits."""
    case = "registration__access_needs__cases"
    bookings = Booking.objects.live().filter(session=session.pk, **{f"{case}__state__in": STANDING})
    needed = bookings.order_by().values_list(f"{case}__kind", flat=True).distinct()
    return session.is_live and any(kind in MET_BY and not getattr(session, MET_BY[kind]) for kind in needed)
