"""What the team does on the page of a session: the rules of places and lines, for who saw what is there."""

from datetime import datetime
from functools import partial

from audit.actors import By
from common.transactions import after_commit, retried
from events.models import Session
from members.models import Member
from workshops.models import Booking, Workshop
from workshops.places import waiting_list
from workshops.programme import capacity
from workshops.programme.changes import ProgrammeRefused, locked_sessions


class PlacesChanged(ProgrammeRefused):
    """Somebody else has set the places since the page was opened."""

    def __init__(self, now: int | None) -> None:
        places = "no limit" if now is None else f"{now:,}"
        super().__init__(
            f"Somebody else has changed the places meanwhile: there are {places} now. Look, and save again."
        )
        self.now = now


def set_places(session: Session, places: int | None, *, seen: int | None, by: By, at: datetime) -> None:
    """Change how many places there are, from those that were ``seen``; ``None`` means no limit.

    Raises ``PlacesChanged``, and what ``capacity.set_capacity`` raises.
    """
    _write(session, places, seen, by, at)
    after_commit(partial(waiting_list.serve, session.pk, at=at))


@retried
def _write(session: Session, places: int | None, seen: int | None, by: By, at: datetime) -> None:
    locked_sessions([session.pk])
    now = Workshop.objects.filter(session=session).values_list("capacity", flat=True).first()
    if now != seen:
        raise PlacesChanged(now)
    capacity.write_capacity(session, places, by=by, at=at)


def move_up(booking: Booking, reason: str, *, by: Member, at: datetime) -> bool:
    """Move somebody to the head of the line; return whether that changed anything."""
    before = booking.ticket
    return waiting_list.move_up(booking, at=at, by=by, reason=reason).ticket != before
