"""The emails that went to many about one session: what each told, to how many, and how far it has come.

Their keys begin with the kind, the session and the cause (``workshops.notices``), so one query counts them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import CharField, Count, F, Func, Min, Q, Value

from events.models import Session
from hosting import writing
from hosting.models import HostWords
from notifications.models import Message
from workshops.letters import session_words
from workshops.models import SessionWords

State = Message.State
#: Kind → what it told.
KINDS: Final = {
    "session-changed": "A new time or room",
    "session-cancelled": "That it does not take place",
    session_words.KIND: "A message from the team",
    writing.KIND: "A message from a host",
}


@dataclass(frozen=True)
class Mailing:
    """What one cause told, from when on, and how many emails are in which state."""

    what: str
    at: datetime
    people: int
    sent: int
    waiting: int
    failed: int
    #: What a message said.
    words: str = ""

    @property
    def rest(self) -> int:
        """How many had nothing left to tell, or nobody to tell it to."""
        return self.people - self.sent - self.waiting - self.failed


def mailings(session: Session) -> list[Mailing]:
    """Return what was mailed to many about a session, the latest first. Three queries."""
    keys = [Q(kind=kind, key__startswith=f"{kind}:{session.pk}:") for kind in KINDS]
    about = Message.objects.filter(debounced=False, resend_of=None).filter(_any(keys))
    cause = Func(F("key"), Value(":"), Value(3), function="split_part", output_field=CharField())
    rows = about.annotate(cause=cause).order_by().values("kind", "cause")
    counted = rows.annotate(
        at=Min("created_at"),
        people=Count("pk"),
        sent=Count("pk", filter=Q(state=State.SENT)),
        waiting=Count("pk", filter=Q(state__in=[State.QUEUED, State.SENDING])),
        failed=Count("pk", filter=Q(state__in=[State.FAILED, State.MAYBE_SENT])),
    )
    words: dict[tuple[str, str], SessionWords | HostWords] = {
        (session_words.KIND, str(one.pk)): one for one in SessionWords.objects.filter(session=session)
    }
    words |= {(writing.KIND, str(one.pk)): one for one in writing.written(session)}
    latest = counted.order_by("-at", "-cause")
    return [_mailing(row, words.get((row["kind"], row["cause"]))) for row in latest]


def _any(conditions: list[Q]) -> Q:
    found = Q(pk=None)
    for one in conditions:
        found |= one
    return found


def _mailing(row: Mapping[str, Any], told: SessionWords | HostWords | None) -> Mailing:
    numbers = {name: row[name] for name in ("at", "people", "sent", "waiting", "failed")}
    if isinstance(told, HostWords):
        return Mailing(f"“{told.subject}”, from the host {told.host.name}", words=told.words, **numbers)
    if told is not None:
        return Mailing(f"“{told.subject}”, to: {told.get_group_display()}", words=told.words, **numbers)
    return Mailing(KINDS[row["kind"]], **numbers)
