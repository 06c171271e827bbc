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

from common.words import counted, in_digits
from events import phase_words
from events.models import Event, Registration
from events.phases import Phase, phase_of, today_of
from events.programme import reading

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

    #: Whether people come through a door, and it is so near that its list is wanted.
    has_door: bool = False
    #: Whether it is the day before, or one of its days.
    is_near: bool = False

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
    today = today_of(event, at)
    standing = dict(_current(event).values_list("status").annotate(number=Count("pk")).order_by())
    rows = _current(event).annotate(day=TruncDate("created_at", tzinfo=event.zone)).order_by()
    since = today - timedelta(days=DAYS - 1)
    is_near = phase_of(event, at=at).is_near
    by_day = Counter(dict(rows.filter(day__gte=since).values_list("day").annotate(number=Count("pk"))))
    return NextEvent(
        event,
        _when(event, at),
        _registered(standing),
        _lately(by_day, today),
        _bars(by_day, since) if by_day else [],
        has_door=event.place != Event.Place.ONLINE and is_near,
        is_near=is_near,
    )


def lately_over(*, at: datetime) -> Event | None:
    """Return the event that was over last, for so many days after it: its report is read now. One query."""
    today = timezone.localdate(at)
    return Event.objects.held(today).filter(last_day__gte=today - timedelta(days=DAYS)).first()


def _current(event: Event) -> "QuerySet[Registration]":
    return Registration.objects.filter(event=event).current()


def _when(event: Event, at: datetime) -> str:
    """Say how many days are to go; from the day before on, what there is to do."""
    phase = phase_of(event, at=at)
    if phase.is_over:
        return "It is over."
    if phase is Phase.ON_NOW:
        return f"{phase_words.in_words(event, phase, at=at)} {_on_today(event, at)}".strip()
    if phase.is_near:
        return phase_words.in_words(event, phase, at=at)
    to_go = (event.first_day - today_of(event, at)).days
    if to_go <= 0:  # of a draft
        return "It is a draft, and its days have come."
    return f"{counted(to_go, '%(count)s day', '%(count)s days')} to go."


def _on_today(event: Event, at: datetime) -> str:
    """Count the sessions that are on at this moment, and those of today that come."""
    cards = [one for one in reading.load(event).cards if one.is_published]
    spans = [(one.starts_at, one.ends_at) for one in cards if one.starts_at and one.ends_at]
    now = sum(1 for starts, ends in spans if starts <= at < ends)
    ahead = [starts for starts, _ in spans if starts > at]
    today = sum(1 for starts in ahead if today_of(event, starts) == today_of(event, at))
    on = counted(now, "%(count)s session is on", "%(count)s sessions are on")
    return f"{on}, {in_digits(today)} to come today."


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
