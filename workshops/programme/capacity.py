"""How many may book a session, and opening it to all.

Capacity never falls below what is taken; raising it serves the waiting list.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from audit import trail
from audit.actors import By
from audit.acts import Act
from common.transactions import after_commit, retried
from events.models import Session
from events.programme.cache_version import raise_version
from workshops.models import Booking, Workshop
from workshops.places import choices, waiting_list
from workshops.places.counters import locked_workshop
from workshops.programme.changes import ProgrammeRefused, SessionHasBookings, locked_sessions


def set_capacity(session: Session, capacity: int | None, *, by: By, at: datetime) -> None:
    """Give a live session places to book, or change how many; ``None`` means no limit.

    Raising it serves the waiting list at once. Raises ``CapacityBelowTaken``, and
    ``ProgrammeRefused`` for a session without a time.
    """
    write_capacity(session, capacity, by=by, at=at)
    after_commit(partial(waiting_list.serve, session.pk, at=at))


@retried
def write_capacity(session: Session, capacity: int | None, *, by: By, at: datetime) -> None:
    """Do what ``set_capacity`` does but the serving; for acts that do more in the same transaction."""
    session = locked_sessions([session.pk])[session.pk]
    if not session.is_live:
        raise ProgrammeRefused("A session without a time has no places to book.")
    Workshop.objects.bulk_create(
        [
            Workshop(
                session=session,
                capacity=capacity,
                during=(session.starts_at, session.ends_at),
                is_open=session.is_published,
            )
        ],
        ignore_conflicts=True,
    )
    workshop = locked_workshop(session.pk)
    before = workshop.capacity
    workshop.set_capacity(capacity)
    trail.record(session, Act.PLACES_SET, by=by, at=at, places=capacity, before=before)
    raise_version(session.event_id)


def add_places(capacities: Mapping[Session, int | None]) -> None:
    """Give sessions that were made in this transaction places to book; ``None`` means no limit."""
    Workshop.objects.bulk_create(
        [
            Workshop(
                session=session,
                capacity=capacity,
                during=(session.starts_at, session.ends_at),
                is_open=session.is_published,
            )
            for session, capacity in capacities.items()
        ]
    )


@retried
def open_to_all(session: Session, *, by: By, at: datetime) -> None:
    """Take the places away: everybody who is registered may come. Raises ``SessionHasBookings``."""
    workshop = Workshop.objects.select_for_update().filter(session=session).first()
    if workshop is None:
        return
    people = Booking.objects.live().filter(session=session).exclude(status=Booking.Status.CHOSEN).count()
    if people:
        raise SessionHasBookings(people)
    choices.drop(session, by=by, at=at)
    workshop.delete()
    trail.record(session, Act.OPENED_TO_ALL, by=by, at=at)
    raise_version(session.event_id)
