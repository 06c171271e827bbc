"""Until when an offered place is held, or two that overlap are both theirs: by day, never past a start.

Nobody should lose a place because they slept or was on shift for an hour: a deadline that would fall
between 21:00 and 9:00 in the event's zone moves to the next 9:00, or, where the session starts
before that, back to 21:00. Where too little is left by day it is half an hour before the session, when what
is free is there for whoever presses first, them too; and never sooner than a quarter of an hour.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HELD_FOR = timedelta(hours=24)
#: How long they have to decide which of two places they keep since one of the sessions moved.
DECIDED_WITHIN = timedelta(hours=48)
#: Less time than this is too little for an email: nothing ends by itself before the start; staff telephone.
TELEPHONE = timedelta(hours=4)
MORNING = time(9)
EVENING = time(21)
#: From then on nothing is given by email (``last_minutes``): what is held ends before it.
HALF_HOUR = timedelta(minutes=30)
#: Those in line have had their time: what is free is anybody's.
FOR_ALL = timedelta(minutes=10)
#: Who is offered a place so late that little is left before that still has so long to answer.
ANSWERED_WITHIN = timedelta(minutes=15)
#: An evening deadline sooner than this would be no chance at all.
AT_LEAST = timedelta(hours=1)


def offer_deadline(at: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """Return the deadline of an offer made ``at`` for a session that ``starts_at``, in the event's zone."""
    return _by_day(at, HELD_FOR, starts_at, zone)


def decision_deadline(at: datetime, starts: Iterable[datetime], zone: ZoneInfo) -> datetime:
    """Return until when they can decide between sessions that overlap since ``at``, by their ``starts``.

    At least one of them is to come. Where that would leave too little time by day, nothing ends before the
    first of them starts.
    """
    first = min(start for start in starts if start > at)
    by_day = _by_day(at, DECIDED_WITHIN, first, zone)
    return by_day if by_day - at >= TELEPHONE else first.astimezone(zone)


def is_last_half_hour(starts_at: datetime, at: datetime) -> bool:
    """Whether what comes free is not given any more, but free to take for those who wait."""
    return starts_at - HALF_HOUR <= at < starts_at


def is_for_all(starts_at: datetime, at: datetime) -> bool:
    """Whether what those in line have left is anybody's to take."""
    return starts_at - FOR_ALL <= at < starts_at


def turns(starts_at: datetime) -> tuple[datetime, datetime]:
    """Return the moments before the start at which the clock changes who may have what comes free."""
    return starts_at - HALF_HOUR, starts_at - FOR_ALL


def _by_day(at: datetime, held_for: timedelta, starts_at: datetime, zone: ZoneInfo) -> datetime:
    latest = min(max(starts_at - HALF_HOUR, at + ANSWERED_WITHIN), starts_at)
    local = min(at + held_for, latest).astimezone(zone)
    if MORNING <= local.time() <= EVENING:
        return local
    morning = _at(local, MORNING, days=1 if local.time() > EVENING else 0)
    evening = _at(local, EVENING, days=0 if local.time() > EVENING else -1)
    if morning <= latest:
        return morning
    return evening if at + AT_LEAST <= evening <= latest else latest.astimezone(zone)


def _at(local: datetime, hour: time, *, days: int) -> datetime:
    day = local.date() + timedelta(days=days)
    return datetime.combine(day, hour, tzinfo=local.tzinfo)
