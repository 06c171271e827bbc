"""Reading one member's agenda: every live session of the event by day and time, and what it is to them.

Five queries however long it is (three where the programme's common part is cached): that part, the
sessions with their places as they are now, their bookings with their positions in line, and what they
host. Whatever is theirs or overlaps nothing of theirs stands open; what overlaps a place that they have
folds away under it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet
from django.utils import timezone

from common.fingerprints import fingerprint
from common.statements import Statement
from common.words import counted
from events.models import Event, Registration, Session
from events.programme import reading, time_slots
from events.programme.time_slots import Heading, ProgrammeDay, Span
from workshops.agenda import overview
from workshops.agenda.session_state import state_of
from workshops.agenda.slots import AgendaCard, AgendaSlot
from workshops.agenda.states import OFFERED, WAITING, OwnBookings, State, overlap
from workshops.models import Booking
from workshops.places.eligibility import BOOKED, HOSTING, Clash, hosted_sessions

Status = Booking.Status
#: What of the places is read for a page.
FIELDS = ("capacity", "places_open", "taken", "held", "line")
SESSION_FIELDS = (
    "event_id", "title", "slug", "format", "status", "room",
    "starts_at", "ends_at", "booking_opens_at", "booking_closes_at",
)  # fmt: skip


@dataclass(frozen=True)
class Summary:
    """What they have in figures; ``booking_opens_at`` is set while booking has not opened.

    ``waits``: for approval, so that choices are all that there can be.
    """

    booked: int
    waiting: tuple[State, ...]
    offered: tuple[State, ...]
    chosen: int
    booking_opens_at: datetime | None
    waits: bool = False

    @property
    def booked_in_words(self) -> str:
        """How many are booked."""
        return counted(self.booked, "%(count)s booked", "%(count)s booked")

    @property
    def offered_in_words(self) -> str:
        """In how many a place is held for them."""
        return counted(len(self.offered), "%(count)s held for you", "%(count)s held for you")

    @property
    def waiting_in_words(self) -> str:
        """For how many they wait."""
        return counted(len(self.waiting), "%(count)s waiting", "%(count)s waiting")

    @property
    def chosen_in_words(self) -> str:
        """How many are chosen and not booked yet."""
        return counted(self.chosen, "%(count)s chosen", "%(count)s chosen")

    @property
    def key(self) -> str:
        """Name what the figures show: a page with another key is out of date."""
        lines = [state.key for state in (*self.waiting, *self.offered)]
        shown = (self.booked, lines, self.chosen, self.booking_opens_at, self.waits)
        return fingerprint(shown)


@dataclass(frozen=True)
class Agenda:
    """One member's agenda of one event."""

    event: Event
    days: tuple[ProgrammeDay[AgendaSlot], ...]
    summary: Summary
    usual: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name what figures and glance show: a page with another key is out of date."""
        lines = [(slot.id, slot.title, slot.note, slot.line) for slot in self.slots]
        return fingerprint(self.summary.key, lines)

    @property
    def anchors(self) -> set[str]:
        """The ids of its cards."""
        return {state.card_id for slot in self.slots for state in slot.states}

    @property
    def slots(self) -> list[AgendaSlot]:
        """All its slots in order."""
        return [slot for day in self.days for slot in day.slots]

    @property
    def first_choice(self) -> tuple[ProgrammeDay[AgendaSlot], AgendaSlot] | None:
        """The first slot in which there is something to choose and nothing chosen, with its day."""
        undecided = (
            (day, slot) for day in self.days for slot in day.slots if slot.line.tone == overview.CHOICE
        )
        return next(undecided, None)

    def slot_of(self, session: Session) -> AgendaSlot:
        """Return the slot in which ``session`` stands."""
        return next(slot for slot in self.slots for state in slot.states if state.session.pk == session.pk)

    def touched_by(self, session: Session) -> list[AgendaSlot]:
        """Return the slots with a session at the time of ``session``: an act on it may change them."""
        return [slot for slot in self.slots if any(overlap(one.session, session) for one in slot.states)]


def agenda_of(registration: Registration, *, at: datetime) -> Agenda:
    """Read the whole agenda of a registration, confirmed or received, whose event and member are loaded."""
    event = registration.event
    common = reading.load(event)
    about = {card.id: card for card in common.cards}
    states = all_states(registration, at=at)
    cards = [AgendaCard(state, about[pk].link, about[pk].html) for pk, state in states.items() if pk in about]
    zone = registration.member.time_zone
    summary = replace(summary_of(event, states.values(), at=at), waits=not registration.is_confirmed)
    days = time_slots.days_of(cards, _times, _slot, event, zone)
    return Agenda(event, tuple(days), summary, common.usual)


def all_states(
    registration: Registration, *, at: datetime, around: Session | None = None
) -> dict[int, State]:
    """Return what each live session of the event is to them, by session id, in order. Three queries.

    With ``around`` only that session and those at its time are looked at.
    """
    own = _own_bookings(registration)
    sessions = _with_event(_around(registration.event, around), registration.event)
    states = {session.pk: state_of(session, own, at=at) for session in sessions}
    return _with_instead({pk: state for pk, state in states.items() if _is_shown(state)})


def own_states(registration: Registration, *, at: datetime) -> dict[int, State]:
    """Return what is theirs of ``all_states``: booked, waited for, offered, chosen or hosted. Three queries.

    However many sessions the event has, only theirs are looked at; no alternatives to a line are named.
    """
    own = _own_bookings(registration)
    sessions = _live_sessions(registration.event).filter(pk__in=own.session_ids)
    states = {
        session.pk: state_of(session, own, at=at) for session in _with_event(sessions, registration.event)
    }
    return {pk: state for pk, state in states.items() if state.is_mine or state.is_chosen}


def lookup(registration: Registration, around: Session | None = None) -> Mapping[int, State]:
    """Tell the programme what its sessions are to the reader (``events.programme.states``)."""
    if not registration.is_confirmed:
        return {}
    return all_states(registration, at=timezone.now(), around=around)


def summary_of(event: Event, states: Iterable[State], *, at: datetime) -> Summary:
    """Count what they have."""
    shown = list(states)
    return Summary(
        booked=sum(state.is_booked for state in shown),
        waiting=tuple(state for state in shown if state.tone == WAITING),
        offered=tuple(state for state in shown if state.tone == OFFERED),
        chosen=sum(state.is_chosen for state in shown),
        booking_opens_at=None if event.booking_has_opened(at) else event.booking_opens_at,
    )


def may_join(session: Session, registration: Registration) -> bool | None:
    """Whether they have a place in it, ``None`` where nobody needs one; for ``events.joining_details``."""
    if getattr(session, "workshop", None) is None:
        return None
    return Booking.objects.booked().filter(registration=registration, session=session).exists()


def _live_sessions(event: Any) -> "QuerySet[Session]":
    sessions = Session.objects.filter(event=event).public().live().in_order().select_related("workshop")
    return sessions.only(*SESSION_FIELDS, *(f"workshop__{field}" for field in FIELDS))


_LIVE = Statement(_live_sessions)


def _around(event: Event, one: Session | None) -> Iterable[Session]:
    """Return the live sessions at the time of ``one``, or all."""
    if one is None:
        return _LIVE.all(event=event.pk)
    meanwhile = Q(starts_at__lt=one.ends_at, ends_at__gt=one.starts_at) if one.is_live else Q()
    return _live_sessions(event).filter(Q(pk=one.pk) | meanwhile)


def _with_event(sessions: Iterable[Session], event: Event) -> Iterator[Session]:
    for session in sessions:
        session.event = event
        yield session


def _own_bookings(registration: Registration) -> OwnBookings:
    """Load their bookings of this event, what they booked in any other at its time, and what they host."""
    bookings: dict[int, Booking] = {}
    ahead: dict[int, int] = {}
    busy = []
    whose = {"registration": registration.pk, "member": registration.member_id}
    for booking in _BOOKINGS.all(**whose, span=_span(registration.event)):
        if booking.status == Status.BOOKED:
            busy.append(Clash(booking.session, BOOKED, booking))
        if booking.registration_id == registration.pk:
            bookings[booking.session_id] = booking
            ahead[booking.session_id] = getattr(booking, "ahead", None) or 0
    hosted = {session.pk: session for session in hosted_sessions(registration.member).select_related("event")}
    busy += [Clash(session, HOSTING) for session in hosted.values()]
    return OwnBookings(registration, bookings, ahead, tuple(busy))


def _bookings(registration: Any, member: Any, span: Any) -> "QuerySet[Booking]":
    """Return live bookings, and what was given up or cancelled with its session; the latest last."""
    told = Q(status=Status.CANCELLED, ended__in=(Booking.Ended.BY_MEMBER, Booking.Ended.SESSION))
    here = Q(registration=registration) & (~Q(status=Status.CANCELLED) | told)
    elsewhere = Q(member=member, status=Status.BOOKED, during__overlap=span)
    bookings = Booking.objects.filter(here | elsewhere).select_related("session__event")
    return bookings.with_ahead().order_by("created_at", "pk")


_BOOKINGS = Statement(_bookings)


def _span(event: Event) -> DateTimeTZRange:
    """Return the days of the event with a day on either side, for any zone."""
    first, last = (datetime.combine(day, time(), event.zone) for day in (event.first_day, event.last_day))
    return DateTimeTZRange(first - timedelta(days=1), last + timedelta(days=2))


def _is_shown(state: State) -> bool:
    return state.session.is_published or bool(state.tone)


def _with_instead(states: dict[int, State]) -> dict[int, State]:
    """Beside each line in which they wait, name the sessions of that time that they could book at once."""
    free = [state for state in states.values() if any(button.wanted == "place" for button in state.buttons)]
    return {
        pk: replace(
            state, alternatives=tuple(one.session for one in free if overlap(one.session, state.session))
        )
        if state.tone == WAITING
        else state
        for pk, state in states.items()
    }


def _times(card: AgendaCard) -> Span:
    starts_at = card.session.starts_at
    assert starts_at is not None, "only live sessions stand on the agenda"  # noqa: S101  # narrows the type
    return starts_at, card.session.ends_at


def _slot(starts_at: datetime, heading: Heading, cards: tuple[AgendaCard, ...]) -> AgendaSlot:
    places: dict[str, list[AgendaCard]] = {"own": [], "choices": [], "others": []}
    for card in cards:
        places[_part(card.state)].append(card)
    own, choices, others = (tuple(places[part]) for part in ("own", "choices", "others"))
    return AgendaSlot(f"slot-{starts_at:%Y%m%d-%H%M}", *heading, own, choices, others)


def _part(state: State) -> str:
    """Return the part of its slot in which a session stands.

    A choice, or a line in which they wait, stays where it stood: nothing jumps when they press.
    """
    if state.is_mine:
        return "choices" if state.is_chosen or state.tone == WAITING else "own"
    if state.clashes:
        return "others"
    return "choices" if state.is_bookable else "own"
