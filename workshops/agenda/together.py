"""What the sessions that start together are to a reader, decided once for all who have the same facts there.

A reader has something at some times and nothing at most, and so has everybody else: a page looks up times,
not each of its hundreds of sessions. What was decided is found again by all that decides it: the very reading
of the programme, its places as they are now, and what the reader has at that time
(``workshops.agenda.facts``).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from common.recent import Recent
from events.places_seen import PlacesSeen
from events.programme.contents import Programme
from workshops.agenda.facts import BEFORE_ALL, Deciding, LiveSession
from workshops.agenda.session_state import state_of
from workshops.agenda.states import WAITING, State
from workshops.places.deadlines import turns


@dataclass(frozen=True, eq=False)
class Together:
    """The sessions of one reading of a programme that start together, in order, without their places."""

    sessions: tuple[LiveSession, ...]

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The sessions by id."""
        return tuple(one.id for one in self.sessions)

    @cached_property
    def spans(self) -> tuple[LiveSession, ...]:
        """One of them for each time at which some end."""
        return tuple({one.ends_at: one for one in self.sessions}.values())


@dataclass(frozen=True, eq=False)
class Timetable:
    """The live sessions of one reading of a programme in order, by the moment at which they start."""

    by_start: Mapping[datetime, Together]

    @classmethod
    def of(cls, programme: Programme, event_id: int) -> "Timetable":
        """Return that of the programme: kept as long as it is in memory."""
        return _timetables.get(programme.token, lambda: cls._read(programme, event_id))

    @classmethod
    def _read(cls, programme: Programme, event_id: int) -> "Timetable":
        live = [LiveSession.of_card(card, event_id) for card in programme.cards if card.starts_at]
        starting = groupby(live, lambda one: one.starts_at)
        return cls({starts_at: Together(tuple(sessions)) for starts_at, sessions in starting})

    @cached_property
    def sessions(self) -> Mapping[int, LiveSession]:
        """All of them by id."""
        return {one.id: one for together in self.by_start.values() for one in together.sessions}

    @cached_property
    def by_id(self) -> Mapping[int, Together]:
        """With which others each starts."""
        return {pk: together for together in self.by_start.values() for pk in together.ids}

    @cached_property
    def _moments(self) -> list[datetime]:
        own = [
            moment
            for one in self.sessions.values()
            for moment in (
                *(one.starts_at, one.ends_at, one.booking_opens_at, one.booking_closes_at),
                *turns(one.starts_at),
            )
        ]
        return sorted({moment for moment in own if moment})

    def last_turn(self, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> datetime:
        """Return the last moment up to ``at`` at which something about any session changed by the clock.

        ``opens_at`` and ``closes_at`` are those of all sessions that have none of their own.
        """
        begun = bisect_right(self._moments, at)
        moments = (self._moments[begun - 1] if begun else None, opens_at, closes_at)
        return max([moment for moment in moments if moment and moment <= at], default=BEFORE_ALL)


#: As many as there are programmes in the memory of a process (``events.programme.reading``).
_timetables: Recent[Timetable] = Recent(8)


@dataclass(frozen=True, eq=False)
class Decided:
    """What they are to whoever has the same facts, by id, but for what could be had in place of a line.

    Whoever has the same facts is given the very same one, so that more can be kept of it.
    """

    states: Mapping[int, State]

    @cached_property
    def shown(self) -> Mapping[int, State]:
        """Those that are shown: what was cancelled is, to whom it was something."""
        return {pk: state for pk, state in self.states.items() if state.session.is_published or state.tone}

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """Those in whose line they wait: what else they could have is for each reader to find."""
        return tuple(pk for pk, state in self.shown.items() if state.tone == WAITING)


def decide(
    together: Together, places: Mapping[int, PlacesSeen], deciding: Deciding, turn: datetime
) -> Decided:
    """Return what they are to who looks; ``turn`` is when the clock last changed something of it all."""
    own = deciding.own
    meanwhile = tuple([own.meanwhile(one) for one in together.spans])
    theirs = tuple([(one.id, own.of_session(one)) for one in together.sessions if one.id in own.theirs])
    seen = tuple([places.get(pk) for pk in together.ids])
    looks = (deciding.event, deciding.language, deciding.is_received)
    key = (together, turn, seen, looks, meanwhile, theirs)
    return _decided.get(key, lambda: _decide(together, places, deciding))


#: So many are kept in a process: those of five sessions take fifteen kilobytes, and share their states.
_decided: Recent[Decided] = Recent(1024)


def _decide(together: Together, places: Mapping[int, PlacesSeen], deciding: Deciding) -> Decided:
    now = (one._replace(places=places.get(one.id)) for one in together.sessions)
    return Decided({one.id: state_of(deciding.facts(one)) for one in now})
