"""The memory of what a member was last told of their agenda, and what has changed since.

``AgendaTold`` is written with the sending of a letter, never before, so a letter that fails leaves what it
would have told for the next one. A letter about one session (a place given, a session moved) is written
down for that session alone. Equal truths are equal values: the difference is what must be said.
Letters are put into the outbox by ``telling``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from common.statements import Statement
from common.words import ordinal
from events.models import Registration
from workshops.letters.itinerary import OPEN, Item
from workshops.models import AgendaTold, Booking, Cancellation

Status = Booking.Status
Items = dict[str, dict[str, Any]]
#: As ``Items``, with ``None`` for a session that is theirs no more.
Partial = Mapping[str, dict[str, Any] | None]


@dataclass(frozen=True)
class Change:
    """One difference. ``kind`` says which; ``item`` is the session as it is now, ``was`` as it was told."""

    kind: str
    title: str
    item: Item | None = None
    was: Mapping[str, Any] | None = None
    why: str = ""

    @property
    def was_starts_at(self) -> datetime | None:
        """The start that was told."""
        return datetime.fromisoformat(self.was["starts_at"]) if self.was else None

    @property
    def was_place(self) -> str:
        """The position that was told, in words: "5th"."""
        return ordinal(self.was["position"]) if self.was and self.was["position"] else ""

    @property
    def was_until(self) -> datetime | None:
        """Until when they could have decided."""
        return datetime.fromisoformat(self.was["until"]) if self.was and "until" in self.was else None

    @property
    def was_ends_at(self) -> datetime | None:
        """The end that was told."""
        return datetime.fromisoformat(self.was["ends_at"]) if self.was else None


def as_told(items: Iterable[Item]) -> Items:
    """Return sessions as they are kept, by session id."""
    return {str(item.session.pk): _as_told(item) for item in items}


def _as_told(item: Item) -> dict[str, Any]:
    session = item.session
    until = {"until": item.until.isoformat()} if item.until and item.state == Status.CONTESTED else {}
    return until | {
        "title": session.title,
        "state": item.state,
        "position": item.position,
        "starts_at": session.starts_at.isoformat() if session.starts_at else "",
        "ends_at": session.ends_at.isoformat() if session.ends_at else "",
        "room": session.room,
    }


def last_told(registration: Registration) -> Items | None:
    """Return what they were last told, ``None`` if nothing yet."""
    row = _TOLD.first(registration=registration.pk)
    return row.items if row else None


_TOLD: Statement[AgendaTold] = Statement(
    lambda registration: AgendaTold.objects.filter(registration=registration)
)


def not_to_tell(
    registration: Registration, told: Items | None, items: Iterable[Item], *, at: datetime
) -> Items:
    """Return of what is gone the sessions that are cancelled and may come back: nobody is told yet.

    One query, where anything is gone.
    """
    gone = (told or {}).keys() - {str(item.session.pk) for item in items}
    keys = {str(pk) for pk in _UNTOLD.all(event=registration.event_id, at=at)} if gone else set()
    return {key: was for key, was in (told or {}).items() if key in gone & keys}


_UNTOLD: Statement[int] = Statement(
    lambda event, at: (
        Cancellation.objects.filter(session__event=event, settled_at=None, told_at__gt=at)
        .order_by()
        .values_list("session_id", flat=True)
    )
)


def changes(told: Items, items: Iterable[Item], registration: Registration) -> list[Change]:
    """Return what is different from what was told: new and other ones in order of time, then what is gone."""
    now = {str(item.session.pk): item for item in items}
    found = [change for key, item in now.items() if (change := _change(told.get(key), item))]
    gone = {key: was for key, was in told.items() if key not in now}
    return found + _gone(gone, registration)


def _change(was: Mapping[str, Any] | None, item: Item) -> Change | None:
    now = _as_told(item)
    if was == now:
        return None
    title = item.session.title
    if was is None or was["state"] != now["state"]:
        has_come_free = was is not None and (was["state"], now["state"]) == (Status.WAITING, Status.BOOKED)
        is_kept = was is not None and (was["state"], now["state"]) == (Status.CONTESTED, Status.BOOKED)
        kind = "place" if has_come_free else "kept" if is_kept else now["state"]
        return Change(kind, title, item, was)
    if was.get("until") != now.get("until"):
        return Change(now["state"], title, item, was)
    if (was["starts_at"], was["ends_at"]) != (now["starts_at"], now["ends_at"]):
        return Change("moved", title, item, was)
    if was["room"] != now["room"]:
        return Change("room", title, item, was)
    if was["position"] != now["position"]:
        return Change("position", title, item, was)
    return Change("renamed", title, item, was)


def _gone(gone: Mapping[str, Mapping[str, Any]], registration: Registration) -> list[Change]:
    """Say why each one is gone: by the booking that ended last, if there was one."""
    if not gone:
        return []
    ended = Booking.objects.filter(registration=registration, session_id__in=[int(key) for key in gone])
    why = dict(ended.order_by("status_changed_at", "pk").values_list("session_id", "ended"))
    return [Change("gone", was["title"], was=was, why=why.get(int(key), "")) for key, was in gone.items()]


def has_own(items: Iterable[Item]) -> bool:
    """Whether anything is theirs, beyond what everybody comes to."""
    return any(item.state != OPEN for item in items)


@dataclass(frozen=True)
class Telling:
    """What a letter tells of an agenda: all of it, or some sessions of it."""

    registration: Registration | None
    items: Partial
    is_whole: bool = False

    def record(self, at: datetime) -> None:
        """Record that it was told; for the letter's ``on_sent``. Nothing where they do not come any more."""
        if self.registration is None:
            return
        items = {key: item for key, item in self.items.items() if item is not None}
        values: dict[str, Any] = {
            "registration": self.registration.pk,
            "items": json.dumps(items),
            "gone": [key for key in self.items if key not in items],
            "is_whole": self.is_whole,
            "at": at,
        }
        with connection.cursor() as cursor:
            cursor.execute(_RECORD, values)


#: What a letter tells of single sessions joins what was told before. One row, locked by what writes it.
_RECORD = """
    INSERT INTO workshops_agendatold AS told (registration_id, items, told_at)
    SELECT id, %(items)s::jsonb, %(at)s FROM events_registration
    WHERE id = %(registration)s AND status = 'confirmed'
    ON CONFLICT (registration_id) DO UPDATE SET
        told_at = EXCLUDED.told_at,
        items = CASE
            WHEN %(is_whole)s THEN EXCLUDED.items
            ELSE (told.items - %(gone)s::text[]) || EXCLUDED.items
        END
"""


def forget(registration: Registration, **_: Any) -> None:
    """Start anew: with their registration the agenda ends (``registration.on_cancelled``)."""
    AgendaTold.objects.filter(registration=registration).delete()
