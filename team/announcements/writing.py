"""Writing announcements: a draft is saved, scheduled, taken off the schedule, tested and deleted.

A save names what was seen, and a stale one is refused (``common.edit_conflicts``): so are sending and
scheduling, because whoever presses must have seen the words that go out. Only drafts change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from audit import history, trail
from audit.actors import By
from audit.acts import Act
from audit.models import Entry
from common import edit_conflicts
from common.times import SITE_ZONE, format_moment
from common.transactions import retried
from events.models import Event, Session, Theme
from members.models import Member
from notifications import outbox
from team.announcements import calling_off
from team.announcements.letters import TEST
from team.announcements.refusals import AnnouncementRefused
from team.models import Announcement
from team.models_announcements import ANNOUNCEMENTS_STAY

State = Announcement.State


@dataclass(frozen=True)
class Words:
    """All that is written of an announcement; ``words`` is cleaned HTML."""

    audience: str
    event: Event | None
    theme: Theme | None
    sessions: Iterable[Session]
    subject: str
    words: str
    service_reason: str


def next_event(*, at: datetime) -> Event | None:
    """Return the event that is on or comes next, whose people are most likely written to. One query."""
    return Event.objects.upcoming(timezone.localdate(at)).first()


@retried
def begin(written: Words, *, by: Member, at: datetime) -> Announcement:
    """Keep a new draft."""
    told = Announcement(written_by=by, created_at=at, changed_at=at)
    return _write(told, written, by=by, at=at)


@retried
def save(told: Announcement, written: Words, *, seen: str, by: Member, at: datetime) -> Announcement:
    """Save a draft as it is written now. Raises ``AnnouncementRefused``."""
    told = locked(told.pk)
    check_draft(told)
    check_seen(told, seen)
    return _write(told, written, by=by, at=at)


@retried
def schedule(told: Announcement, moment: datetime, *, seen: str, by: Member, at: datetime) -> bool:
    """Send it at a moment to come; return whether this press did it. Raises ``AnnouncementRefused``."""
    told = locked(told.pk)
    if told.state == State.SCHEDULED and told.send_at == moment:
        return False
    check_draft(told)
    check_seen(told, seen)
    if calling_off.is_called_off(told.event):
        raise AnnouncementRefused("The event was called off, so nothing about it is scheduled. Send it now.")
    if moment <= at:
        raise AnnouncementRefused("This moment has passed. Choose one to come, or send it now.")
    told.state, told.send_at, told.sent_by, told.changed_at = State.SCHEDULED, moment, by, at
    told.save(update_fields=["state", "send_at", "sent_by", "changed_at"])
    trail.record(told, Act.ANNOUNCEMENT_SCHEDULED, by=by, at=at)
    return True


@retried
def unschedule(told: Announcement, *, by: Member, at: datetime) -> None:
    """Make it a draft again; a draft stays one. Raises ``AnnouncementRefused`` once it goes out."""
    told = locked(told.pk)
    if told.state == State.DRAFT:
        return
    if told.state != State.SCHEDULED:
        raise AnnouncementRefused("It has begun to go out. You can stop what is not sent yet.")
    make_draft(told, by=by, at=at)


def make_draft(told: Announcement, *, by: By, at: datetime) -> None:
    """Take a locked one off the schedule."""
    told.state, told.send_at, told.sent_by, told.changed_at = State.DRAFT, None, None, at
    told.save(update_fields=["state", "send_at", "sent_by", "changed_at"])
    trail.record(told, Act.ANNOUNCEMENT_UNSCHEDULED, by=by, at=at)


@retried
def test(told: Announcement, submission: UUID, *, by: Member, at: datetime) -> None:
    """Owe whoever tests it the email as it is, to themselves alone; it counts nowhere. Twice is once."""
    told = locked(told.pk)
    key = f"{TEST}:{told.pk}:{by.pk}:{submission}"
    outbox.enqueue(TEST, at=at, key=key, member=by, payload={"announcement": told.pk})
    trail.record(told, Act.ANNOUNCEMENT_TESTED, by=by, at=at)


@retried
def delete(told: Announcement, *, by: Member, at: datetime) -> None:
    """Delete a draft. Raises ``AnnouncementRefused`` for what has gone out, or is about to."""
    told = locked(told.pk)
    check_draft(told)
    trail.record(told, Act.ANNOUNCEMENT_DELETED, by=by, at=at)
    told.delete()


def forget(*, at: datetime) -> int:
    """Delete what nobody has touched for long enough; return how many."""
    over = Announcement.objects.exclude(state__in=[State.SCHEDULED, State.SENDING])
    old = over.filter(changed_at__lte=at - ANNOUNCEMENTS_STAY)
    return old.delete()[1].get(Announcement._meta.label, 0)


def locked(pk: int) -> Announcement:
    """Return an announcement that nobody else changes now."""
    rows = Announcement.objects.select_for_update(no_key=True, of=("self",)).select_related("event", "theme")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise AnnouncementRefused("It was deleted meanwhile.")
    return found


def check_draft(told: Announcement) -> None:
    """Raise ``AnnouncementRefused`` for what is no draft."""
    if told.state == State.SCHEDULED:
        raise AnnouncementRefused(f"{told.sent_by} has scheduled it. Take it off the schedule to change it.")
    if told.state != State.DRAFT:
        raise AnnouncementRefused(f"{sent_by(told)} It stays as it was sent. Write another one.")


def sent_by(told: Announcement) -> str:
    """Say who sent it, and when it began to go out."""
    assert told.started_at is not None  # noqa: S101  # asked before; narrows the type
    zone = told.event.time_zone if told.event else SITE_ZONE.key
    return f"{told.sent_by} sent it, {format_moment(told.started_at, zone)}."


def check_seen(told: Announcement, seen: str) -> None:
    """Raise ``AnnouncementRefused`` where it is not what was on their screen."""
    if edit_conflicts.stamp(told) != seen:
        raise AnnouncementRefused(f"{edit_conflicts.who_changed(told)} Look at it as it is now first.")


def who_deleted(pk: int) -> str:
    """Say who deleted the draft of that number, and when; nothing where nobody did. Two queries."""
    deleted = Entry.objects.filter(
        thing=Announcement._meta.label_lower, thing_id=pk, act=Act.ANNOUNCEMENT_DELETED
    )
    said = [
        f"{one.who} deleted it, {format_moment(one.at, SITE_ZONE.key)}." for one in history.lines(deleted[:1])
    ]
    return "".join(said)


def _write(told: Announcement, written: Words, *, by: Member, at: datetime) -> Announcement:
    told.audience, told.event, told.theme = written.audience, written.event, written.theme
    told.subject, told.words, told.service_reason = written.subject, written.words, written.service_reason
    chosen = list(written.sessions)
    told.is_of_chosen, told.changed_at = bool(chosen), at
    told.save()
    told.sessions.set(chosen)
    trail.record(told, Act.ANNOUNCEMENT_SAVED, by=by, at=at)
    return told
