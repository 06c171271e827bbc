"""Saving a change of a session as it was seen beforehand, or not at all.

Whoever presses has read what it does (``effects``). It is read once more under the locks of session and
places: where somebody changed the session meanwhile, or people booked it so that it would do something else,
nothing is saved, and the new effects are there to be read.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from audit.actors import By
from common.transactions import after_commit, retried
from events.models import Contributor, Session
from events.places import CapacityBelowTaken
from workshops.places import waiting_list
from workshops.places.counters import locked_workshops
from workshops.programme import capacity, changes, effects
from workshops.programme.changes import ProgrammeRefused, locked_sessions
from workshops.programme.effects import Effects


class NotWhatWasSeen(ProgrammeRefused):
    """Saving would do something else by now: ``effects``."""

    def __init__(self, now: Effects) -> None:
        super().__init__("Something has changed since you looked, so nothing is saved yet. Look again.")
        self.effects = now


def save(
    session: Session,
    values: Mapping[str, Any],
    places: int | None,
    *,
    seen: str,
    by: By,
    at: datetime,
) -> Effects:
    """Save ``values`` (``effects.FIELDS``) and the places of a session, if it does what was ``seen``: that.

    Raises ``NotWhatWasSeen``, ``CapacityBelowTaken``, and what saving a session raises.
    """
    done, to_serve = _save(session.pk, values, places, seen, by, at)
    for pk in to_serve:
        after_commit(partial(waiting_list.serve, pk, at=at))
    return done


@retried
def _save(
    pk: int, values: Mapping[str, Any], places: int | None, seen: str, by: By, at: datetime
) -> tuple[Effects, list[int]]:
    now = locked_sessions([pk])[pk]
    row = locked_workshops([pk]).get(pk)
    new = {name: values[name] for name in effects.FIELDS if values[name] != getattr(now, name)}
    for name, value in new.items():
        setattr(now, name, value)
    if row is not None and not row.can_be(places):
        raise CapacityBelowTaken(row.taken, places)
    found = look(now, places, at=at)
    if not found.is_as(seen):
        raise NotWhatWasSeen(found)
    served = changes.write_sessions([now], by=by, at=at) if new else []
    if row is not None and row.capacity != places:
        capacity.write_capacity(now, places, by=by, at=at)
        served = [pk]
    return found, served


def look(
    wanted: Session, places: int | None, people: Sequence[Contributor] | None = None, *, at: datetime
) -> Effects:
    """Return what saving it, with these ``people`` hosting, would do; it may be changed and not saved."""
    return effects.of(wanted, effects.with_capacity(wanted, places), people, at=at)


def look_under_locks(
    wanted: Session,
    places: int | None,
    people: Sequence[Contributor] | None,
    *,
    is_booked: bool,
    at: datetime,
) -> Effects:
    """Return what saving it would do, and keep it so until the caller's transaction ends.

    ``is_booked`` is whether people book a place in it, or it is open to all.
    """
    locked_sessions([wanted.pk])
    locked_workshops([wanted.pk])
    return effects.of(wanted, effects.with_capacity(wanted, places, is_booked=is_booked), people, at=at)


def check_seen(found: Effects, seen: str) -> None:
    """Raise ``NotWhatWasSeen``, so that nothing is saved, where others notice and ``seen`` is not that."""
    if found.touches_others and not found.is_as(seen):
        raise NotWhatWasSeen(found)
