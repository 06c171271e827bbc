"""Now and next, read for one registered member: what is on, what comes, what is open to all, their day.

What is theirs, and in which words the event's phase is told, is that of the agenda (``workshops.agenda``);
how to join is read anew each time: a link that was changed a minute ago is the one that is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import FilteredRelation, Q

from events.joining_details import JOINS_BEFORE, Right
from events.models import Event, Registration, Session
from events.phases import RUNS_LATE, Phase, phase_of, today_of
from events.programme import reading as programme
from events.programme.contents import SessionCard
from events.programme.states import Seen
from live import notices
from live.models import Attendance
from workshops.agenda.own_bookings import own_bookings
from workshops.agenda.state_lookup import AllStates, all_states
from workshops.agenda.states import CONTESTED, OFFERED, YOURS, State
from workshops.agenda.their_day import TheirDay, open_to_all, their_day, theirs_of
from workshops.places.deadlines import HALF_HOUR, turns

#: How far ahead what is open to all is named, beside what is on.
SOON: Final = timedelta(hours=2)


@dataclass(frozen=True)
class Showing:
    """One session of the day as it is shown to somebody at the moment ``at``."""

    session: Session
    at: datetime
    right: Right
    attendance: Attendance | None = None

    @property
    def starts_at(self) -> datetime:
        """When it starts."""
        assert self.session.starts_at is not None, "a live session"  # noqa: S101  # narrows the type
        return self.session.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it is to end."""
        assert self.session.ends_at is not None, "a live session"  # noqa: S101  # narrows the type
        return self.session.ends_at

    @property
    def opens_at(self) -> datetime:
        """From when it is joined."""
        return self.starts_at - JOINS_BEFORE

    @property
    def is_hosted(self) -> bool:
        """Whether they host it, or speak in it."""
        return self.right is Right.HOST

    @property
    def has_begun(self) -> bool:
        """Whether its first minute has come."""
        return self.starts_at <= self.at

    @property
    def runs_late(self) -> bool:
        """Whether it was to be over by now."""
        return self.ends_at <= self.at

    @property
    def is_over(self) -> bool:
        """Whether nobody joins it any more."""
        return self.ends_at + RUNS_LATE <= self.at

    @property
    def is_open(self) -> bool:
        """Whether they join it now: those who host at any time until it is over."""
        opens_at = self.right.opens_at(self.starts_at)
        return not self.is_over and (opens_at is None or opens_at <= self.at)

    @property
    def shows_join(self) -> bool:
        """Whether *Join* stands there."""
        return self.is_open and bool(self.session.join_url)

    @property
    def came(self) -> bool:
        """Whether it is noted that they were there, as far as is known."""
        return self.attendance is not None and self.attendance.came is not False

    @property
    def asks_whether_there(self) -> bool:
        """Whether *I was there* stands there: it has begun, is noted, and nothing is known of them."""
        return self.has_begun and self.session.notes_attendance and self.attendance is None

    @property
    def moments(self) -> tuple[datetime, ...]:
        """When something of it changes by the clock."""
        return self.opens_at, self.starts_at, self.ends_at, self.ends_at + RUNS_LATE


@dataclass(frozen=True)
class NowAndNext:
    """What the page shows: ``now`` and ``following`` are theirs, ``open_now`` and ``open_next`` everybody's.

    ``free`` are states of sessions about to start of which a place is free to take, ``held`` those in which
    one is held for them. ``today`` is all of theirs today, for paper. ``changes_at`` is the next moment at
    which the page is another by the clock alone.
    """

    phase: Phase
    day: TheirDay | None = None
    now: tuple[Showing, ...] = ()
    following: tuple[Showing, ...] = ()
    open_now: tuple[Showing, ...] = ()
    open_next: tuple[Showing, ...] = ()
    today: tuple[Showing, ...] = ()
    free: tuple[State, ...] = ()
    held: tuple[State, ...] = ()
    changes_at: datetime | None = None

    @property
    def ids(self) -> frozenset[int]:
        """The sessions on the page, by id."""
        return frozenset(one.session.pk for one in (*self.today, *self.open_now, *self.open_next))

    @property
    def first(self) -> Showing | None:
        """The one session whose *Join* is the big one: what is on, then what comes."""
        shown = (*self.now, *self.following, *self.open_now)
        return next((one for one in shown if one.shows_join and not one.runs_late), None)


def now_and_next(registration: Registration, *, at: datetime) -> NowAndNext:
    """Read it for a confirmed registration whose event and member are loaded. Four queries at most."""
    event = registration.event
    seen = programme.seen_now(event)
    phase = phase_of(event, at=at, common=seen.programme)
    own = own_bookings(registration, at=at)
    states = all_states(registration, at=at, seen=seen, own=own)
    own_states = states.own()
    day = their_day(event, own_states, seen, at=at, reader_zone=registration.member.time_zone)
    if phase is not Phase.ON_NOW:
        return NowAndNext(phase, day)
    own_ids = {one.session.pk for one in own_states if one.tone in (YOURS, CONTESTED)}
    mine = _today(event, theirs_of(own_ids, seen), at)
    others = [one for one in _today(event, open_to_all(seen), at) if one not in mine]
    shown = _shown(registration, [*mine, *others], own.hosted, at)
    today = [shown[one.id] for one in mine if one.id in shown]
    open_ = [shown[one.id] for one in others if one.id in shown]
    ahead = [one for one in today if one.opens_at > at]
    open_ahead = [one for one in open_ if at < one.opens_at <= at + SOON]
    return NowAndNext(
        phase,
        day,
        now=tuple(one for one in today if one.opens_at <= at and not one.is_over),
        following=tuple(one for one in ahead if one.starts_at == ahead[0].starts_at),
        open_now=tuple(one for one in open_ if one.opens_at <= at and not one.is_over),
        open_next=tuple(one for one in open_ahead if one.starts_at == open_ahead[0].starts_at),
        today=tuple(today),
        free=tuple(_free(states, seen, at)),
        held=tuple(one for one in own_states if one.tone == OFFERED),
        changes_at=_next_change(event, [*today, *open_], seen, at),
    )


def attended(registration: Registration, event: Event) -> list[Attendance]:
    """Return in which sessions it is noted that they were, in order. One query."""
    rows = Attendance.objects.came().filter(registration=registration, session__event=event)
    return list(rows.select_related("session").order_by("session__starts_at", "session__title"))


def _today(event: Event, cards: Iterable[SessionCard], at: datetime) -> list[SessionCard]:
    """Return those of the day that is on; one that began yesterday and is not over is of today."""
    today = today_of(event, at)
    return [
        one
        for one in cards
        if one.starts_at
        and one.ends_at
        and (today_of(event, one.starts_at) == today or one.starts_at <= at < one.ends_at + RUNS_LATE)
    ]


def _shown(
    registration: Registration, cards: Sequence[SessionCard], hosted: frozenset[int], at: datetime
) -> dict[int, Showing]:
    """Read how the sessions are joined, and what is noted of this person in them. One query."""
    noted = FilteredRelation("attendances", condition=Q(attendances__registration=registration))
    rows: Any = Session.objects.published().filter(pk__in=[one.id for one in cards]).annotate(own=noted)
    shown = {}
    for session in rows.select_related("own"):
        session.event = registration.event
        right = Right.HOST if session.pk in hosted else Right.PLACE
        shown[session.pk] = Showing(session, at, right, getattr(session, "own", None))
    return shown


def _free(states: AllStates, seen: Seen, at: datetime) -> Iterable[State]:
    """Yield the sessions about to start of which a place can be taken now by who waits for one."""
    soon = [one for one in seen.programme.cards if one.starts_at and at < one.starts_at <= at + HALF_HOUR]
    for card in soon:
        state = states.get(card.id)
        if state is not None and any(button.act == "take" for button in state.buttons):
            yield state


def _next_change(event: Event, shown: Iterable[Showing], seen: Seen, at: datetime) -> datetime | None:
    moments = [moment for one in shown for moment in one.moments]
    moments += [one.ends_at for one in notices.current(event, at=at)]
    starts = {one.starts_at for one in seen.programme.cards if one.starts_at and one.is_published}
    places = [moment for start in starts for moment in turns(start)]
    return min((one for one in (*moments, *places) if one > at), default=None)
