"""What staff say to everybody who looks, on pages of the apps below."""

from collections.abc import Callable, Collection
from datetime import datetime

from django import template
from django.utils import timezone

from common.times import format_clock, zone_name
from events.models import Event, Session
from live import notices
from workshops.agenda.reading import Agenda

register = template.Library()


@register.inclusion_tag("live/_notices.html")
def day_notices(event: Event, session: Session | None = None) -> dict[str, object]:
    """The notices about the event, and about ``session``. No query until the programme changes."""
    return shown(event, lambda pk: session is not None and pk == session.pk, at=timezone.now())


@register.inclusion_tag("live/_notices.html")
def day_notices_of_agenda(event: Event, agenda: Agenda) -> dict[str, object]:
    """The notices about the event, and about the sessions of it that are the reader's, or open to all."""
    return shown(event, lambda pk: _is_theirs(agenda, pk), at=timezone.now())


@register.inclusion_tag("live/_notices.html")
def day_notices_among(event: Event, ids: Collection[int]) -> dict[str, object]:
    """The notices about the event, and about the sessions with these ids."""
    return shown(event, lambda pk: pk in ids, at=timezone.now())


def shown(event: Event, is_read: Callable[[int], bool], *, at: datetime) -> dict[str, object]:
    """Return what the partial shows; pages that follow the day have its place also while nothing stands.

    ``is_read`` says of the id of a session whether its notices are for the reader.
    """
    is_near = notices.is_time(event, at=at)
    standing = notices.current(event, at=at) if is_near else ()
    found = [one for one in standing if one.session_id is None or is_read(one.session_id)]
    zone = event.time_zone
    return {
        "notices": [(one.words, format_clock(one.set_at, zone)) for one in found],
        "is_near": is_near,
        "zone": zone_name(zone, at),
    }


def _is_theirs(agenda: Agenda, session_id: int) -> bool:
    if session_id not in agenda.states:
        return False
    state = agenda.states[session_id]
    return state.is_booked or state.is_open_to_everyone or state.is_mine
