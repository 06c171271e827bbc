"""Which emails people may do without, and that they do not want them.

A higher app names a *choice* with ``register``; what it sends of that kind it asks ``wants`` at the moment of
sending. A choice is on until somebody turns it off: on their page of email choices, by the link at the end of
such an email, or by their mail program's own button (RFC 8058), which knows nothing but the address in the
email's head. That address says neither who nor what: it is sealed. What nobody gets unasked
(``is_unasked_off``) is off until somebody turns it on.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from audit import trail
from audit.actors import By
from audit.acts import Act
from common import sealing
from common.statements import Statement
from common.transactions import retried
from members.models import AccountMerge, EmailsAsked, EmailsStopped, Member, MemberQuerySet

PURPOSE: Final = "members.email-choices"
#: Nobody has had more accounts that went into each other.
MOST_MERGES: Final = 10


@dataclass(frozen=True)
class Choice:
    """A kind of emails that nobody has to get: its name in the table, and what people read of it."""

    name: str
    label: Any
    what: Any
    #: Whether nobody gets them who has not asked for them.
    is_unasked_off: bool = False


_CHOICES: dict[str, Choice] = {}
_STOPPED: Statement[EmailsStopped] = Statement(
    lambda member, choice: EmailsStopped.objects.filter(member_id=member, choice=choice)
)
_ASKED: Statement[EmailsAsked] = Statement(
    lambda member, choice: EmailsAsked.objects.filter(member_id=member, choice=choice)
)


def register(choice: Choice) -> None:
    """Name what people may turn off. Call it in ``AppConfig.ready``."""
    _CHOICES[choice.name] = choice


def choices() -> list[Choice]:
    """Return all of them, in the order in which they were named."""
    return list(_CHOICES.values())


def named(name: str) -> Choice | None:
    """Return the choice of that name."""
    return _CHOICES.get(name)


def stopped(member: Member) -> set[str]:
    """Return the names of the choices that are off for them. Two queries."""
    asked = set(EmailsAsked.objects.filter(member=member).values_list("choice", flat=True))
    unasked = {one.name for one in choices() if one.is_unasked_off and one.name not in asked}
    return unasked | set(EmailsStopped.objects.filter(member=member).values_list("choice", flat=True))


def wants(member: Member, choice: str) -> bool:
    """Whether they may be sent emails of this kind now. One query."""
    if _is_unasked_off(choice):
        return _ASKED.first(member=member.pk, choice=choice) is not None
    return _STOPPED.first(member=member.pk, choice=choice) is None


def who_want(people: MemberQuerySet, choice: str) -> MemberQuerySet:
    """Return those of them who have not turned it off, or have asked for it where nobody gets it unasked."""
    if _is_unasked_off(choice):
        return people.filter(Exists(EmailsAsked.objects.filter(member=OuterRef("pk"), choice=choice)))
    rows = EmailsStopped.objects.filter(member=OuterRef("pk"), choice=choice)
    return people.filter(~Exists(rows))


@retried
def stop(member: Member, choice: str, *, by: By, at: datetime) -> bool:
    """Send them no more of these; return whether they were sent until now. Again changes nothing."""
    if not Member.objects.lock_open(member.pk).exists():
        return False
    if _is_unasked_off(choice):
        is_new = bool(EmailsAsked.objects.filter(member=member, choice=choice).delete()[0])
    else:
        moment = {"stopped_at": at}
        is_new = EmailsStopped.objects.get_or_create(member=member, choice=choice, defaults=moment)[1]
    if is_new:
        trail.record(member, Act.EMAILS_STOPPED, by=by, at=at, fields=[choice])
    return is_new


@retried
def start(member: Member, choice: str, *, by: By, at: datetime) -> bool:
    """Send them these again; return whether they had been stopped. Again changes nothing."""
    if _is_unasked_off(choice):
        moment = {"asked_at": at}
        was_stopped = EmailsAsked.objects.get_or_create(member=member, choice=choice, defaults=moment)[1]
    else:
        was_stopped = bool(EmailsStopped.objects.filter(member=member, choice=choice).delete()[0])
    if was_stopped:
        trail.record(member, Act.EMAILS_STARTED, by=by, at=at, fields=[choice])
    return was_stopped


def _is_unasked_off(name: str) -> bool:
    choice = named(name)
    return choice is not None and choice.is_unasked_off


def stop_url(member: Member, choice: str) -> str:
    """Return the address that ends these emails to them: a page with one button, and for mail programs."""
    sealed = sealing.box(PURPOSE).encrypt(f"{member.pk} {choice}".encode())
    return settings.SITE_URL + reverse("members:emails_stop", args=[sealed.decode().rstrip("=")])


def opened(token: str) -> tuple[Member | None, Choice] | None:
    """Return whom and what an address of ``stop_url`` is about; nobody where they were erased since.

    An account that was brought into another one stands for that. ``None`` for what was made up.
    """
    try:
        padded = token + "=" * (-len(token) % 4)
        pk, _, name = sealing.box(PURPOSE).decrypt(padded.encode()).decode().partition(" ")
    except InvalidToken:
        return None
    choice = named(name)
    if choice is None:
        return None
    return _open_account(int(pk)), choice


def _open_account(pk: int) -> Member | None:
    """Return the account, or the one that it went into, however often."""
    done = AccountMerge.objects.filter(done_at__isnull=False)
    for _ in range(MOST_MERGES):
        kept = done.filter(ended=pk).values_list("kept", flat=True).first()
        if kept is None:
            break
        pk = kept
    found: Member | None = Member.objects.filter(pk=pk, is_active=True).first()
    return found
