"""Announcements of an event that is called off: what was to go out before says what is no longer so.

While the event can be brought back they wait, and go out after it as if nothing had been. Once people are
told of it, what is scheduled becomes a draft at its moment, and what was being sent is stopped. What is
written about it afterwards goes out.
"""

from dataclasses import dataclass

from common.times import format_moment
from events import cancellation
from events.models import CallingOff, Event
from team.models import Announcement

State = Announcement.State


@dataclass(frozen=True)
class Waiting:
    """An announcement of the event that has not gone out wholly, and when it is to, in words."""

    told: Announcement
    when: str


def under_way(event: Event) -> list[Waiting]:
    """Return what is scheduled, and what goes out now, the next first. One query."""
    found = Announcement.objects.filter(event=event, state__in=[State.SCHEDULED, State.SENDING])
    return [Waiting(one, _when(one, event.time_zone)) for one in found.order_by("send_at", "pk")]


def _when(told: Announcement, zone: str) -> str:
    return format_moment(told.send_at, zone) if told.state == State.SCHEDULED and told.send_at else ""


def hold(told: Announcement) -> None:
    """Hold its event as it is until what begins has begun: whoever calls it off comes before, or after."""
    if told.event is not None:
        told.event = Event.objects.select_for_update(no_key=True).get(pk=told.event.pk)


def was_called_off_since(told: Announcement) -> bool:
    """Whether its event was called off after it had begun to go out. One query, unless it takes place."""
    if told.event is None or told.started_at is None:
        return False
    return cancellation.was_called_off_since(told.event, told.knows_off_at)


def is_called_off(event: Event | None) -> bool:
    """Whether an event was called off, also where its record says by now that it is archived, or a draft."""
    if event is None or event.is_published:
        return False
    return event.status == Event.Status.CANCELLED or CallingOff.objects.filter(event=event).exists()
