"""In which phase an event is at a moment; what every page and letter says to people follows from it.

A day of the event is on from its midnight until the last session that began on it has ended, those that run
late included (``RUNS_LATE``), whatever the calendar says by then. Then, and on days in the middle without a
session, it is between days; after the last one, over. The first and the last day count without sessions too,
and every day of an event that has none: then the days are all that is known. What was cancelled is left out.

Days are those of the event's zone. The programme is read from its cached common part, and only where today is
near the event, so that nothing is asked before or long after.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from common.recent import Recent
from events.models import Event
from events.programme import reading
from events.programme.contents import Programme, SessionCard

#: Some sessions run late, none by more than this.
RUNS_LATE: Final = timedelta(minutes=30)
DAY: Final = timedelta(days=1)


class Phase(StrEnum):
    """What can be done about an event now; of a draft and of what was called off, that it is one."""

    DRAFT = "draft"
    CALLED_OFF = "called-off"
    BEFORE_BOOKING = "before-booking"
    BOOKING = "booking"
    DAY_BEFORE = "day-before"
    ON_NOW = "on-now"
    BETWEEN_DAYS = "between-days"
    AFTER = "after"
    ARCHIVED = "archived"

    @property
    def is_over(self) -> bool:
        """Whether it was: there is nothing left to book, join or put into a calendar."""
        return self in (Phase.AFTER, Phase.ARCHIVED)

    @property
    def is_near(self) -> bool:
        """Whether it is the day before, or one of the event's days."""
        return self in (Phase.DAY_BEFORE, Phase.ON_NOW, Phase.BETWEEN_DAYS)


@dataclass(frozen=True)
class EventDay:
    """A day on which the event is: ``number`` is 1 for the first of them, the moments those of its sessions.

    A day without sessions has no moments.
    """

    date: date
    number: int
    sessions: int = 0
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def is_on(self, at: datetime) -> bool:
        """Whether its sessions, once it has begun, go on."""
        return self.ends_at is None or at < self.ends_at + RUNS_LATE


_BY_STATUS: Final = {
    Event.Status.DRAFT: Phase.DRAFT,
    Event.Status.CANCELLED: Phase.CALLED_OFF,
    Event.Status.ARCHIVED: Phase.ARCHIVED,
}


def phase_of(event: Event, *, at: datetime, common: Programme | None = None) -> Phase:
    """Return the phase of ``event``; ``common`` is its programme, where that was loaded before."""
    if event.status in _BY_STATUS:
        return _BY_STATUS[Event.Status(event.status)]
    today = today_of(event, at)
    if today < event.first_day - DAY:
        return Phase.BOOKING if event.booking_has_opened(at) else Phase.BEFORE_BOOKING
    if today < event.first_day:
        return Phase.DAY_BEFORE
    if today > event.last_day + DAY:
        return Phase.AFTER
    days = days_of(event, common)
    if any(day.is_on(at) for day in days if day.date == today or (day.date < today and day.ends_at)):
        return Phase.ON_NOW
    return Phase.BETWEEN_DAYS if any(day.date > today for day in days) else Phase.AFTER


def is_behind(event: Event, phase: Phase, *, at: datetime) -> bool:
    """Whether it is among what was: over, or called off or never published until its days were over."""
    return phase.is_over or (phase in (Phase.DRAFT, Phase.CALLED_OFF) and event.is_over(at))


def today_of(event: Event, at: datetime) -> date:
    """Return which day it is where the event is."""
    return at.astimezone(event.zone).date()


def next_day(event: Event, *, at: datetime, common: Programme | None = None) -> EventDay | None:
    """Return the day of the event that begins next, after today; ``None`` after its last."""
    today = today_of(event, at)
    return next((day for day in days_of(event, common) if day.date > today), None)


def day_of(event: Event, *, at: datetime, common: Programme | None = None) -> EventDay | None:
    """Return the day of the event that is today; ``None`` where it is not on today."""
    today = today_of(event, at)
    return next((day for day in days_of(event, common) if day.date == today), None)


def days_of(event: Event, common: Programme | None = None) -> tuple[EventDay, ...]:
    """Return the days on which the event is, in order; worked out once for each programme."""
    programme = common or reading.load(event)
    key = (programme.token, event.time_zone, event.first_day, event.last_day)
    return _days.get(key, lambda: _days_of(event, programme.cards))


_days: Recent[tuple[EventDay, ...]] = Recent(32)


def _days_of(event: Event, cards: Iterable[SessionCard]) -> tuple[EventDay, ...]:
    on: dict[date, list[tuple[datetime, datetime]]] = defaultdict(list)
    for card in cards:
        if card.is_published and card.starts_at and card.ends_at:
            on[card.starts_at.astimezone(event.zone).date()].append((card.starts_at, card.ends_at))
    every = [event.first_day + DAY * number for number in range((event.last_day - event.first_day).days + 1)]
    has_sessions = any(day in on for day in every)
    held = [day for day in every if day in on or day in (every[0], every[-1]) or not has_sessions]
    return tuple(_day(day, number, on.get(day, [])) for number, day in enumerate(held, start=1))


def _day(day: date, number: int, spans: list[tuple[datetime, datetime]]) -> EventDay:
    if not spans:
        return EventDay(day, number)
    return EventDay(
        day, number, len(spans), min(starts for starts, _ in spans), max(ends for _, ends in spans)
    )
