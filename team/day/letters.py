"""Joining letters of the day: which are ready to go out, and sending those that were chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from common.times import format_hours
from common.words import counted
from events.models import Event, Session
from live import joining_letter
from live.joining_letter import LetterRefused
from members.models import Member

#: What is on, or starts within it, is ticked beforehand.
SOON: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Ready:
    """One session whose letter can go out now; ``is_meant``: it is on, or starts soon."""

    session: Session
    hours: str
    is_meant: bool


def ready(event: Event, *, at: datetime) -> list[Ready]:
    """Return the sessions whose letters can go out now, by time. One query."""
    sessions = event.sessions.live().published().select_related("workshop").in_order()
    near = sessions.filter(starts_at__lte=at + joining_letter.BEFORE, ends_at__gt=at)
    found = []
    for one in near:
        one.event = event
        if one.starts_at and one.ends_at and joining_letter.can_be_sent(one, at=at):
            hours = format_hours(one.starts_at, one.ends_at, event.time_zone)
            found.append(Ready(one, hours, one.starts_at <= at + SOON))
    return found


def send(sessions: Iterable[Session], reason: str, *, by: Member, at: datetime) -> Iterator[tuple[str, bool]]:
    """Send the letters of these sessions; yield a sentence about each, and whether it went out."""
    for session in sessions:
        try:
            sent = joining_letter.send(session, reason, by=by, at=at)
        except LetterRefused as refusal:
            yield f"{session.title}: {refusal}", False
            continue
        emails = counted(sent.new, "%(count)s email is", "%(count)s emails are")
        had = f" {sent.before} had it already." if sent.before else ""
        yield f"{session.title}: {emails} on the way.{had}", True
