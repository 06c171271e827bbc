"""That an event is called off, as its page says it: until when it can be brought back, how far it is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from common.times import format_clock
from events.models import CallingOff, Event
from notifications.models import Message

State = Message.State
_ON_THE_WAY: Final = (State.QUEUED, State.SENDING)


@dataclass(frozen=True)
class CalledOff:
    """What the page says of it."""

    title: str
    says: str
    can_be_undone: bool


def called_off(event: Event, *, at: datetime) -> CalledOff | None:
    """Return what there is to say; nothing of an event that was not called off. At most two queries."""
    if event.status != Event.Status.CANCELLED:
        return None
    title = "Postponed" if event.is_postponed else "Cancelled"
    one = CallingOff.objects.filter(event=event).first()
    if one is None:
        return CalledOff(title, "", can_be_undone=False)
    if one.told_at > at and not one.told_up_to:
        until = format_clock(one.told_at, event.time_zone)
        says = f"Nobody is told yet: the emails wait until {until}. Until then it can be brought back."
        return CalledOff(title, says, can_be_undone=True)
    return CalledOff(title, _told(one), can_be_undone=False)


def _told(one: CallingOff) -> str:
    about = Message.objects.filter(kind="event-cancelled", key__startswith=f"{one.cause}:", resend_of=None)
    row = about.aggregate(
        people=Count("pk"),
        sent=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state__in=_ON_THE_WAY)),
    )
    says = f"Emails: {row['sent']:,} of {row['people']:,} sent, {row['waiting']:,} on their way."
    return says if one.told_all_at else f"{says} More follow."
