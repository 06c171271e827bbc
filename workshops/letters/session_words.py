"""Messages that the team writes to those who have booked a session, wait for it or host it.

To whom one goes is read when it is sent, under the session's lock, and is one email each: the key names the
message and the person. A message is told by its form's own number, so that pressing twice sends it once, to
those of the first time; other words under that number are refused. It goes out as bulk mail, answered to the
team; its words are kept for 90 days.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events import cancellation, emails
from events.models import Contributor, Session
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter, MessageRow
from workshops.models import Booking, Cancellation, SessionWords

KIND: Final = "session-words"
RETENTION: Final = timedelta(days=90)
Group = SessionWords.Group
#: Whose bookings make them one of a group.
_STATUSES: Final = {
    Group.BOOKED: Booking.PLACED,
    Group.WAITING: (Booking.Status.WAITING, Booking.Status.OFFERED),
}


class NobodyToWriteTo(Exception):
    """An expected no; ``str()`` is the sentence for the editor."""

    def __init__(self) -> None:
        super().__init__("There is nobody to write to now, so nothing was sent.")


class AnotherWasSent(Exception):
    """An expected no: the form has sent a message, and this is another; ``str()`` is for the editor."""

    def __init__(self) -> None:
        super().__init__(
            "Another message has gone out from this form, and this one has not. "
            "Look at it first, then send it as well."
        )


def register() -> None:
    """Tell the outbox who renders them; for ``AppConfig.ready``."""
    outbox.register(KIND, render, is_bulk=True)


@retried
def send(
    session: Session, group: str, *, subject: str, words: str, submission: UUID, by: Member, at: datetime
) -> int:
    """Owe everybody of the group the message, and return to how many it went; twice is once.

    Raises ``NobodyToWriteTo`` and ``AnotherWasSent``.
    """
    # With its event: whoever calls one of them off comes before, or after.
    rows = Session.objects.select_for_update(no_key=True, of=("self", "event")).select_related("event")
    now = rows.get(pk=session.pk)
    sent = SessionWords.objects.filter(submission=submission).first()
    if sent is not None:
        if (sent.session_id, sent.group, sent.subject, sent.words) != (session.pk, group, subject, words):
            raise AnotherWasSent
        return how_many_were_told(sent)
    people = list(recipients(session, group))
    if not people:
        raise NobodyToWriteTo
    told = SessionWords.objects.create(
        session=now,
        group=group,
        subject=subject,
        words=words,
        submission=submission,
        by=by,
        at=at,
        knows_off_at=None if now.event.is_published else cancellation.called_off_at(now.event),
        knows_cancelled_at=_cancelled_at(now),
    )
    outbox.enqueue_many(KIND, (_row(told, one) for one in people), at=at)
    trail.record(session, Act.SESSION_WRITTEN_TO, by=by, at=at, number=len(people))
    return len(people)


def how_many(session: Session, group: str) -> int:
    """Return how many would be written to now."""
    return sum(1 for _ in recipients(session, group))


def hosts_out_of_reach(session: Session) -> list[str]:
    """Return the names of hosts to whom nothing can be sent, by account or by their record's address."""
    return [one.name for one, person in _hosts(session) if person is None]


def how_many_were_told(told: SessionWords) -> int:
    """Return to how many a message went."""
    return Message.objects.filter(kind=KIND, key__startswith=_key(told), resend_of=None).count()


def render(message: Message) -> Letter | None:
    """Render the words as they were written; nothing once they are forgotten, or to who has given it up."""
    every = SessionWords.objects.select_related("session__event")
    told, person = every.filter(pk=message.payload.get("words")).first(), emails.recipient(message)
    if told is None or person is None:
        return None
    if _was_called_off_since(told):
        return None  # what it says may be no longer so; owed again if that is brought back
    there = Booking.objects.live().filter(session=told.session_id, member=message.member_id)
    return letter(told, person) if told.group == Group.HOSTS or there.exists() else None


def _was_called_off_since(told: SessionWords) -> bool:
    """Whether the event or the session was called off after it was written, whatever the clocks said."""
    if cancellation.was_called_off_since(told.session.event, told.knows_off_at):
        return True
    return _cancelled_at(told.session) not in (None, told.knows_cancelled_at)


def _cancelled_at(session: Session) -> datetime | None:
    """Return when it was cancelled. One query, unless it takes place."""
    if session.status != Session.Status.CANCELLED:
        return None
    return Cancellation.objects.filter(session=session).values_list("at", flat=True).first()


def letter(told: SessionWords, person: Member | Contributor) -> Letter:
    """Return the letter as this person gets it; ``told`` need not be saved, so that it can be looked at."""
    session = told.session
    is_host = told.group == Group.HOSTS
    because = emails.because_hosting if is_host else emails.because_registered
    context = emails.about_event(session.event) | {"session": session, "subject_of_it": told.subject}
    return emails.write(KIND, person, context | {"words": told.words}, reason=because(session.event))


def forget(*, at: datetime) -> int:
    """Delete messages whose words are kept no longer; return how many."""
    return SessionWords.objects.filter(at__lte=at - RETENTION).delete()[0]


def recipients(session: Session, group: str) -> Iterator[Member | Contributor]:
    """Yield each person once; of two hosts with one address, the one with an account."""
    if group != Group.HOSTS:
        bookings = Booking.objects.filter(session=session, status__in=_STATUSES[Group(group)])
        reached = bookings.filter(member__in=Member.objects.reachable())
        yield from (one.member for one in reached.select_related("member").order_by("ticket", "pk"))
        return
    found: dict[str, Member | Contributor] = {}
    for _, person in _hosts(session):
        if person is not None and (isinstance(person, Member) or person.email.lower() not in found):
            found[person.email.lower()] = person
    yield from found.values()


def _hosts(session: Session) -> Iterator[tuple[Contributor, Member | Contributor | None]]:
    """Yield each host and how they are reached: by their account, else by their record's address."""
    reached = Exists(Member.objects.reachable().filter(pk=OuterRef("member")))
    hosts = session.contributors.select_related("member").annotate(is_reached=reached)
    for one in hosts.order_by("pk"):
        yield one, one.member if one.is_reached else one if one.email else None


def _row(told: SessionWords, person: Member | Contributor) -> MessageRow:
    if isinstance(person, Member):
        return MessageRow(f"{_key(told)}{person.pk}", member_id=person.pk, payload={"words": told.pk})
    payload = {"words": told.pk, "contributor": person.pk}
    return MessageRow(f"{_key(told)}host:{person.pk}", email=person.email, payload=payload)


def _key(told: SessionWords) -> str:
    return f"{KIND}:{told.session_id}:{told.pk}:"
