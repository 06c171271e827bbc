"""The seam by which the programme shows what each session is to its reader: booked, waiting, chosen, hosted.

The app that keeps the bookings registers how to look them up, in one query for a whole programme; its
fragment ``workshops/_session_state.html`` shows them on a session's card and page.
"""

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from events.models import Registration, Session
from events.places_seen import PlacesSeen
from events.programme.contents import Programme


@dataclass(frozen=True)
class Seen:
    """What a page of a whole programme has read already: its cards, and the places of those booked."""

    programme: Programme
    places: Mapping[int, PlacesSeen]


#: Called with a current registration and what was read of its event, or the one session that is asked about:
#: the states of all sessions by session id, or of that one at least. A state has ``tone`` (``yours``,
#: ``waiting``, ``offered``, ``cancelled`` or empty), by which its card is marked, and ``shown``, which names
#: all that a card shows of it; ``None`` where a card is for this reader alone.
Lookup = Callable[[Registration, Seen | Session], Mapping[int, Any]]
_lookups: list[Lookup] = []


def register_lookup(lookup: Lookup) -> None:
    """Let a higher app say what sessions are to a reader. Call it in ``AppConfig.ready``."""
    if lookup not in _lookups:
        _lookups.append(lookup)


def states_of(registration: Registration | None, about: Seen | Session) -> Mapping[int, Any]:
    """Return the reader's states by session id; nothing for whoever is not registered.

    About one session that session's state at least: no more need be read than it takes. A state that nobody
    looks at need not be decided.
    """
    if registration is None:
        return {}
    found = [lookup(registration, about) for lookup in _lookups]
    return found[0] if len(found) == 1 else ChainMap(*(cast("dict[int, Any]", one) for one in found))
