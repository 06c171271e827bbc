"""What everybody may know of an event on its day: a name that is another once something has changed.

Nothing of any person comes in, so it is one answer for all, read once for all who ask within a second and
kept meanwhile in the memory of the process. The number of the programme rises with every change of a session,
its link and its room included, and with every notice. Beside it stands in which sessions that are about to
start a place is free: from half an hour before it goes to whoever looks.
"""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from common.fingerprints import fingerprint
from common.recent import Recent
from common.statements import Statement
from events.models import Event
from workshops.models import Workshop
from workshops.places.deadlines import HALF_HOUR


class _Version(NamedTuple):
    """The name as it was read at a moment, in seconds."""

    read_at: float
    name: str


def of_event(slug: str, *, at: datetime) -> str | None:
    """Return the name of what is shown; ``None`` for an event that not everybody may see.

    It is at most a second old. Two queries where it is not kept.
    """
    now = at.timestamp()
    kept = _kept.recall(slug)
    if kept and kept.read_at <= now < kept.read_at + settings.PLACES_KEPT_SECONDS:
        return kept.name
    event = _EVENT.first(slug=slug)
    if event is None:
        return None
    return _kept.keep(slug, _Version(now, _name(*event, at))).name


def of(event: Event, *, at: datetime) -> str:
    """Return the name of what a page shows that has read ``event``. One query."""
    return _name(event.pk, event.version, event.status, at)


def _name(pk: int, version: int, status: str, at: datetime) -> str:
    rows = _SOON.all(event=pk, after=at, until=at + HALF_HOUR)
    free = [(one.session_id, bool(one.held), one.is_full) for one in rows]
    return fingerprint(version, status, free)


#: So many are kept in a process.
_kept: Recent[_Version] = Recent(64)
_EVENT = Statement(
    lambda slug: Event.objects.public().filter(slug=slug).values_list("pk", "version", "status")
)
_SOON = Statement(
    lambda event, after, until: Workshop.objects.filter(
        session__event=event,
        session__status="published",
        session__starts_at__gt=after,
        session__starts_at__lte=until,
    ).order_by("session_id")
)
