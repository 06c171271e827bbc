"""What everybody may know of an event on its day: a name that is another once something has changed.

Nothing of any person comes in, so it is one answer for all, read once for all who ask within a second and
kept meanwhile in the memory of the process. The number of the programme rises with every change of a session,
its link and its room included. What a higher app shows on the page besides, it names by ``register``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from common.fingerprints import fingerprint
from common.recent import Recent
from common.statements import Statement
from events.models import Event

#: Asked with the id of an event: what names all that an app shows on the page of now and next.
Namer = Callable[[int], object]
_namers: list[Namer] = []


class _Version(NamedTuple):
    """The name as it was read at a moment, in seconds."""

    read_at: float
    name: str


def register(namer: Namer) -> None:
    """Let an app name what it shows on the page. Call it in ``AppConfig.ready``."""
    if namer not in _namers:
        _namers.append(namer)


def of_event(slug: str, *, at: datetime) -> str | None:
    """Return the name of what is shown; ``None`` for an event that not everybody may see.

    It is at most a second old. One query, and those of the apps, where it is not kept.
    """
    now = at.timestamp()
    kept = _kept.recall(slug)
    if kept and kept.read_at <= now < kept.read_at + settings.PLACES_KEPT_SECONDS:
        return kept.name
    event = _EVENT.first(slug=slug)
    if event is None:
        return None
    return _kept.keep(slug, _Version(now, _name(*event))).name


def of(event: Event) -> str:
    """Return the name of what a page shows that has read ``event``."""
    return _name(event.pk, event.version, event.status)


def _name(pk: int, version: int, status: str) -> str:
    return fingerprint(version, status, [namer(pk) for namer in _namers])


#: So many are kept in a process.
_kept: Recent[_Version] = Recent(64)
_EVENT = Statement(
    lambda slug: Event.objects.public().filter(slug=slug).values_list("pk", "version", "status")
)
