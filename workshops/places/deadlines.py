"""Until when an offered place is held, or two that overlap are both theirs: by day, never past a start.

Nobody should lose a place because they slept or was on shift for an hour: a deadline that would fall
between 21:00 and 9:00 in the event's zone moves to the next 9:00, or, where the session starts
before that, back to 21:00; in the last hours before a session it is the start itself.
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
#: Who joins a session needs a moment between accepting and its start.
BEFORE_START = timedelta(minutes=15)
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


def _by_day(at: datetime, held_for: timedelta, starts_at: datetime, zone: ZoneInfo) -> datetime:
    latest = starts_at - BEFORE_START if starts_at - BEFORE_START > at else starts_at
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
