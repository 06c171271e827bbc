"""Who has written to the same people lately, so that two of the team do not tell them the same.

Announcements of the last weeks to the same audience of the same event, to everybody registered, or to all
members; and messages to those who come to its sessions.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from events.models import Session
from team.models import Announcement
from workshops.models import SessionWords

SINCE: Final = timedelta(days=14)
SHOWN: Final = 5
Audience = Announcement.Audience


@dataclass(frozen=True)
class Written:
    """One of them: its subject, to whom it went, who sent it, and when."""

    subject: str
    to: str
    by: str
    at: datetime


def announcements(*, event_id: int | None, at: datetime, but: int | None = None) -> list[Written]:
    """Return the last announcements to people of an event, or to the community. One query."""
    of_them = Q(event=event_id) | Q(audience=Audience.MEMBERS)
    rows = Announcement.objects.filter(of_them, started_at__gt=at - SINCE).exclude(pk=but or 0)
    latest = rows.select_related("event", "sent_by").order_by("-started_at")[:SHOWN]
    return [
        Written(one.subject, to(one), one.sent_by.name if one.sent_by else "", one.started_at)
        for one in latest
        if one.started_at is not None
    ]


def about_sessions(*, event_id: int, at: datetime, session_id: int | None = None) -> list[Written]:
    """Return the last messages to those who come to a session of an event, or to one session. One query."""
    rows = SessionWords.objects.filter(session__event=event_id, at__gt=at - SINCE)
    if session_id is not None:
        rows = rows.filter(session=session_id)
    latest = rows.select_related("session", "by").order_by("-at")[:SHOWN]
    return [
        Written(one.subject, f"{one.get_group_display()}: {one.session.title}", one.by.name, one.at)
        for one in latest
    ]


def lately(told: Announcement, *, at: datetime) -> list[Written]:
    """Return what the people of an audience were written lately, the latest first. Two queries."""
    found = announcements(event_id=told.event_id, at=at, but=told.pk)
    if told.event_id is not None:
        found += about_sessions(event_id=told.event_id, at=at)
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def to_a_session(session: Session, *, at: datetime) -> list[Written]:
    """Return what those who come to a session were written lately, the latest first. Two queries."""
    found = announcements(event_id=session.event_id, at=at)
    found += about_sessions(event_id=session.event_id, at=at, session_id=session.pk)
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def to(told: Announcement) -> str:
    """Say to whom an announcement goes: "Everybody who is registered (Event 2026)"."""
    return (
        f"{told.get_audience_display()} ({told.event.title})" if told.event else told.get_audience_display()
    )
