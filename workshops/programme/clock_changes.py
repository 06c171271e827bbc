"""Where a country has changed its rules of clocks: sessions that are read at another time than was meant.

A moment is kept in UTC, and a session's offsets beside it (``Session.starts_offset``): what its clocks were
meant to show. Where the zone's rules of today give another offset, somebody must decide: either the clocks
are right, and the session moves, by the programme's own rule with everything that follows; or the moment is
right, and the new reading is what is meant from now on. Nothing moves by itself.
Older sessions have no offsets; they were entered by the rules of the machine's own files, so both readings
are shown where those differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet

from audit import trail
from audit.actors import By
from audit.acts import Act
from common import zones
from common.times import format_day, format_span, is_shown_once
from common.transactions import retried
from events.models import Event, Session
from workshops import notices
from workshops.programme import changes


class NoSuchTime(changes.ProgrammeRefused):
    """The clocks show that time never, or twice, on that day: it must be moved by hand."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            f"“{session.title}” cannot be moved by itself: the clocks show its time never or twice on that "
            "day. Change it on its own page."
        )


@dataclass(frozen=True)
class Difference:
    """One session: what its clocks were meant to show, without a zone; how many a move would mail."""

    session: Session
    starts: datetime
    ends: datetime
    people: int = 0

    @property
    def is_older(self) -> bool:
        """Whether what was meant is not known, but read by the rules of the machine's own files."""
        return self.session.starts_offset is None

    @property
    def meant(self) -> str:
        """What the clocks were meant to show, in words."""
        end = f"{self.ends:%H:%M}"
        if self.ends.date() != self.starts.date():
            end = f"{format_day(self.ends.date())}, {end}"
        return f"{format_day(self.starts.date())}, {self.starts:%H:%M} to {end}"

    @property
    def now(self) -> str:
        """What they show by the rules of today, in words."""
        session = self.session
        assert session.starts_at is not None and session.ends_at is not None, "only live ones are read"  # noqa: PT018, S101  # narrows the types
        return format_span(session.starts_at, session.ends_at, session.event.time_zone)


def differences(*, at: datetime) -> list[Difference]:
    """Return the sessions to come that are read otherwise than was meant, in order. One query."""
    sessions = _ahead(at).order_by("event__first_day", "event", "starts_at", "pk")
    found = (_difference(session) for session in sessions)
    return [one for one in found if one]


def number(*, at: datetime) -> int:
    """Return how many they are. One query, of their moments alone."""
    moments = ("starts_at", "ends_at", "starts_offset", "ends_offset")
    sessions = _ahead(at).only(*moments, "event__time_zone")
    return sum(_difference(session) is not None for session in sessions)


def by_event(*, at: datetime) -> list[tuple[Event, list[Difference]]]:
    """Return them by event, each with how many people its move would mail. Four queries."""
    found = differences(at=at)
    people = notices.people_told_by_session([one.session.pk for one in found])
    counted = [Difference(one.session, one.starts, one.ends, people[one.session.pk]) for one in found]
    return [(event, list(group)) for event, group in groupby(counted, attrgetter("session.event"))]


def keep_clocks(session_ids: Iterable[int], *, by: By, at: datetime) -> int:
    """Move these sessions so that the clocks show what was meant; return how many. All of them, or none.

    Raises ``NoSuchTime``, and what moving a session raises.
    """
    wanted = set(session_ids)
    moved = [_moved(one) for one in differences(at=at) if one.session.pk in wanted]
    if moved:
        changes.save_sessions(moved, by=by, at=at)
    return len(moved)


@retried
def keep_moments(session_ids: Iterable[int], *, by: By, at: datetime) -> int:
    """Say of these sessions that what they show by the rules of today is meant; return how many."""
    wanted = set(session_ids)
    found = [one.session for one in differences(at=at) if one.session.pk in wanted]
    meant = []
    for session in found:
        session.note_offsets()
        # Only where nobody has moved it meanwhile: that has noted its own.
        same = Session.objects.filter(pk=session.pk, starts_at=session.starts_at, ends_at=session.ends_at)
        if same.update(starts_offset=session.starts_offset, ends_offset=session.ends_offset):
            meant.append(session)
    trail.record_all(trail.entry(session, Act.TIMES_MEANT, by=by, at=at) for session in meant)
    return len(found)


def _ahead(at: datetime) -> "QuerySet[Session]":
    events = [Event.Status.DRAFT, Event.Status.PUBLISHED]
    sessions = Session.objects.live().filter(ends_at__gt=at, event__status__in=events)
    return sessions.exclude(status=Session.Status.CANCELLED).select_related("event").order_by()


def _difference(session: Session) -> Difference | None:
    readings = [
        _reading(session, session.starts_at, session.starts_offset),
        _reading(session, session.ends_at, session.ends_offset),
    ]
    now = [
        at.astimezone(session.event.zone).replace(tzinfo=None)
        for at in (session.starts_at, session.ends_at)
        if at
    ]
    return None if readings == now else Difference(session, readings[0], readings[1])


def _reading(session: Session, at: datetime | None, offset: int | None) -> datetime:
    """Return what the clocks were meant to show at that moment."""
    assert at is not None, "only live ones are read"  # noqa: S101  # narrows the type
    if offset is not None:
        return at.replace(tzinfo=None) + timedelta(minutes=offset)
    zone = zones.of_the_machine(session.event.time_zone) or session.event.zone
    return at.astimezone(zone).replace(tzinfo=None)


def _moved(one: Difference) -> Session:
    session, zone = one.session, one.session.event.zone
    for local in (one.starts, one.ends):
        if not is_shown_once(local.replace(tzinfo=zone)):
            raise NoSuchTime(session)
    session.starts_at, session.ends_at = (local.replace(tzinfo=zone) for local in (one.starts, one.ends))
    return session
