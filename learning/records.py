"""What somebody has attended of an event, for how long, and how that is known: a record for CPD.

Continuing professional development is counted in hours by the UK's and Ireland's colleges. A session counts
for its length, or for the minutes in the meeting where its report knows them; time in two sessions at once
counts once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from events.models import Event, Session
from learning.models import OneThing, SessionNote
from live.models import Attendance
from members.models import Member
from workshops.models import Booking

Source = Attendance.Source


@dataclass(frozen=True)
class Attended:
    """A session they were in, the minutes that count, how it is known, and their note ("" without one)."""

    session: Session
    minutes: int
    known_by: str
    note: str = ""

    @property
    def is_own_word(self) -> bool:
        """Whether nobody but they themselves says so."""
        return self.known_by == "said"

    @property
    def how(self) -> str:
        """How it is known, in words."""
        return _HOW[self.known_by]()


_HOW = {
    "joined": lambda: _("joined online"),
    "said": lambda: _("by their own word"),
    Source.HOST.value: lambda: _("seen by the host"),
    Source.TEAM.value: lambda: _("noted by the team"),
    Source.REPORT.value: lambda: _("by the meeting’s own report"),
}


@dataclass(frozen=True)
class Unknown:
    """A session of theirs that has ended and of which nobody knows that they were there, and their note."""

    session: Session
    note: str = ""


@dataclass(frozen=True)
class Record:
    """All of it: ``minutes`` in total, ``thing`` they will do."""

    event: Event
    member: Member
    attended: Sequence[Attended]
    unknown: Sequence[Unknown]
    minutes: int
    thing: OneThing | None

    @property
    def has_own_word(self) -> bool:
        """Whether some of it stands on their word alone."""
        return any(one.is_own_word for one in self.attended)


def of(event: Event, member: Member, *, at: datetime) -> Record:
    """Return their record of what has ended by ``at``. Four queries."""
    rows = Attendance.objects.filter(registration__event=event, registration__member=member)
    known = {
        row.session_id: row
        for row in rows.select_related("session").exclude(session__status=Session.Status.CANCELLED)
        if row.session.has_ended(at)
    }
    notes = dict(
        SessionNote.objects.filter(member=member, session__event=event).values_list("session", "text")
    )
    attended = [
        Attended(row.session, _minutes(row), _known_by(row), notes.get(pk, ""))
        for pk, row in known.items()
        if row.came is not False
    ]
    attended.sort(key=lambda one: (one.session.starts_at or at, one.session.pk))
    counted = {one.session.pk for one in attended}
    unknown = [Unknown(one, notes.get(one.pk, "")) for one in _theirs(event, member, at, notes, counted)]
    thing = OneThing.objects.filter(member=member, event=event).first()
    return Record(event, member, attended, unknown, total(attended), thing)


def total(attended: Sequence[Attended]) -> int:
    """Return the minutes of all; of sessions that overlap no more than the time that they cover together."""
    spans = sorted(
        (one.session.starts_at, one.session.ends_at, one.minutes)
        for one in attended
        if one.session.starts_at and one.session.ends_at
    )
    in_all, covered, minutes = 0, timedelta(), 0
    until: datetime | None = None
    for starts_at, ends_at, counts in spans:
        if until is not None and starts_at >= until:  # what came before has ended: it is counted by itself
            in_all += min(minutes, _whole(covered))
            covered, minutes, until = timedelta(), 0, None
        begins = starts_at if until is None else max(starts_at, until)
        covered += max(timedelta(), ends_at - begins)
        minutes += counts
        until = ends_at if until is None else max(until, ends_at)
    return in_all + min(minutes, _whole(covered))


def _whole(length: timedelta) -> int:
    return round(length.total_seconds() / 60)


def _theirs(
    event: Event, member: Member, at: datetime, notes: dict[int, str], counted: set[int]
) -> list[Session]:
    """Return what they had a place in, or wrote a note on, that has ended and is not counted. One query."""
    placed = Booking.objects.filter(registration__event=event, member=member, status__in=Booking.PLACED)
    sessions = Session.objects.filter(event=event, status=Session.Status.PUBLISHED)
    theirs = sessions.filter(pk__in=placed.values("session")) | sessions.filter(pk__in=notes)
    return [
        one
        for one in theirs.exclude(pk__in=counted).distinct().order_by("starts_at", "pk")
        if one.starts_at and one.has_ended(at)
    ]


def _minutes(row: Attendance) -> int:
    starts_at, ends_at = row.session.starts_at, row.session.ends_at
    if starts_at is None or ends_at is None:
        return 0
    length = _whole(ends_at - starts_at)
    return length if row.minutes is None else min(length, row.minutes)


def _known_by(row: Attendance) -> str:
    if row.came:
        return row.decided_by
    return "joined" if row.joined_at else "said"
