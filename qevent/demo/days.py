"""Puts the demo's event where it can be seen the day before, while it is on, and afterwards.

``make run DEMO_DAY=before|day|after`` does it each time that the site starts, whatever day the demo was
loaded on. It goes past the rules, so nobody is mailed of that; what lies between the sessions stays. The day
before, the letters of that day are owed to the demo's accounts, whatever the hour.
"""

from datetime import datetime, time, timedelta
from typing import Final

from django.db import connection, transaction

from events.models import Event, Session
from events.programme.cache_version import raise_version
from live.models import Attendance
from members.models import Member
from notifications.models import Message
from qevent.demo import board, feedback, learning, recordings, take_aways
from workshops.letters import day_before

BEFORE, DAY, AFTER = "before", "day", "after"
#: When the first session of the programme starts, on the other days.
OPENS: Final = time(9, 30)
#: On the day the first workshops have been on for so long, to the quarter of an hour.
BEGUN: Final = timedelta(minutes=15)
#: Who of the team is at the day board.
EVENT_ADMIN: Final = "tess@example.org"
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
    further = _first(live, day, at.astimezone(event.zone)) - min(_starts(session) for session in live)
    for session in live:
        session.starts_at, session.ends_at = _starts(session) + further, _ends(session) + further
        session.note_offsets()
    days = {_starts(session).astimezone(event.zone).date() for session in live}
    Event.objects.filter(pk=event.pk).update(
        first_day=min(days), last_day=max(days), ask_needs_by=min(days) - timedelta(days=7)
    )
    names = ["starts_at", "ends_at", "starts_offset", "ends_offset"]
    Session.objects.bulk_update(live, names)
    with connection.cursor() as cursor:
        for statement in TIMES:
            cursor.execute(statement, [event.pk])
    raise_version(event.pk)
    Attendance.objects.filter(session__event=event).delete()
    if day == BEFORE:
        _remind(event, at)
    if day == DAY:
        board.show(Event.objects.get(pk=event.pk), Member.objects.get(email=EVENT_ADMIN), at=at)
    if day == AFTER:
        learning.keep(event, at=at)
        recordings.show(event, at=at)
        take_aways.show(event, at=at)
        feedback.answer(Event.objects.get(pk=event.pk), at=at)


def _remind(event: Event, at: datetime) -> None:
    """Owe the letters of the day before, and leave those to people who cannot log in."""
    day_before.owe(Event.objects.get(pk=event.pk), day_before.DAY_BEFORE, at=at)
    letters = Message.objects.filter(kind=day_before.DAY_BEFORE.kind)
    letters.filter(member__email__endswith="@example.net").update(state=Message.State.SUPERSEDED)


def _first(live: list[Session], day: str, at: datetime) -> datetime:
    """Return when the first session starts."""
    if day == DAY:
        workshops = [_starts(session) for session in live if session.format == Session.Format.WORKSHOP]
        before_those = min(workshops) - min(_starts(session) for session in live)
        quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
        return quarter - BEGUN - before_those
    date_ = at.date() + timedelta(days=1 if day == BEFORE else -2)
    return datetime.combine(date_, OPENS, tzinfo=at.tzinfo)


def _starts(session: Session) -> datetime:
    assert session.starts_at is not None, "a live session"  # noqa: S101  # narrows the type
    return session.starts_at


def _ends(session: Session) -> datetime:
    assert session.ends_at is not None, "a live session"  # noqa: S101  # narrows the type
    return session.ends_at
