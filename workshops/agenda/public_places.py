"""What everybody may know of an event's places, for pages that look every few seconds: one answer for all.

Nothing of any person comes in. So it is read once for all who ask within a second, and kept meanwhile in the
memory of the process. Of each session at a time it says the places in words, whether it is full and how many
wait, and has two marks by which a page finds what may be another for its reader. ``mark`` changes where what
people hold or await may have changed by somebody else's act: a place was taken or came free, somebody left
the line; who joins the end of a line changes nothing for those before. ``turn`` changes where the session
begins or ends, its booking closes, or what comes free is given no more. (That booking opens is written in
the pages.)

Answers of several processes are told apart by ``read``, the database's clock in milliseconds: it rises.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import DateTimeField, Func, QuerySet

from common import languages
from common.fingerprints import fingerprint
from common.recent import Recent
from common.statements import Statement
from common.words import in_heading
from events.models import Event, Session
from events.places_seen import PlacesSeen, free_in_words
from workshops.places.deadlines import is_for_all, turns


class PublicPlaces(NamedTuple):
    """The answer as it was made at a moment: JSON, and a name of all that it says."""

    made_at: datetime
    name: str
    body: bytes


class _Counters(NamedTuple):
    """A row of places as it is read: ``None`` where nobody books the session."""

    capacity: int | None
    places_open: int | None
    taken: int | None
    held: int | None
    line: int | None
    ticket: int | None


#: What is read, in this order.
_SESSION = ("id", "starts_at", "ends_at", "booking_closes_at")
_COLUMNS = (*_SESSION, *(f"workshop__{counter}" for counter in _Counters._fields))


def of_event(slug: str, *, at: datetime) -> PublicPlaces | None:
    """Return the answer in the language of the moment; ``None`` for an event that not everybody may see.

    It is at most a second old. Two queries where it is not kept.
    """
    key = (slug, languages.current())
    kept = _kept.recall(key)
    if kept and kept.made_at <= at < kept.made_at + timedelta(seconds=settings.PLACES_KEPT_SECONDS):
        return kept
    made = _make(slug, at)
    return made and _kept.keep(key, made)


#: So many answers are kept in a process: one of 300 sessions takes 40 kB.
_kept: Recent[PublicPlaces] = Recent(16)


def _make(slug: str, at: datetime) -> PublicPlaces | None:
    event = _EVENT.first(slug=slug)
    if event is None:
        return None
    pk, version, closes_at, read_at = event
    sessions = {row[0]: _session(row, closes_at, at) for row in _SESSIONS.all(event=pk)}
    says = {"programme": version, "sessions": sessions}
    body = json.dumps({"read": round(read_at.timestamp() * 1000)} | says, separators=(",", ":"))
    return PublicPlaces(at, fingerprint(says, languages.current()), body.encode())


def _session(row: tuple[Any, ...], closes_at: datetime | None, at: datetime) -> dict[str, object]:
    starts_at = row[1]
    moments = (*row[1:3], *turns(starts_at), row[3] or closes_at)
    turn = sum([moment is not None and moment <= at for moment in moments])
    counters = _Counters(*row[len(_SESSION) :])
    return {"turn": turn, **_places(counters, is_for_all(starts_at, at), languages.current())}


@lru_cache(maxsize=4096)  # from one second to the next nearly all are as they were
def _places(
    counters: _Counters,
    for_all: bool,  # noqa: FBT001  # a key of the cache
    _language: str,
) -> Mapping[str, object]:
    capacity, places_open, taken, held, line, ticket = counters
    if taken is None or line is None or ticket is None:
        return {}
    places = PlacesSeen(capacity, places_open, taken, held or 0, line)
    free = places.free_for_all if for_all else 0
    words = free_in_words(free) if free else places.in_words
    # Whoever joins a line takes a ticket: the difference is as it was.
    come_out = ticket - line
    return {
        "words": words,
        "heard": f", {in_heading(words)}",
        "full": places.is_full and not free,
        "line": line,
        "mark": fingerprint(capacity, places_open, taken, held, come_out),
    }


# The version is taken before the sessions are: at worst newer ones stand under an older number.
_EVENT = Statement(
    lambda slug: (
        Event.objects.public()
        .filter(slug=slug)
        .annotate(read_at=Func(function="clock_timestamp", output_field=DateTimeField()))
        .values_list("pk", "version", "booking_closes_at", "read_at")
    )
)


def _sessions(event: int) -> "QuerySet[Session, tuple[Any, ...]]":
    return Session.objects.filter(event=event).public().live().order_by("pk").values_list(*_COLUMNS)


_SESSIONS = Statement(_sessions)
