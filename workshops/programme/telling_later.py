"""A cancelled session whose people are told later: how long that is, and what was whose until then.

Nobody is told for ten minutes, so that the session can be brought back (``cancelling``); within two hours of
its start all are told at once.
"""

from datetime import datetime, timedelta
from typing import Final

from events.models import Session
from workshops.models import Booking, Cancellation

#: So long after a session is cancelled nobody is told, and it can be brought back; not so near its start.
UNDONE_WITHIN: Final = timedelta(minutes=10)
TOLD_AT_ONCE_WITHIN: Final = timedelta(hours=2)


def told_after(session: Session, at: datetime) -> timedelta:
    """Return how long nobody is told that it is cancelled: until then it can be brought back."""
    is_near = session.starts_at is not None and session.starts_at - at < TOLD_AT_ONCE_WITHIN
    return timedelta(0) if is_near else UNDONE_WITHIN


def note(session: Session, at: datetime) -> None:
    """Remember until everybody is told what was whose."""
    delay = told_after(session, at)
    live = Booking.objects.live().filter(session=session).order_by("pk")
    fields = ("pk", "status", "expires_at", "status_changed_at")
    moments = [(pk, status, *map(_iso, times)) for pk, status, *times in live.values_list(*fields)]
    facts = {"at": at, "told_at": at + delay, "sequence": session.sequence}
    undone = {"bookings": moments if delay else [], "settled_at": None if delay else at}
    Cancellation.objects.update_or_create(session=session, defaults=facts | undone)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def has_people(session: Session) -> bool:
    """Whether it was cancelled just now, with people in it who would have their places again."""
    return Cancellation.objects.filter(session=session, settled_at=None).exclude(bookings=[]).exists()


def forget(session: Session) -> None:
    """Let it take place again, with nobody in it."""
    Cancellation.objects.filter(session=session).delete()
    session.cancelled_because = ""
