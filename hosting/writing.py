"""A host writes to those who have a place: at most three messages a session, and no address either way.

They go out as those of the team do (``workshops.letters.session_words``), who read them on the session's
page, and answers come to the team. Whoever may not see who comes writes to nobody. A message is told by its
form's own number: pressed twice it is one. Its words are kept for 90 days.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.transactions import retried
from events import emails
from events.models import Contributor, Session
from hosting import people
from hosting.access import HostingRefused, Reader
from hosting.models import MOST_MESSAGES, HostWords
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter, MessageRow
from workshops.letters import session_words
from workshops.models import Booking

KIND: Final = "host-words"


class NobodyComes(HostingRefused):
    """Nobody has a place."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has a place now, so nothing was sent."))


class NoMessageLeft(HostingRefused):
    """The hosts of the session have sent all that they may."""

    def __init__(self) -> None:
        super().__init__(_("Three messages have gone out already. Ask the team to write for you."))


class AnotherWasSent(HostingRefused):
    """The form has sent a message, and this is another."""

    def __init__(self) -> None:
        super().__init__(
            _("Another message has gone out from this form. Look at this one first, then send it as well.")
        )


@retried
def write(
    session: Session, reader: Reader, *, subject: str, words: str, submission: UUID, at: datetime
) -> int:
    """Owe everybody who has a place the message, and return to how many it went; twice is once.

    Raises ``NotTheirs``, ``NotAgreed``, ``NobodyComes``, ``NoMessageLeft`` and ``AnotherWasSent``.
    """
    Session.objects.select_for_update(no_key=True, of=("self",)).get(pk=session.pk)
    host = people.seen_by(session, reader, at=at).contributor
    sent = HostWords.objects.filter(submission=submission).first()
    if sent is not None:
        if (sent.session_id, sent.host_id, sent.subject, sent.words) != (session.pk, host.pk, subject, words):
            raise AnotherWasSent
        return Message.objects.filter(kind=KIND, key__startswith=_key(sent), resend_of=None).count()
    told = HostWords(session=session, host=host, subject=subject, words=words, submission=submission, at=at)
    told.number = _number(session)
    to = list(session_words.recipients(session, session_words.Group.BOOKED))
    if not to:
        raise NobodyComes
    told.save(force_insert=True)
    outbox.enqueue_many(KIND, (_row(told, one) for one in to), at=at)
    trail.record(session, Act.HOST_WROTE, by=reader.by, at=at, number=len(to), contributor=host.pk)
    return len(to)


def how_many(session: Session) -> int:
    """Return to how many a message would go now: who has a place, and nobody to whom one is offered."""
    return session_words.how_many(session, session_words.Group.BOOKED)


def left(session: Session) -> int:
    """Return how many messages the session's hosts may still send."""
    return MOST_MESSAGES - written(session).count()


def written(session: Session) -> "QuerySet[HostWords]":
    """Return what the hosts of a session have written, with who it was."""
    return HostWords.objects.filter(session=session).select_related("host")


def render(message: Message) -> Letter | None:
    """Render the words as they were written; nothing once they are forgotten, or to who has no place."""
    every = HostWords.objects.select_related("session__event", "host")
    told, person = every.filter(pk=message.payload.get("words")).first(), emails.recipient(message)
    if told is None or person is None:
        return None
    there = Booking.objects.with_place().filter(session=told.session_id, member=message.member_id)
    return letter(told, person) if there.exists() else None


def letter(told: HostWords, person: Member | Contributor) -> Letter:
    """Return the letter as this person gets it; ``told`` need not be saved, so that it can be looked at."""
    event = told.session.event
    context = emails.about_event(event) | {
        "session": told.session,
        "host_name": told.host.name,
        "subject_of_it": told.subject,
        "words": told.words,
    }
    return emails.write(KIND, person, context, reason=emails.because_registered(event))


def forget(*, at: datetime) -> int:
    """Delete messages whose words are kept no longer; return how many."""
    return HostWords.objects.filter(at__lte=at - session_words.RETENTION).delete()[0]


def _number(session: Session) -> int:
    taken = set(HostWords.objects.filter(session=session).values_list("number", flat=True))
    for number in range(1, MOST_MESSAGES + 1):
        if number not in taken:
            return number
    raise NoMessageLeft


def _row(told: HostWords, person: Member | Contributor) -> MessageRow:
    return MessageRow(f"{_key(told)}{person.pk}", member_id=person.pk, payload={"words": told.pk})


def _key(told: HostWords) -> str:
    return f"{KIND}:{told.session_id}:{told.pk}:"
