"""What the team is shown of a person: how they stand, what they have, what they were sent, what happened.

What is shown follows from who reads: events and bookings for those who may see events, emails for those who
may see what became of them, that there are needs (never what they are) for those who may see needs. However
much somebody has, it is as many queries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comments.models import Comment
from members import keys
from members.capabilities import MODERATE, SEE_EVENTS
from members.models import Erasure, Member
from members.privacy import erasure
from notifications import outbox
from notifications.admin_maybe_sent import in_words
from notifications.models import Message
from team.models import PersonNote
from team.people import activity, calls, notes
from team.people.activity import ActivityLine
from team.people.calls import Waiting
from team.people.in_event import InEvent, in_event
from team.people.standing import Word, word_of

SEE_EMAILS: Final = "notifications.view_message"
#: So many emails, and so many notes, are shown.
EMAILS, NOTES = 10, 20
State = Message.State
STATES: Final[dict[str, str]] = {State.FAILED: "problem", State.SENT: "yours", State.MAYBE_SENT: "problem"}


@dataclass(frozen=True)
class EmailLine:
    """One email to them: what it is, what became of it and when."""

    message: Message
    what: str
    word: Word
    at: datetime


@dataclass(frozen=True)
class NoteLine:
    """A note of a colleague, and whether this reader may take it out."""

    note: PersonNote
    may_take_out: bool


@dataclass(frozen=True)
class PersonState:
    """One person as this reader of the team sees them; what they may not see is ``None``.

    ``may_change``: whether the reader may decide about the account, which may be closed or a stronger one.
    """

    person: Member
    standing: Word
    roles: Sequence[str]
    may_change: bool
    erasure: Erasure | None
    activity: Sequence[ActivityLine]
    notes: Sequence[NoteLine]
    sees_events: bool
    in_event: InEvent | None
    emails: Sequence[EmailLine] | None
    #: The letter about what was done for them, as long as it waits.
    call: Waiting | None
    comments: int | None


def state_of(person: Member, *, reader: Member, at: datetime, event: str = "") -> PersonState:
    """Return what this reader is shown of a person of ``search``; ``event`` asks for one of their events."""
    sees_events = reader.has_perm(SEE_EVENTS)
    return PersonState(
        person=person,
        standing=word_of(person),
        roles=[one.name for one in person.groups.all()],
        may_change=person.is_active and keys.may_change(person, by=reader),
        erasure=erasure.pending(person),
        activity=activity.lately(person, reader=reader),
        notes=_notes(person, reader),
        sees_events=sees_events,
        in_event=in_event(person, event, reader=reader, at=at) if sees_events else None,
        emails=_emails(person) if reader.has_perm(SEE_EMAILS) else None,
        call=calls.waiting(person),
        comments=Comment.objects.filter(member=person).count() if reader.has_perm(MODERATE) else None,
    )


def _notes(person: Member, reader: Member) -> list[NoteLine]:
    found = PersonNote.objects.filter(about=person).select_related("by")[:NOTES]
    return [NoteLine(one, notes.may_take_out(one, reader)) for one in found]


def _emails(person: Member) -> list[EmailLine]:
    """Return the latest emails to them; what a later one replaced told nothing."""
    told = Message.objects.filter(member=person).exclude(kind__in=outbox.unlisted())
    found = told.exclude(state=State.SUPERSEDED).order_by("-pk")[:EMAILS]
    return [_email(one) for one in found]


def _email(message: Message) -> EmailLine:
    word = Word(str(message.get_state_display()), STATES.get(message.state, "waiting"))
    at = message.sent_at or message.send_after
    return EmailLine(message, message.subject or in_words(message.kind), word, at)
