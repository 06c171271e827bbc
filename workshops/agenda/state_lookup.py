"""What each live session of an event is to one registered reader, decided when it is looked at.

Three queries however many there are: the sessions with their places as they are now, their bookings with
their positions in line, and what they host. What is theirs needs the last two alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from common.statements import Statement
from events.models import Registration, Session
from workshops.agenda.facts import Deciding, LiveSession, OwnBookings, columns
from workshops.agenda.own_bookings import own_bookings
from workshops.agenda.session_state import state_of
from workshops.agenda.states import WAITING, State, overlap


class States(Mapping[int, State]):
    """The states of live sessions of one event by session id, in order; a draft's, or a stranger's, is none.

    ``own`` is what the reader has, whose event is loaded.
    """

    def __init__(self, own: OwnBookings, sessions: Iterable[LiveSession], *, at: datetime) -> None:
        self.sessions = {one.id: one for one in sessions}
        self._own = own
        self._deciding = Deciding.of(own, at)

    def __getitem__(self, pk: int) -> State:
        if not self._is_shown(self.sessions[pk]):
            raise KeyError(pk)
        state = self._state(pk)
        return replace(state, alternatives=self._alternatives(state)) if state.tone == WAITING else state

    def __iter__(self) -> Iterator[int]:
        return (pk for pk, session in self.sessions.items() if self._is_shown(session))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def own(self) -> list[State]:
        """Return the states of what they have, had or host, in order."""
        theirs = self._own.hosted.union(self._own.bookings)
        return [self[pk] for pk in self.sessions if pk in theirs]

    def _is_shown(self, session: LiveSession) -> bool:
        return session.is_published or bool(self._state(session.id).tone)

    def _state(self, pk: int) -> State:
        return state_of(self._deciding.facts(self.sessions[pk]))

    def _alternatives(self, waiting: State) -> tuple[Session, ...]:
        """Return the sessions at the time of a line in which they wait that they could book at once."""
        meanwhile = (self._state(one.id) for one in self.sessions.values() if overlap(one, waiting.session))
        return tuple(
            one.session for one in meanwhile if any(button.wanted == "place" for button in one.buttons)
        )


def all_states(
    registration: Registration, *, at: datetime, around: Session | None = None, own: OwnBookings | None = None
) -> States:
    """Return what each live session of the event is to them. Three queries; one with ``own`` read before.

    ``registration`` is confirmed or received, its event and member are loaded. With ``around`` only that
    session and those at its time are looked at.
    """
    event = registration.event_id
    rows = (
        _ALL.all(event=event)
        if around is None
        else _MEANWHILE.all(event=event, pk=around.pk, starts_at=around.starts_at, ends_at=around.ends_at)
    )
    return States(own or own_bookings(registration, at=at), map(LiveSession.read, rows), at=at)


def own_states(registration: Registration, *, at: datetime) -> dict[int, State]:
    """Return what is theirs of ``all_states``: booked, waited for, offered, chosen or hosted. Two queries.

    However many sessions the event has, only theirs are read; no alternatives to a line are named.
    """
    own = own_bookings(registration, at=at)
    deciding = Deciding.of(own, at)
    states = {session.id: state_of(deciding.facts(session)) for session in own.sessions}
    return {pk: state for pk, state in states.items() if state.is_mine or state.is_chosen}


def _sessions(event: int) -> "QuerySet[Session, tuple[Any, ...]]":
    return Session.objects.filter(event=event).public().live().in_order().values_list(*columns())


_ALL = Statement(_sessions)
_MEANWHILE = Statement(
    lambda event, pk, starts_at, ends_at: _sessions(event).filter(
        Q(pk=pk) | Q(starts_at__lt=ends_at, ends_at__gt=starts_at)
    )
)
