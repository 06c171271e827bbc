"""What each live session of an event is to one registered reader, decided when it is looked at.

Three queries however many there are: the sessions with their places as they are now, their bookings with
their positions in line, and what they host. Of a session that nobody asks for not even the record is made.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from common.statements import Statement
from events.models import Event, Registration, Session
from workshops.agenda.session_state import state_of
from workshops.agenda.states import WAITING, OwnBookings, State, overlap
from workshops.models import Booking, Workshop
from workshops.places.eligibility import BOOKED, HOSTING, Clash, hosted_with_event

Status = Booking.Status
#: What of the places is read for a page, in the order of the model.
PLACES = ("capacity", "places_open", "taken", "held", "line", "session_id")


class LiveSession(NamedTuple):
    """A session with a time, as it is read: fields in the model's order.

    ``places`` are the values of ``PLACES``, ``None`` where nobody books it.
    """

    id: int
    event_id: int
    title: str
    slug: str
    format: str
    starts_at: datetime
    ends_at: datetime
    room: str
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None
    status: str
    places: tuple[int | None, ...] | None


SESSION = LiveSession._fields[:-1]


class States(Mapping[int, State]):
    """The states of live sessions of one event by session id, in order; a draft's, or a stranger's, is none.

    ``own`` is what the reader has, whose event is loaded.
    """

    def __init__(self, own: OwnBookings, sessions: Iterable[LiveSession], *, at: datetime) -> None:
        self.sessions = {one.id: one for one in sessions}
        self._own, self._at = own, at
        self._decided: dict[int, State] = {}

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
        theirs = self._own.session_ids
        return [self[pk] for pk in self if pk in theirs]

    def _is_shown(self, session: LiveSession) -> bool:
        return session.status == Session.Status.PUBLISHED or bool(self._state(session.id).tone)

    def _state(self, pk: int) -> State:
        if pk not in self._decided:
            session = _record(self.sessions[pk], self._own.registration.event)
            self._decided[pk] = state_of(session, self._own, at=self._at)
        return self._decided[pk]

    def _alternatives(self, waiting: State) -> tuple[Session, ...]:
        """Return the sessions at the time of a line in which they wait that they could book at once."""
        meanwhile = (self._state(one.id) for one in self.sessions.values() if overlap(one, waiting.session))
        return tuple(
            one.session for one in meanwhile if any(button.wanted == "place" for button in one.buttons)
        )


def all_states(registration: Registration, *, at: datetime, around: Session | None = None) -> States:
    """Return what each live session of the event is to them. Three queries.

    ``registration`` is confirmed or received, its event and member are loaded. With ``around`` only that
    session and those at its time are looked at.
    """
    event = registration.event_id
    rows = (
        _ALL.all(event=event)
        if around is None
        else _MEANWHILE.all(event=event, pk=around.pk, starts_at=around.starts_at, ends_at=around.ends_at)
    )
    return States(own_bookings(registration), _read(rows), at=at)


def own_states(registration: Registration, *, at: datetime) -> dict[int, State]:
    """Return what is theirs of ``all_states``: booked, waited for, offered, chosen or hosted. Three queries.

    However many sessions the event has, only theirs are read; no alternatives to a line are named.
    """
    own = own_bookings(registration)
    rows = _sessions(registration.event_id).filter(pk__in=own.session_ids)
    states = States(own, _read(rows), at=at)
    theirs = ((pk, replace(state, alternatives=())) for pk, state in states.items())
    return {pk: state for pk, state in theirs if state.is_mine or state.is_chosen}


def own_bookings(registration: Registration) -> OwnBookings:
    """Load their bookings of this event, what they booked in any other at its time, and what they host."""
    bookings: dict[int, Booking] = {}
    ahead: dict[int, int] = {}
    busy = []
    whose = {"registration": registration.pk, "member": registration.member_id}
    for booking in _BOOKINGS.all(**whose, during=_span(registration.event)):
        if booking.status == Status.BOOKED:
            busy.append(Clash(booking.session, BOOKED, booking))
        if booking.registration_id == registration.pk:
            bookings[booking.session_id] = booking
            ahead[booking.session_id] = getattr(booking, "ahead", None) or 0
    busy += [Clash(session, HOSTING) for session in hosted_with_event(registration.member)]
    return OwnBookings(registration, bookings, ahead, tuple(busy))


def _bookings(registration: int, member: int, during: DateTimeTZRange) -> "QuerySet[Booking]":
    """Return live bookings, and what was given up or cancelled with its session; the latest last."""
    told = Q(status=Status.CANCELLED, ended__in=(Booking.Ended.BY_MEMBER, Booking.Ended.SESSION))
    here = Q(registration=registration) & (~Q(status=Status.CANCELLED) | told)
    elsewhere = Q(member=member, status=Status.BOOKED, during__overlap=during)
    bookings = Booking.objects.filter(here | elsewhere).select_related("session__event")
    return bookings.with_ahead().order_by("created_at", "pk")


def _sessions(event: int) -> "QuerySet[Session, tuple[Any, ...]]":
    sessions = Session.objects.filter(event=event).public().live().in_order()
    return sessions.values_list(*SESSION, *(f"workshop__{name}" for name in PLACES))


_BOOKINGS = Statement(_bookings)
_ALL = Statement(_sessions)
_MEANWHILE = Statement(
    lambda event, pk, starts_at, ends_at: _sessions(event).filter(
        Q(pk=pk) | Q(starts_at__lt=ends_at, ends_at__gt=starts_at)
    )
)


def _span(event: Event) -> DateTimeTZRange:
    """Return the days of the event with a day on either side, for any zone."""
    first, last = (datetime.combine(day, time(), event.zone) for day in (event.first_day, event.last_day))
    return DateTimeTZRange(first - timedelta(days=1), last + timedelta(days=2))


def _read(rows: Iterable[tuple[Any, ...]]) -> Iterator[LiveSession]:
    for row in rows:
        places = row[len(SESSION) :]
        yield LiveSession._make((*row[: len(SESSION)], None if places[-1] is None else places))


def _record(session: LiveSession, event: Event) -> Session:
    """Return the record of a session, with its event and places."""
    record = Session.from_db(None, SESSION, session[:-1])
    record.event = event
    places = None if session.places is None else Workshop.from_db(None, PLACES, session.places)
    Session._meta.get_field("workshop").set_cached_value(record, places)
    return record
