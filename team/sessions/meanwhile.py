"""What colleagues did to a session while somebody had a form of it open: who, what and when.

A form carries the newest act that it has seen, and is told of those after it. What people book is no act on
the session.
"""

from collections.abc import Iterable

from audit import history
from audit.acts import Act
from audit.models import Entry
from common.times import format_moment
from events.models import Session
from members.models import Member

#: So many acts are named, the newest first.
NAMED = 3


def newest(session: Session) -> str:
    """Name the newest act on a session, for a form to bring back. One query."""
    return str(history.entries_of(session).order_by("-pk").values_list("pk", flat=True).first() or 0)


def since(session: Session, opened: str) -> str:
    """Say what was done to it after the act that a form names; nothing where nothing was. Two queries."""
    if not (opened.isascii() and opened.isdecimal() and len(opened) < 19):
        return ""
    return _said(session, history.entries_of(session).filter(pk__gt=opened).order_by("-pk")[:NAMED])


def last(session: Session, act: Act) -> tuple[str, int | None]:
    """Say when this was done to it last, and by whom: in words, and the id of their account. Two queries."""
    found = list(history.entries_of(session).filter(act=act).order_by("-pk")[:1])
    return _said(session, found), found[0].actor_id if found else None


def is_own(found: tuple[str, int | None], reader: Member) -> bool:
    """Whether it was a press of the reader's own."""
    return found[1] == reader.pk


def _said(session: Session, entries: Iterable[Entry]) -> str:
    zone = session.event.time_zone
    lines = history.lines(entries)
    return " ".join(f"{one.who}, {format_moment(one.at, zone)}: {one.what}." for one in lines)
