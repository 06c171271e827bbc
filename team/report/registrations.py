"""Registrations over time: by day, or by week where they came over more than six, in the event's zone.

A registration counts on the day on which it was first made. One that is cancelled counts as gone on the day
on which it was; whoever registers again is there as if they had never gone.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count
from django.db.models.functions import TruncDate

from common.times import format_day
from common.words import counted, in_digits
from events.models import Registration
from events.phases import today_of
from team.report.figures import Figure, Table, TableRow
from team.report.pictures import Picture, columns
from team.report.subject import Subject

Status = Registration.Status
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
#: Over more days than this they are told by the week.
MOST_DAYS: Final = 42
MEANING: Final = (
    "Everybody who registered, on the day on which they first did, those included who wait for a place or an "
    "approval. Who cancelled counts as gone on the day of that; who then registered again, as never gone."
)


@dataclass(frozen=True)
class Span:
    """A day or a week: who registered in it, who cancelled in it, and how many there were at its end."""

    begins: date
    new: int
    gone: int
    total: int


def figure(subject: Subject) -> Figure:
    """Return the figure. Three queries."""
    made, gone = _by_day(subject, "created_at"), _by_day(subject, "status_changed_at", Status.CANCELLED)
    heading, nothing = "Registrations over time", "Nobody has registered yet."
    if not made:
        return Figure("registrations", heading, MEANING, nothing=nothing)
    step = WEEK if (_last(subject, made, gone) - min(made)).days > MOST_DAYS else DAY
    spans = list(_spans(made, gone, _last(subject, made, gone), step))
    return Figure(
        "registrations",
        heading,
        MEANING,
        _result(subject, sum(made.values()), sum(gone.values())),
        _table(subject, spans, step),
        _picture(spans, step),
        nothing,
    )


def _by_day(subject: Subject, moment: str, status: str = "") -> Counter[date]:
    rows = Registration.objects.filter(event=subject.event).order_by()
    if status:
        rows = rows.filter(status=status)
    days = rows.annotate(day=TruncDate(moment, tzinfo=subject.event.zone)).values_list("day")
    return Counter(dict(days.annotate(number=Count("pk"))))


def _last(subject: Subject, made: Counter[date], gone: Counter[date]) -> date:
    """Return the last day that is shown: today, until the event is over."""
    today = min(today_of(subject.event, subject.at), subject.event.last_day)
    return max(today, *made, *gone)


def _spans(made: Counter[date], gone: Counter[date], last: date, step: timedelta) -> Iterator[Span]:
    """Yield each day, or each week from its Monday, from the first registration to the last day."""
    begins, total = min(made), 0
    if step == WEEK:
        begins -= timedelta(days=begins.weekday())
    while begins <= last:
        days = [begins + DAY * number for number in range(step.days)]
        new, left = sum(made[day] for day in days), sum(gone[day] for day in days)
        total += new - left
        yield Span(begins, new, left, total)
        begins += step


def _result(subject: Subject, made: int, gone: int) -> str:
    waiting = Registration.objects.filter(event=subject.event, status__in=(Status.RECEIVED, Status.WAITING))
    there = counted(made - gone, "%(count)s is", "%(count)s are")
    said = (
        f"{counted(made, '%(count)s person', '%(count)s people')} registered, {in_digits(gone)} cancelled: "
        f"{there} registered now."
    )
    number = waiting.count()
    if not number:
        return said
    return f"{said} {counted(number, '%(count)s waits', '%(count)s wait')} for a place or an approval."


def _table(subject: Subject, spans: list[Span], step: timedelta) -> Table:
    today = today_of(subject.event, subject.at)
    rows = [
        TableRow(format_day(one.begins, today=today), [one.new, one.gone, one.total])
        for one in spans
        if one.new or one.gone
    ]
    named = "Week from" if step == WEEK else "Day"
    each = "week" if step == WEEK else "day"
    caption = f"Registrations, each {each} in which somebody registered or cancelled"
    return Table(caption, (named, "New", "Cancelled", "Registered by then"), rows)


def _picture(spans: list[Span], step: timedelta) -> Picture | None:
    each, within = ("week", "in the week") if step == WEEK else ("day", "on the day")
    heights = [(max(one.total - one.new, 0), min(one.new, one.total), one.gone) for one in spans]
    ends = tuple(f"{day.day} {day:%b}" for day in (spans[0].begins, spans[-1].begins))
    return columns(
        "registrations",
        f"Registered people, {each} by {each}",
        names=("Registered before", f"New {within}", f"Cancelled {within}"),
        looks=("hollow", "solid", "loud"),
        heights=heights,
        below=ends,
    )
