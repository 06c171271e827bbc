"""How to join, in an email: only where people cannot reach the site (the one exception to rule P5).

Everywhere else the link is on pages alone, for those who may see it. Where the site is down for people,
one press of the team, or ``manage.py joining_letter`` where pages are down for them too, sends it to
those who have a place (or are registered, where nobody books), and to hosts: from two hours before the
start until the end, each once for each way to join, with a reason that is kept. It is rendered as it is
sent, from what is true then, for who has still their place; what it says is kept nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from audit import history, trail
from audit.actors import By
from audit.acts import Act
from common import keyed_digests
from common.refusals import Refusal
from common.transactions import retried
from events import emails
from events.joining_details import is_contributor
from events.models import Contributor, Registration, Session
from live.models import JoiningLetter
from live.models_letters import MOST_REASON
from members.models import Member
from notifications import outbox
from notifications.models import Message
from notifications.outbox import Letter, MessageRow
from workshops.letters import session_words
from workshops.letters.session_words import Group
from workshops.models import Booking

KIND: Final = "joining-letter"
#: How long before its start it may go out.
BEFORE: Final = timedelta(hours=2)
#: How long it is kept that it went out, and why.
RETENTION: Final = timedelta(days=365)
_DETAILS: Final = ("join_url", "meeting_number", "passcode", "dial_in")


class LetterRefused(Refusal):
    """An expected no."""


@dataclass(frozen=True)
class Sent:
    """How many are emailed by this press, and how many had it already."""

    new: int
    before: int


def register() -> None:
    """Tell the outbox who renders it; for ``AppConfig.ready``."""
    outbox.register(KIND, render, is_bulk=True, is_confidential=True)


@retried
def send(session: Session, reason: str, *, by: By, at: datetime) -> Sent:
    """Owe everybody who takes part the letter, who has not got this way to join already.

    Raises ``LetterRefused``.
    """
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event", "workshop")
    session = rows.get(pk=session.pk)
    reason = " ".join(reason.split())
    check(session, at=at)
    if not reason or len(reason) > MOST_REASON:
        raise LetterRefused(_("Say why in at most 200 characters: it is an exception that is recorded."))
    told = JoiningLetter.objects.create(
        session=session,
        details=_digest(session),
        reason=reason,
        by=by if isinstance(by, Member) else None,
        at=at,
    )
    before = how_many_were_sent(told)
    owed = (_row(told, one) for one in recipients(session))
    outbox.enqueue_many(KIND, owed, at=at, not_after=session.ends_at)
    new = how_many_were_sent(told) - before
    if new:
        trail.record(session, Act.JOINING_LETTER_SENT, by=by, at=at, number=new)
    else:
        told.delete()  # nothing went out, so there is no exception to account for
    return Sent(new, before)


def check(session: Session, *, at: datetime) -> None:
    """Raise ``LetterRefused`` where it must not go out at this moment."""
    if session.starts_at is None or session.ends_at is None or not session.is_published:
        raise LetterRefused(_("It does not take place, so there is nothing to join."))
    if not session.event.is_published or at >= session.ends_at:
        raise LetterRefused(_("It is over, so there is nothing to join."))
    if at < session.starts_at - BEFORE:
        raise LetterRefused(_("It goes out from two hours before the session on, and not earlier."))
    if not (session.join_url or session.meeting_number or session.dial_in):
        raise LetterRefused(_("Nothing is known of how to join it. Set the link first."))


def can_be_sent(session: Session, *, at: datetime) -> bool:
    """Whether it may go out at this moment."""
    try:
        check(session, at=at)
    except LetterRefused:
        return False
    return True


def recipients(session: Session) -> Iterator[Member | Contributor]:
    """Yield everybody who takes part, each once: with a place or registered, and hosts."""
    people: dict[tuple[bool, int], Member | Contributor] = {}
    taking_part = (
        session_words.recipients(session, Group.BOOKED)
        if getattr(session, "workshop", None) is not None
        else Member.objects.reachable().filter(pk__in=_registered(session)).order_by("pk").iterator()
    )
    hosts = (one for one in session_words.recipients(session, Group.HOSTS) if _hosts_now(session, one))
    for one in (*taking_part, *hosts):
        people.setdefault((isinstance(one, Member), one.pk), one)
    yield from people.values()


def how_many_were_sent(told: JoiningLetter) -> int:
    """Return to how many it went, or goes."""
    return Message.objects.filter(kind=KIND, key__startswith=_key(told), resend_of=None).count()


def render(message: Message) -> Letter | None:
    """Render how to join as it is now; nothing to who has no place any more, or once it is cancelled."""
    rows = JoiningLetter.objects.select_related("session__event", "session__workshop")
    told, person = rows.filter(pk=message.payload.get("letter")).first(), emails.recipient(message)
    if told is None or person is None or not (told.session.is_published and told.session.event.is_published):
        return None
    return letter(told.session, person) if _takes_part(told.session, person) else None


def letter(session: Session, person: Member | Contributor) -> Letter:
    """Return the letter as this person gets it; also to be looked at before."""
    context = emails.about_event(session.event) | {"session": session}
    return emails.write(KIND, person, context, reason=emails.because_registered(session.event))


def forget(*, at: datetime) -> int:
    """Forget that letters went out long ago; return how many."""
    return JoiningLetter.objects.filter(at__lte=at - RETENTION).delete()[0]


def _takes_part(session: Session, person: Member | Contributor) -> bool:
    """Whether they are to join at this moment: they host or speak, have a place, or are registered."""
    if _hosts_now(session, person):
        return True
    if not isinstance(person, Member):
        return False
    if getattr(session, "workshop", None) is None:
        return _registered(session).filter(member=person).exists()
    return Booking.objects.with_place().filter(session=session, member=person).exists()


def _hosts_now(session: Session, person: Member | Contributor) -> bool:
    """Whether they host or speak in it, and were not taken out of the event: by account, or by address."""
    if isinstance(person, Member):
        return is_contributor(session, person)
    owner = (
        EmailAddress.objects.filter(email=person.email.lower(), verified=True).select_related("user").first()
    )
    if owner is not None and not is_contributor(session, owner.user):
        return False
    return session.contributors.filter(pk=person.pk, member=None).exists()


def _registered(session: Session) -> "QuerySet[Registration, int]":
    return Registration.objects.confirmed().filter(event=session.event_id).values_list("member", flat=True)


def _row(told: JoiningLetter, person: Member | Contributor) -> MessageRow:
    if isinstance(person, Member):
        return MessageRow(f"{_key(told)}{person.pk}", member_id=person.pk, payload={"letter": told.pk})
    payload = {"letter": told.pk, "contributor": person.pk}
    return MessageRow(f"{_key(told)}host:{person.pk}", email=person.email, payload=payload)


def _key(told: JoiningLetter) -> str:
    """Return how the keys about this way to join begin, whichever press sent them."""
    return f"{KIND}:{told.session_id}:{told.details[:32]}:"


def _digest(session: Session) -> str:
    """Name this way to join: after another one and back it is a new one, as the other was the last told."""
    told = Q()
    for name in _DETAILS:
        told |= Q(facts__fields__contains=name)
    last = history.entries_of(session).filter(told).order_by("-pk").values_list("pk", flat=True).first()
    way = [str(last), *(getattr(session, name) for name in _DETAILS)]
    return keyed_digests.made(KIND, "\n".join(way))
