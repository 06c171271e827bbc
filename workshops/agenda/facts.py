"""All that what a session is to a reader is decided by, as values: who has the same facts sees the same.

The session as it is read with its places, the event, what the reader has of it and at its time, the clock.
The clock is told as the last moment at which something about the session changed: the same holds until the
next one. Nothing else comes into the decision (``workshops.agenda.session_state``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, NamedTuple, Self

from common import languages
from events.models import Event, Registration, Session
from events.places_seen import PlacesSeen
from events.programme.contents import SessionCard
from workshops.models import Booking, Workshop
from workshops.places.deadlines import turns

Status = Booking.Status
#: What of the places is read for a page, in the order of the model.
PLACES = (*PlacesSeen._fields, "session_id")
#: Before anything: no moment of a session has come.
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class LiveSession(NamedTuple):
    """A session with a time, as it is read: fields in the model's order.

    ``places`` are ``None`` where nobody books it.
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
    places: PlacesSeen | None

    @classmethod
    def read(cls, row: Sequence[Any]) -> Self:
        """Return what a row of ``columns`` says."""
        *places, booked = row[len(SESSION) :]
        return cls._make((*row[: len(SESSION)], None if booked is None else PlacesSeen(*places)))

    @classmethod
    def of_card(cls, card: SessionCard, event_id: int) -> Self:
        """Return what the card of the programme says; its places are read anew each time."""
        assert card.starts_at is not None and card.ends_at is not None, "a live session"  # noqa: S101, PT018  # narrows
        status = Session.Status.PUBLISHED if card.is_published else Session.Status.CANCELLED
        return cls(
            card.id,
            event_id,
            card.title,
            card.slug,
            card.format,
            card.starts_at,
            card.ends_at,
            card.room,
            card.booking_opens_at,
            card.booking_closes_at,
            status.value,
            None,
        )

    @property
    def is_published(self) -> bool:
        """Whether it takes place."""
        return self.status == Session.Status.PUBLISHED

    def record(self, event: Event) -> Session:
        """Return its record, with its event and places."""
        record = Session.from_db(None, SESSION, self[:-1])
        record.event = event
        places = None if self.places is None else Workshop.from_db(None, PLACES, (*self.places, self.id))
        Session._meta.get_field("workshop").set_cached_value(record, places)
        return record


SESSION = LiveSession._fields[:-1]


def columns(before: str = "") -> tuple[str, ...]:
    """Name what is read of a session and of its places; ``before`` leads to it: ``session__``."""
    return tuple(before + name for name in (*SESSION, *(f"workshop__{place}" for place in PLACES)))


class EventFacts(NamedTuple):
    """What of the event is looked at: fields in the model's order."""

    id: int
    slug: str
    time_zone: str
    booking_opens_at: datetime | None
    booking_closes_at: datetime | None
    status: str

    @classmethod
    def of(cls, event: Event) -> Self:
        """Take them from the event."""
        return cls(*(getattr(event, name) for name in cls._fields))

    def record(self) -> Event:
        """Return a record that has these fields alone."""
        return Event.from_db(None, self._fields, self)

    def last_turn(self, session: LiveSession, at: datetime) -> datetime:
        """Return the last moment up to ``at`` at which something about the session changed by the clock.

        These are its start and end, when its booking opens and closes, and when what comes free is given no
        more. At no moment after that one, up to
        ``at``, does ``Session`` answer differently.
        """
        moments = (
            session.starts_at,
            session.ends_at,
            *turns(session.starts_at),
            session.booking_opens_at or self.booking_opens_at,
            session.booking_closes_at or self.booking_closes_at,
        )
        return max([moment for moment in moments if moment and moment <= at], default=BEFORE_ALL)


class OwnBooking(NamedTuple):
    """Their booking of a session; an offer whose deadline has come is passed already."""

    status: str
    expires_at: datetime | None = None
    is_given_up: bool = False
    #: How many wait before them.
    ahead: int = 0
    #: Their position when they joined the line, and the day; ``None`` where that is not known.
    joined_as: int | None = None
    joined_on: date | None = None


class Commitment(NamedTuple):
    """Something that keeps them busy: a session that they have booked, or host."""

    session_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    is_hosted: bool = False
    #: Booked in another event: a swap gives up places of one registration only.
    is_elsewhere: bool = False
    #: Until when it is to be decided between this and what is booked; ``None`` where it is certain.
    until: datetime | None = None


class Choice(NamedTuple):
    """What they have chosen."""

    session_id: int
    title: str
    starts_at: datetime
    ends_at: datetime


class Theirs(NamedTuple):
    """What a reader has of one session and at its time."""

    is_hosted: bool
    booking: OwnBooking | None
    clashes: tuple[Commitment, ...]
    chosen_before: tuple[Choice, ...]


@dataclass(frozen=True)
class OwnBookings:
    """What one reader has: bookings by session, choices in the order made, and what keeps them busy.

    ``sessions`` are those of the event among them, in order.
    """

    registration: Registration
    bookings: Mapping[int, OwnBooking] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    busy: tuple[Commitment, ...] = ()
    sessions: tuple[LiveSession, ...] = ()
    _meanwhile: dict[tuple[datetime, datetime], tuple[Commitment, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def theirs(self) -> frozenset[int]:
        """The sessions that are theirs in any way, by id: booked, awaited, chosen, given up, hosted."""
        return self.hosted.union(self.bookings)

    @cached_property
    def hosted(self) -> frozenset[int]:
        """The sessions that they host, by id."""
        return frozenset(one.session_id for one in self.busy if one.is_hosted)

    def clashes(self, session: LiveSession) -> tuple[Commitment, ...]:
        """Return what else of theirs is at the time of ``session``; touching ends do not overlap."""
        meanwhile = self.meanwhile(session)
        return meanwhile and tuple(one for one in meanwhile if one.session_id != session.id)

    def meanwhile(self, session: LiveSession) -> tuple[Commitment, ...]:
        """Return what keeps them busy at the time of ``session``; looked for once for all of that time."""
        starts_at, ends_at = span = session.starts_at, session.ends_at
        if span not in self._meanwhile:
            self._meanwhile[span] = tuple(
                one for one in self.busy if one.starts_at < ends_at and starts_at < one.ends_at
            )
        return self._meanwhile[span]

    def of_session(self, session: LiveSession) -> Theirs:
        """Return all of theirs that decides what ``session`` is to them."""
        booking = self.bookings.get(session.id)
        is_chosen = booking is not None and booking.status == Status.CHOSEN
        return Theirs(
            session.id in self.hosted,
            booking,
            self.clashes(session),
            self.chosen_before(session) if is_chosen else (),
        )

    def chosen_before(self, session: LiveSession) -> tuple[Choice, ...]:
        """Return their earlier choices at the time of one that they chose: those will be booked, it not."""
        order = [choice.session_id for choice in self.choices]
        earlier = self.choices[: order.index(session.id)]
        return tuple(
            one for one in earlier if one.starts_at < session.ends_at and session.starts_at < one.ends_at
        )


class Facts(NamedTuple):
    """What one session is decided by for one reader; ``is_received``: they wait for approval."""

    session: LiveSession
    event: EventFacts
    at: datetime
    language: str
    is_received: bool
    theirs: Theirs


@dataclass(frozen=True)
class Deciding:
    """Who looks, and when: what the facts of all sessions of a page have in common."""

    own: OwnBookings
    at: datetime
    event: EventFacts
    language: str
    is_received: bool

    @classmethod
    def of(cls, own: OwnBookings, at: datetime) -> Self:
        """Look with what they have, at this moment."""
        registration = own.registration
        is_received = registration.status == Registration.Status.RECEIVED
        return cls(own, at, EventFacts.of(registration.event), languages.current(), is_received)

    def facts(self, session: LiveSession) -> Facts:
        """Return what ``session`` is decided by."""
        return Facts(
            session,
            self.event,
            self.event.last_turn(session, self.at),
            self.language,
            self.is_received,
            self.own.of_session(session),
        )
