"""Puts the demo's event where it can be seen the day before, while it is on, and afterwards.

``make run DEMO_DAY=before|day|after`` does it each time that the site starts, whatever day the demo was
loaded on. It goes past the rules, so nobody is mailed; what lies between the sessions stays.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from common.times import SITE_ZONE
from events.models import Event, Session
from events.programme.cache_version import raise_version

BEFORE, DAY, AFTER = "before", "day", "after"
#: On the day the first workshops have been on for so long, to the quarter of an hour.
BEGUN: Final = timedelta(minutes=15)
#: What was recorded has this address afterwards, and none before.
RECORDING: Final = "https://video.example.org/live/"
#: Places and bookings keep the times of their sessions.
TIMES: Final = (
    """UPDATE workshops_workshop AS places SET during = tstzrange(session.starts_at, session.ends_at)
    FROM events_session AS session WHERE session.id = places.session_id AND session.event_id = %s""",
    """UPDATE workshops_booking AS booking SET during = tstzrange(session.starts_at, session.ends_at)
    FROM events_session AS session WHERE session.id = booking.session_id AND session.event_id = %s""",
)


@transaction.atomic
def show(event: Event, day: str, *, at: datetime) -> None:
    """Move the event and its sessions so that it is that ``day`` at the moment ``at``."""
    live = list(Session.objects.filter(event=event).live().in_order())
    _MOVES[day](event, live, at)
    for session in live:
        session.note_offsets()
        is_watched = day == AFTER and session.is_recorded
        session.recording_url = f"{RECORDING}{session.pk}" if is_watched else ""
    days = {session.starts_at.astimezone(event.zone).date() for session in live if session.starts_at}
    Event.objects.filter(pk=event.pk).update(
        first_day=min(days), last_day=max(days), ask_needs_by=min(days) - timedelta(days=7)
    )
    names = ["starts_at", "ends_at", "starts_offset", "ends_offset", "recording_url"]
    Session.objects.bulk_update(live, names)
    with connection.cursor() as cursor:
        for statement in TIMES:
            cursor.execute(statement, [event.pk])
    raise_version(event.pk)


def _before(event: Event, live: list[Session], at: datetime) -> None:
    today = at.astimezone(event.zone).date()
    _put(live, days=(today - event.first_day).days + 1)


def _on_the_day(event: Event, live: list[Session], at: datetime) -> None:
    today = at.astimezone(event.zone).date()
    _put(live, days=(today - event.first_day).days)
    first = min(one.starts_at for one in live if one.format == Session.Format.WORKSHOP and one.starts_at)
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    further = quarter - BEGUN - first
    for session in live:
        assert session.starts_at and session.ends_at, "a live session"  # noqa: S101, PT018  # narrows the type
        session.starts_at, session.ends_at = session.starts_at + further, session.ends_at + further


def _after(event: Event, live: list[Session], at: datetime) -> None:
    today = at.astimezone(event.zone).date()
    _put(live, days=(today - event.last_day).days - 1)


def _put(live: list[Session], *, days: int) -> None:
    """Put sessions that many days later; clocks show the same."""
    for session in live:
        assert session.starts_at and session.ends_at, "a live session"  # noqa: S101, PT018  # narrows the type
        session.starts_at, session.ends_at = (
            moment.astimezone(SITE_ZONE) + timedelta(days=days)
            for moment in (session.starts_at, session.ends_at)
        )


_MOVES: Final[dict[str, Callable[[Event, list[Session], datetime], None]]] = {
    BEFORE: _before,
    DAY: _on_the_day,
    AFTER: _after,
}
