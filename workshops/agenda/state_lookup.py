"""What each live session of an event is to one registered reader, decided when it is looked at.

Two queries however many there are: the places as they are now; and their bookings, with their positions in
line, beside what they host; the sessions are those of the programme, which is in memory. What is theirs needs
the second alone, and one session those at its time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from common.statements import Statement
from events.models import Registration, Session
from events.places_seen import PlacesSeen
from events.programme import reading
from events.programme.states import Seen
from workshops.agenda.facts import Deciding, LiveSession, OwnBookings, columns
from workshops.agenda.own_bookings import own_bookings
from workshops.agenda.session_state import state_of
from workshops.agenda.states import WAITING, State, overlap
from workshops.agenda.together import Decided, Timetable, Together, decide


class States(Mapping[int, State]):
    """The states of live sessions of one event by session id, in order; a draft's, or a stranger's, is none.

    ``own`` is what the reader has, whose event is loaded; ``places`` are those of the ``sessions``.
    """

    def __init__(
        self,
        own: OwnBookings,
        sessions: Mapping[int, LiveSession],
        places: Mapping[int, PlacesSeen],
        *,
        at: datetime,
    ) -> None:
        self._sessions, self._places = sessions, places
        self._own = own
        self._deciding = Deciding.of(own, at)

    def __getitem__(self, pk: int) -> State:
        if not self._is_shown(self._sessions[pk]):
            raise KeyError(pk)
        state = self._state(pk)
        return replace(state, alternatives=self._alternatives(state)) if state.tone == WAITING else state

    def __iter__(self) -> Iterator[int]:
        return (pk for pk, session in self._sessions.items() if self._is_shown(session))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def own(self) -> list[State]:
        """Return the states of what they have, had or host, in order."""
        return [self[pk] for pk in self._sessions if pk in self._own.theirs]

    def _is_shown(self, session: LiveSession) -> bool:
        return session.is_published or bool(self._state(session.id).tone)

    def _state(self, pk: int) -> State:
        session = self._sessions[pk]._replace(places=self._places.get(pk))
        return state_of(self._deciding.facts(session))

    def _alternatives(self, waiting: State) -> tuple[Session, ...]:
        """Return the sessions at the time of a line in which they wait that they could book at once."""
        meanwhile = (self._state(one.id) for one in self._sessions.values() if overlap(one, waiting.session))
        return tuple(
            one.session for one in meanwhile if any(button.wanted == "place" for button in one.buttons)
        )


class AllStates(States):
    """Those of a whole programme: of the sessions that start together all are decided, or found, at once."""

    def __init__(
        self, own: OwnBookings, timetable: Timetable, places: Mapping[int, PlacesSeen], *, at: datetime
    ) -> None:
        super().__init__(own, timetable.sessions, places, at=at)
        event = self._deciding.event
        self._timetable = timetable
        self._turn = timetable.last_turn(event.booking_opens_at, event.booking_closes_at, at)
        self._decided: dict[Together, Decided] = {}

    def starting(self, at: datetime) -> Decided:
        """Return what the sessions are that start at that moment, but for what is instead of a line."""
        return self._together(self._timetable.by_start[at])

    def at_once(self) -> dict[int, State]:
        """Return all of them, for who looks at all."""
        decided = [self._together(one) for one in self._timetable.by_start.values()]
        states = {pk: state for one in decided for pk, state in one.shown.items()}
        return states | {pk: self[pk] for one in decided for pk in one.lines}

    def _state(self, pk: int) -> State:
        decided = self._decided.get(self._timetable.by_id[pk])
        return super()._state(pk) if decided is None else decided.states[pk]

    def _together(self, together: Together) -> Decided:
        if together not in self._decided:
            self._decided[together] = decide(together, self._places, self._deciding, self._turn)
        return self._decided[together]


def all_states(
    registration: Registration, *, at: datetime, seen: Seen | None = None, own: OwnBookings | None = None
) -> AllStates:
    """Return what each live session of the event is to them: two queries, less what was read before.

    ``registration`` is confirmed or received, its event and member are loaded.
    """
    seen = seen or reading.seen_now(registration.event)
    timetable = Timetable.of(seen.programme, registration.event_id)
    return AllStates(own or own_bookings(registration, at=at), timetable, seen.places, at=at)


def states_around(session: Session, registration: Registration, *, at: datetime) -> States:
    """Return what ``session`` and those at its time are to them, read as they are now. Two queries."""
    when = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    rows = _MEANWHILE.all(event=registration.event_id, pk=session.pk, **when)
    sessions = {one.id: one for one in map(LiveSession.read, rows)}
    places = {pk: one.places for pk, one in sessions.items() if one.places}
    return States(own_bookings(registration, at=at), sessions, places, at=at)


def own_states(registration: Registration, *, at: datetime) -> dict[int, State]:
    """Return what is theirs of ``all_states``: booked, waited for, offered, chosen or hosted. One query.

    However many sessions the event has, only theirs are read; no alternatives to a line are named.
    """
    own = own_bookings(registration, at=at)
    deciding = Deciding.of(own, at)
    states = {session.id: state_of(deciding.facts(session)) for session in own.sessions}
    return {pk: state for pk, state in states.items() if state.is_mine or state.is_chosen}


_MEANWHILE = Statement(
    lambda event, pk, starts_at, ends_at: (
        Session.objects.filter(event=event)
        .public()
        .live()
        .in_order()
        .filter(Q(pk=pk) | Q(starts_at__lt=ends_at, ends_at__gt=starts_at))
        .values_list(*columns())
    )
)
