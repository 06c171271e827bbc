"""The day before, and in the morning of the day: everybody who is registered is reminded of their sessions.

At noon of the day before, by the event's clock, and by their own choice at seven in the morning of the day,
instead or besides (``members.email_choices``). Theirs is what stands in their agenda of that day: what they
have booked, wait for or are offered, and what is open to all. Whoever has nothing then is owed nothing, nor
who registered or booked after that hour: they have just read it. A letter is owed once, its key says so. The
rows are written in steps, each a transaction of its own, so that a killed worker leaves the rest to the next
sweep and nobody is told twice. What is late is not sent: the day before until midnight, the morning's until
noon. ``day_letters`` renders them, from what is so when they go.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from events.models import Event, Registration, Session
from members import email_choices
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import MessageRow
from workshops.models import Booking
from workshops.notices import TOLD_OF_CHANGES

STEP: Final = 500


@dataclass(frozen=True)
class Reminder:
    """One of the two: its kind, which is the name of the choice as well; how many days before; from when."""

    kind: str
    days_ahead: int
    begins: time
    #: Nobody begins to write them any more.
    ends: time
    #: After it, counted from the midnight before the day, a letter is not sent.
    not_after: timedelta

    def is_time(self, event: Event, at: datetime) -> bool:
        """Whether it is the hour to write them, by the event's clock."""
        return self.begins <= at.astimezone(event.zone).time() < self.ends

    def day(self, event: Event, at: datetime) -> date:
        """Return the day that is told of at that moment."""
        return at.astimezone(event.zone).date() + timedelta(days=self.days_ahead)

    def due(self, event: Event, day: date) -> datetime:
        """Return the moment from which the letters about ``day`` are written."""
        return datetime.combine(day - timedelta(days=self.days_ahead), self.begins, event.zone)


DAY_BEFORE: Final = Reminder("day-before", 1, time(12), time(21), timedelta(0))
MORNING: Final = Reminder("day-morning", 0, time(7), time(11), timedelta(hours=12))
REMINDERS: Final = (DAY_BEFORE, MORNING)


def tell(*, at: datetime, step: int = STEP) -> int:
    """Owe the letters of the hour, wherever it has come; return to how many. Twice is once."""
    upcoming = Event.objects.upcoming(at.date() - timedelta(days=1)).order_by("pk")
    due = [(event, one) for event in upcoming for one in REMINDERS if one.is_time(event, at)]
    return sum(owe(event, one, at=at, step=step) for event, one in due)


def of_day(event: Event, day: date) -> "QuerySet[Session]":
    """Return the sessions of the event that take place and begin on that day, by its clock."""
    begins = datetime.combine(day, time.min, event.zone)
    ends = datetime.combine(day + timedelta(days=1), time.min, event.zone)
    return Session.objects.published().filter(event=event, starts_at__gte=begins, starts_at__lt=ends)


def owe(event: Event, reminder: Reminder, *, at: datetime, step: int = STEP) -> int:
    """Owe the letters of one event, whatever the hour; return to how many."""
    day = reminder.day(event, at)
    if not event.first_day <= day <= event.last_day:
        return 0
    people, upto, told = _people(event, reminder, day), 0, 0
    while owed := _owe(people.filter(pk__gt=upto).order_by("pk")[:step], event, reminder, day, at):
        upto, told = owed[-1], told + len(owed)
    return told


@transaction.atomic
def _owe(
    people: "QuerySet[Registration]", event: Event, reminder: Reminder, day: date, at: datetime
) -> list[int]:
    """Owe the letter to them; return the ids of their registrations."""
    found = list(people.values_list("pk", "member_id"))
    cause = _cause(event, reminder, day)
    rows = [
        MessageRow(f"{cause}{pk}", member_id=member, payload={"registration": pk, "day": str(day)})
        for pk, member in found
    ]
    midnight = datetime.combine(day, time.min, event.zone)
    outbox.enqueue_many(reminder.kind, rows, at=at, not_after=midnight + reminder.not_after)
    return [pk for pk, _ in found]


def _people(event: Event, reminder: Reminder, day: date) -> "QuerySet[Registration]":
    """Return who is to be told and was not yet."""
    sessions, due = of_day(event, day), reminder.due(event, day)
    wanted = email_choices.who_want(Member.objects.reachable(), reminder.kind)
    key = Concat(Value(_cause(event, reminder, day)), Cast(OuterRef("pk"), CharField()))
    people = (
        Registration.objects.confirmed()
        .filter(event=event, status_changed_at__lt=due, member__in=wanted)
        .exclude(Exists(Message.objects.filter(kind=reminder.kind, key=key)))
    )
    if sessions.filter(workshop__isnull=True).exists():  # open to all who are registered
        return people
    theirs = Booking.objects.filter(
        registration=OuterRef("pk"), session__in=sessions, status__in=TOLD_OF_CHANGES, created_at__lt=due
    )
    return people.filter(Exists(theirs))


def _cause(event: Event, reminder: Reminder, day: date) -> str:
    return f"{reminder.kind}:{event.pk}:{day}:"
