"""Moving many sessions of an event at once, by one interval: a day later, a quarter of an hour earlier.

Whole days keep what the clocks show; hours and minutes are time that passes. The order of the sessions and
what lies between them stay. They move by the programme's own rule, all or none, so whoever is booked, waits
or hosts is told, each member in one letter. What has begun, is cancelled or is on demand stays where it is. A
move is looked at first, and made only if it is still what was looked at.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from audit.actors import By
from common import fingerprints
from common.times import format_clock, is_shown_once, short_moment
from common.transactions import after_commit, retried
from events import publishing
from events.models import Event, Session
from events.programme.cache_version import raise_version
from workshops import notices
from workshops.places import waiting_list
from workshops.programme import changes, clashes, double_use
from workshops.programme.clock_changes import NoSuchTime
from workshops.programme.double_use import DoubleUse

_TIMES: Final = ("starts_at", "ends_at")
_MOMENTS: Final = (
    "registration_opens_at",
    "registration_closes_at",
    "booking_opens_at",
    "booking_closes_at",
)


class WouldHaveBegun(changes.ProgrammeRefused):
    """It would begin before now: nobody could book, leave or move it any more."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            f"“{session.title}” would have begun already, so nobody could book or leave it any more, and it "
            "could not be moved back. Choose a later time."
        )


class ShiftChanged(Exception):
    """An expected no: the move would do something else than was looked at; ``plan`` is what."""

    def __init__(self, plan: "Plan") -> None:
        super().__init__("Something has changed since you looked. Nothing has been moved: look again.")
        self.plan = plan


@dataclass(frozen=True)
class Interval:
    """How far sessions move, below nothing for earlier: those of one ``day`` of the event, or all.

    ``with_event``: the event's own days and moments move by its ``days`` as well.
    """

    days: int = 0
    minutes: int = 0
    day: date | None = None
    with_event: bool = False


@dataclass(frozen=True)
class Move:
    """A session at its new time (not saved), when it was in words, and how many people it mails."""

    session: Session
    was: str
    people: int
    #: How many of them would have another session at the new time, and are asked which they keep.
    clashing: int

    @property
    def becomes(self) -> str:
        """Its new time in words."""
        return _span(self.session)


@dataclass(frozen=True)
class Plan:
    """What moving would do: the event as it will be (not saved), and each session that moves, in order."""

    event: Event
    moves: list[Move]
    #: How many emails go out: one for each member, and one for each session and host.
    emails: int
    #: Rooms and hosts that would be used twice at one time, and are not so already.
    twice: list[DoubleUse]

    @property
    def clashing(self) -> int:
        """How many times somebody would have to decide which of two sessions they keep."""
        return sum(one.clashing for one in self.moves)

    @property
    def outside(self) -> int:
        """How many sessions would be outside the days of the event."""
        days, zone = (self.event.first_day, self.event.last_day), self.event.zone
        starts = (one.session.starts_at for one in self.moves)
        return sum(not days[0] <= start.astimezone(zone).date() <= days[1] for start in starts if start)

    @property
    def fingerprint(self) -> str:
        """The same as long as moving would do the same to the same sessions."""
        times = [(one.session.pk, one.was, one.becomes, one.clashing) for one in self.moves]
        twice = [one.sentence for one in self.twice]
        return fingerprints.fingerprint(self.event.first_day, times, twice)


def look(event: Event, interval: Interval, *, at: datetime) -> Plan:
    """Say what moving the sessions by the interval would do; nothing is changed. Ten queries.

    Raises ``NoSuchTime`` and ``WouldHaveBegun``.
    """
    every = list(double_use.with_people(event.sessions.live().in_order().select_related("event")))
    before = {_pair(one) for one in double_use.among(every)}
    sessions = [one for one in every if _moves(one, event, interval, at)]
    was = {one.pk: _span(one) for one in sessions}
    for one in sessions:
        _put_later(one, event, interval)
        if one.has_started(at):
            raise WouldHaveBegun(one)
    told = [one.pk for one in sessions if one.is_published and event.is_published]
    people, clashing = notices.people_told_by_session(told), clashes.how_many_would_clash(sessions)
    return Plan(
        _moved_event(event, interval),
        [Move(one, was[one.pk], people[one.pk], clashing.get(one.pk, 0)) for one in sessions],
        emails=notices.letters_of_moves(told),
        twice=[one for one in double_use.among(every) if _pair(one) not in before],
    )


def shift(event: Event, interval: Interval, seen: str, *, by: By, at: datetime) -> Plan:
    """Move the sessions as ``seen``, the fingerprint of what was looked at; return what was done.

    Raises ``ShiftChanged``, what moving a session raises, and what saving an event raises.
    """
    plan, moved = _shift(event, interval, seen, by, at)
    for session_id in moved:
        after_commit(partial(waiting_list.serve, session_id, at=at))
    return plan


@retried
def _shift(event: Event, interval: Interval, seen: str, by: By, at: datetime) -> tuple[Plan, list[int]]:
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    changes.locked_sessions(event.sessions.live().values_list("pk", flat=True))
    plan = look(event, interval, at=at)
    if plan.fingerprint != seen or not plan.moves:
        raise ShiftChanged(plan)
    if interval.with_event:
        publishing.save_event(plan.event, by=by, at=at)
    sessions = [one.session for one in plan.moves]
    for one in sessions:
        one.note_offsets()
    told = changes.write_quietly(sessions, [*_TIMES, "starts_offset", "ends_offset"], by=by, at=at)
    moved = changes.write_sessions(told, by=by, at=at) if told else []
    raise_version(event.pk)
    return plan, moved


def _moves(session: Session, event: Event, interval: Interval, at: datetime) -> bool:
    assert session.starts_at is not None, "only live ones are read"  # noqa: S101  # narrows the type
    is_of_the_day = interval.day in (None, session.starts_at.astimezone(event.zone).date())
    is_to_come = not session.has_started(at)
    return is_of_the_day and is_to_come and session.status != Session.Status.CANCELLED


def _put_later(session: Session, event: Event, interval: Interval) -> None:
    for name in _TIMES:
        local = getattr(session, name).astimezone(event.zone).replace(tzinfo=None)
        if interval.days and not is_shown_once((local + timedelta(interval.days)).replace(tzinfo=event.zone)):
            raise NoSuchTime(session)
        setattr(session, name, _later(getattr(session, name), event, interval))


def _pair(one: DoubleUse) -> tuple[str, int, int]:
    return one.what, one.session.pk, one.other.pk


def _moved_event(event: Event, interval: Interval) -> Event:
    """Return the event with its days and moments as they will be."""
    moved = Event.objects.get(pk=event.pk)
    if interval.with_event:
        days = Interval(days=interval.days)
        moved.first_day += timedelta(days=interval.days)
        moved.last_day += timedelta(days=interval.days)
        if moved.ask_needs_by:
            moved.ask_needs_by += timedelta(days=interval.days)
        if moved.host_words_until:
            moved.host_words_until += timedelta(days=interval.days)
        for name in _MOMENTS:
            if (moment := getattr(moved, name)) is not None:
                setattr(moved, name, _later(moment, event, days))
    return moved


def _later(moment: datetime, event: Event, interval: Interval) -> datetime:
    """Return the moment so many days on by the event's clocks, and so many minutes that pass."""
    local = moment.astimezone(event.zone).replace(tzinfo=None) + timedelta(days=interval.days)
    return local.replace(tzinfo=event.zone).astimezone(UTC) + timedelta(minutes=interval.minutes)


def _span(session: Session) -> str:
    assert session.ends_at is not None, "only live ones are read"  # noqa: S101  # narrows the type
    zone = session.event.zone
    return f"{short_moment(session.starts_at, zone)} to {format_clock(session.ends_at, zone.key)}"
