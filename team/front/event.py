"""The next event as the team asks of it: how many days to go, who is registered, and since when.

Registrations by day are a picture for the eye and a table for everybody; both are made of the same days.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from common.words import counted
from events.models import Event, Registration

#: How many days the picture shows, today being the last.
DAYS: Final = 28
#: Among so many events the one that is not over is looked for.
NEAREST: Final = 10
#: The picture, in units of its own.
HEIGHT: Final = 60
STEP: Final = 10
GAP: Final = 2


@dataclass(frozen=True)
class Bar:
    """One day of the picture: how many registered, and where its bar stands."""

    day: date
    number: int
    x: int
    y: int
    height: int


@dataclass(frozen=True)
class NextEvent:
    """The event, what is to be said of it, and the days of the picture (none where nobody registered)."""

    event: Event
    when: str
    registered: str
    lately: str
    bars: list[Bar]

    #: What the picture needs of its size.
    width: int = DAYS * STEP - GAP
    height: int = HEIGHT
    bar_width: int = STEP - GAP

    @property
    def most(self) -> int:
        """How many registered on the day on which most did."""
        return max(one.number for one in self.bars)

    @property
    def days(self) -> list[Bar]:
        """The days on which somebody registered, the newest first: the rows of the table."""
        return [one for one in reversed(self.bars) if one.number]


def next_event(*, at: datetime) -> NextEvent | None:
    """Return the event that is on or comes next, drafts too; ``None`` where none does. Three queries."""
    # Of any zone: the day may have begun there, or not be over.
    days = Event.objects.filter(last_day__gte=timezone.localdate(at) - timedelta(days=1))
    ahead = days.exclude(status=Event.Status.CANCELLED).order_by("first_day", "pk")
    event = next((one for one in ahead[:NEAREST] if not one.is_over(at)), None)
    if event is None:
        return None
    today = at.astimezone(event.zone).date()
    standing = dict(_current(event).values_list("status").annotate(number=Count("pk")).order_by())
    rows = _current(event).annotate(day=TruncDate("created_at", tzinfo=event.zone)).order_by()
    since = today - timedelta(days=DAYS - 1)
    by_day = Counter(dict(rows.filter(day__gte=since).values_list("day").annotate(number=Count("pk"))))
    return NextEvent(
        event,
        _days_to_go(event, today),
        _registered(standing),
        _lately(by_day, today),
        _bars(by_day, since) if by_day else [],
    )


def _current(event: Event) -> "QuerySet[Registration]":
    return Registration.objects.filter(event=event).current()


def _days_to_go(event: Event, today: date) -> str:
    if event.first_day <= today:
        return "It is on."
    days = counted((event.first_day - today).days, "%(count)s day", "%(count)s days")
    return f"{days} to go."


def _registered(standing: dict[str, int]) -> str:
    confirmed = standing.get(Registration.Status.CONFIRMED, 0)
    others = sum(standing.values()) - confirmed
    text = counted(confirmed, "%(count)s person is registered", "%(count)s people are registered")
    if not others:
        return f"{text}."
    return f"{text}, {counted(others, '%(count)s waits', '%(count)s wait')} for a place or an approval."


def _lately(by_day: Counter[date], today: date) -> str:
    week = sum(by_day[today - timedelta(days=days)] for days in range(7))
    return f"{counted(week, '%(count)s', '%(count)s')} of them in the last seven days." if week else ""


def _bars(by_day: Counter[date], since: date) -> list[Bar]:
    most = max(by_day.values())
    days = [since + timedelta(days=number) for number in range(DAYS)]
    heights = [-(-by_day[day] * HEIGHT // most) for day in days]  # rounded up: one person is seen
    return [
        Bar(day, by_day[day], place * STEP, HEIGHT - height, height)
        for place, (day, height) in enumerate(zip(days, heights, strict=True))
    ]
