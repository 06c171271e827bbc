"""Who counts on sessions besides those who host or speak: a higher app says who stands in for a host.

They are told of what changes like a host, once each session, in words of their own.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from events.models import Contributor

#: Asked with the ids of sessions: a session's id, and who stands in there.
Lookup = Callable[[Collection[int]], Iterable[tuple[int, Contributor]]]
_lookups: Final[list[Lookup]] = []


def register(lookup: Lookup) -> None:
    """Let a higher app say who stands in. Call it in ``AppConfig.ready``."""
    if lookup not in _lookups:
        _lookups.append(lookup)


def of(session_ids: Collection[int]) -> list[tuple[int, Contributor]]:
    """Return who stands in for a host of these sessions, and hosts or speaks in it under no record of theirs.

    Each once for a session. One query for each lookup.
    """
    found = {(session, one.pk): one for lookup in _lookups for session, one in lookup(session_ids)}
    return [(session, one) for (session, _), one in found.items()]
