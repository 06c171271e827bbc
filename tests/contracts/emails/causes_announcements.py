"""What the team mails to many, and to itself to test it."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING
from uuid import uuid4

from events.models import Event
from members.models import Member
from team.announcements import writing
from team.models import Announcement
from tests import make
from tests.make import NOW
from tests.team.announcements import announcing

if TYPE_CHECKING:
    from tests.contracts.emails.causes import Names


def _draft(names: "Names", by: Member, event: Event) -> Announcement:
    words = f"<p>{{name}}</p><p>{escape(names.words)}</p><p>{{agenda link}}</p>"
    return announcing.draft(by, "registered", event=event, subject=names.title[:78], words=words)


def _announced(names: "Names") -> None:
    event, tess = names.event(), make.member("Tess")
    names.registered(event)
    announcing.send(_draft(names, tess, event), tess)
    announcing.write()


def _tested(names: "Names") -> None:
    tess = make.member(names.person)
    writing.test(_draft(names, tess, names.event()), uuid4(), by=tess, at=NOW)


CAUSES: "dict[str, Callable[[Names], object]]" = {"announcement": _announced, "announcement-test": _tested}
