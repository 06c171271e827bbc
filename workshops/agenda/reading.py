"""Reading one member's agenda: every live session of the event by day and time, and what it is to them.

Two queries however long it is, where the programme's common part is cached: the places as they are now; and
their bookings, with their positions in line, beside what they host. The days are the same for all readers of
one zone and planned once. What a session is to them is decided when it is looked at, so that an answer about
one slot costs little more than that slot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial

from django.utils import timezone

from common import languages
from common.fingerprints import fingerprint
from common.recent import Recent
from common.statements import Statement
from common.times import format_clock
from common.words import counted
from events.models import Event, Registration, Session
from events.programme import reading as programme
from events.programme import time_slots
from events.programme.contents import Programme, SessionCard
from events.programme.states import Seen
from events.programme.time_slots import Heading, ProgrammeDay, Span
from workshops.agenda import overview
from workshops.agenda.facts import OwnBookings
from workshops.agenda.slots import AgendaSlot, PlannedSlot
from workshops.agenda.state_lookup import AllStates, all_states, states_around
from workshops.agenda.states import CONTESTED, OFFERED, WAITING, State, overlap
from workshops.agenda.their_day import TheirDay, their_day
from workshops.models import Booking


@dataclass(frozen=True)
class Summary:
    """What they have in figures; ``booking_opens_at`` is set while booking has not opened.

    ``waits``: for approval, so that choices are all that there can be.
    """

    booked: int
    waiting: tuple[State, ...]
    offered: tuple[State, ...]
    contested: tuple[State, ...]
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
    def contested_in_words(self) -> str:
        """How many are to be decided."""
        return counted(len(self.contested), "%(count)s to decide", "%(count)s to decide")

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
        lines = [state.key for state in (*self.waiting, *self.offered, *self.contested)]
        shown = (self.booked, lines, self.chosen, self.booking_opens_at, self.waits)
        return fingerprint(shown)


@dataclass(frozen=True)
class Agenda:
    """One member's agenda of one event; a slot is arranged when it is looked at."""

    event: Event
    planned: tuple[ProgrammeDay[PlannedSlot], ...]
    states: AllStates
    summary: Summary
    usual: tuple[str, ...]
    seen: Seen

    def day(self, *, at: datetime, reader_zone: str) -> TheirDay | None:
        """Return what of it matters at this moment; ``None`` before the day before the event."""
        return their_day(self.event, self.states.own(), self.seen, at=at, reader_zone=reader_zone)

    @cached_property
    def key(self) -> str:
        """Name what figures and the way to the first choice show: a page with another key is out of date."""
        return fingerprint(self.summary.key, self.first_choice and self.first_choice[1].id)

    @property
    def glance_key(self) -> str:
        """Name the slots that there are: days at a glance with another key are out of date as a whole."""
        return fingerprint([plan.id for plan in self._plans])

    @property
    def anchors(self) -> set[str]:
        """The ids of its cards."""
        return {one.anchor for plan in self._plans for one in plan.sessions}

    @cached_property
    def days(self) -> tuple[ProgrammeDay[AgendaSlot], ...]:
        """Its days, with all their slots."""
        return tuple(
            ProgrammeDay(day.id, day.title, tuple([self._slot(plan) for plan in day.slots]), day.date)
            for day in self.planned
        )

    @property
    def slots(self) -> list[AgendaSlot]:
        """All its slots in order."""
        return [slot for day in self.days for slot in day.slots]

    @cached_property
    def first_choice(self) -> tuple[ProgrammeDay[PlannedSlot], AgendaSlot] | None:
        """The first slot in which there is something to choose and nothing chosen, with its day."""
        slots = ((day, self._slot(plan)) for day in self.planned for plan in day.slots)
        return next(((day, slot) for day, slot in slots if slot.line.tone == overview.CHOICE), None)

    def slot_of(self, session: Session) -> AgendaSlot | None:
        """Return the slot in which ``session`` stands; ``None`` where it has gone from the agenda."""
        plans = (plan for plan in self._plans if any(one.id == session.pk for one in plan.sessions))
        return next(map(self._slot, plans), None)

    def touched_by(self, session: Session) -> list[AgendaSlot]:
        """Return the slots with a session at the time of ``session``: an act on it may change them."""
        return [self._slot(plan) for plan in self._plans if overlap(plan, session)]

    @property
    def _plans(self) -> Iterable[PlannedSlot]:
        return (plan for day in self.planned for plan in day.slots)

    def _slot(self, plan: PlannedSlot) -> AgendaSlot:
        """Return the slot: one for all to whom it is the same; their own where they wait in a line."""
        decided = self.states.starting(plan.starts_at)
        if decided.lines:
            return AgendaSlot(plan, self.states)
        return _slots.get((plan, decided), lambda: AgendaSlot(plan, decided.shown))


#: As many as are decided; each takes five kilobytes besides.
_slots: Recent[AgendaSlot] = Recent(1024)


def agenda_of(registration: Registration, *, at: datetime, own: OwnBookings | None = None) -> Agenda:
    """Read the whole agenda of a registration, confirmed or received, whose event and member are loaded.

    ``own`` is what they have, where that was read before.
    """
    event = registration.event
    seen = programme.seen_now(event)
    states = all_states(registration, at=at, seen=seen, own=own)
    summary = replace(summary_of(event, states.own(), at=at), waits=not registration.is_confirmed)
    unseen = frozenset(pk for pk in seen.programme.called_off if pk not in states)
    planned = _planned(seen.programme, event, registration.member.time_zone, unseen)
    return Agenda(event, planned, states, summary, seen.programme.usual, seen)


def lookup(registration: Registration, about: Seen | Session) -> Mapping[int, State]:
    """Tell the programme what its sessions are to the reader (``events.programme.states``)."""
    if not registration.is_confirmed:
        return {}
    if isinstance(about, Session):
        return states_around(about, registration, at=timezone.now())
    return all_states(registration, at=timezone.now(), seen=about).at_once()


def summary_of(event: Event, states: Iterable[State], *, at: datetime) -> Summary:
    """Count what they have."""
    shown = list(states)
    return Summary(
        booked=sum(state.is_booked for state in shown),
        waiting=tuple(state for state in shown if state.tone == WAITING),
        offered=tuple(state for state in shown if state.tone == OFFERED),
        contested=tuple(state for state in shown if state.tone == CONTESTED),
        chosen=sum(state.is_chosen for state in shown),
        booking_opens_at=None if event.booking_has_opened(at) else event.booking_opens_at,
    )


def may_join(session: Session, registration: Registration) -> bool | None:
    """Whether they have a place in it, ``None`` where nobody needs one; for ``events.joining_details``."""
    if getattr(session, "workshop", None) is None:
        return None
    return _PLACE.first(registration=registration.pk, session=session.pk) is not None


_PLACE = Statement(
    lambda registration, session: (
        Booking.objects.with_place()
        .filter(registration=registration, session=session)
        .values_list("pk", flat=True)[:1]
    )
)


#: Days are planned once for all readers of one zone: so many plans are kept in a process.
_plans: Recent[tuple[ProgrammeDay[PlannedSlot], ...]] = Recent(32)


def _planned(
    common: Programme, event: Event, zone: str, unseen: frozenset[int]
) -> tuple[ProgrammeDay[PlannedSlot], ...]:
    """Return the days with the sessions of all slots, but for those ``unseen`` by their reader."""
    key = (common.token, event.time_zone, zone, languages.current(), timezone.localdate(), unseen)
    shown = (card for card in common.cards if card.starts_at and card.id not in unseen)
    slot = partial(_slot, event.time_zone)
    return _plans.get(key, lambda: tuple(time_slots.days_of(shown, _times, slot, event, zone)))


def _times(card: SessionCard) -> Span:
    assert card.starts_at is not None, "only live sessions stand on the agenda"  # noqa: S101  # narrows the type
    return card.starts_at, card.ends_at


def _slot(zone: str, starts_at: datetime, heading: Heading, sessions: tuple[SessionCard, ...]) -> PlannedSlot:
    ends_at = max(one.ends_at for one in sessions if one.ends_at)
    ends = format_clock(ends_at, zone) if heading.length else ""
    begins = format_clock(starts_at, zone)
    return PlannedSlot(f"slot-{starts_at:%Y%m%d-%H%M}", *heading, begins, ends, starts_at, ends_at, sessions)
