"""Writes and sends announcements, and says who was owed one."""

from typing import Any

from common.edit_conflicts import stamp
from members.models import Member
from notifications.models import Message
from team.announcements import sending, writing
from team.announcements.writing import Words
from team.models import Announcement
from tests.make import NOW

KIND = "announcement"


def words(audience: str = "members", **fields: Any) -> Words:
    """What is written of an announcement, to all members unless told."""
    values: dict[str, Any] = {
        "audience": audience,
        "event": None,
        "theme": None,
        "sessions": (),
        "subject": "Save the day",
        "words": "<p>Hello {first name}, see you there.</p>",
        "service_reason": "They host." if audience == "hosts" else "",
    }
    return Words(**values | fields)


def draft(by: Member, audience: str = "members", **fields: Any) -> Announcement:
    """A draft that was written just now."""
    return writing.begin(words(audience, **fields), by=by, at=NOW)


def send(told: Announcement, by: Member) -> bool:
    """Press: it goes out."""
    return sending.send(told, seen=stamp(told), by=by, at=NOW)


def sent(by: Member, audience: str = "members", **fields: Any) -> Announcement:
    """An announcement whose rows are all written."""
    told = draft(by, audience, **fields)
    assert send(told, by)
    write()
    return now(told)


def write() -> int:
    """What a worker does with what goes out."""
    return sending.write_due(clock=lambda: NOW)


def now(told: Announcement) -> Announcement:
    """It, as the database has it."""
    return Announcement.objects.get(pk=told.pk)


def to() -> list[str]:
    """The names, or addresses, of who is owed an announcement."""
    messages = Message.objects.filter(kind=KIND).select_related("member")
    return sorted(one.member.name if one.member else one.email for one in messages)
