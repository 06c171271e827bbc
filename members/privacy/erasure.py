"""Erasing a person: asked for by themselves or the team, done ten days later, or taken back until then.

What is erased is what the apps have named (``common.personal_data``), all of it in one transaction; places
are given up by the rules for that, so that who waits moves up. Rows that others point at stay, emptied. They
are told at once and at the end. Who was erased stands on a list outside the database (``erased_list``),
written before the transaction is committed: at worst somebody is on it who is erased a moment later, or takes
it back and is struck off. The last admin who can log in cannot be erased: nobody could run the site.
Repeating any of it changes nothing.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import COMMAND, SITE, By
from audit.acts import Act
from common.personal_data import registry
from common.personal_data.registry import Held, Person
from common.transactions import after_commit, retried
from members import keys
from members.models import Erasure, FormerAddress, Member
from members.privacy import erased_list, refused_erasures
from members.privacy.erased_list import KeyIsGone
from members.privacy.persons import person_of, standing
from notifications import outbox

#: How long somebody may think again.
THINKING: Final = timedelta(days=10)
#: For so long what somebody had under way may come after their erasure; that goes as well (hourly).
STRAGGLING: Final = timedelta(hours=2)

logger = logging.getLogger(__name__)


class ErasureRefused(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


def pending(member: Member) -> Erasure | None:
    """Return the erasure that is to come, if there is one. One query."""
    return _open().filter(member_id=member.pk).select_related("asked_by").first()


def is_erased(member: Member) -> bool:
    """Whether nothing of the person is left but the row. One query."""
    return Erasure.objects.filter(member_id=member.pk, done_at__isnull=False).exists()


@retried
def ask(member: Member, *, by: Member, at: datetime) -> Erasure:
    """Owe them their erasure in ten days, and tell them so. Asking again changes nothing.

    Raises ``ErasureRefused`` for the last admin and for who is erased already, ``StrongerAccount`` where
    ``by`` may not touch this account.
    """
    locked = _locked(member)
    if by.pk != member.pk:
        keys.check(locked, by=by)
    _check(locked)
    before = pending(locked)
    if before is not None:
        return before
    made = Erasure.objects.create(member=locked, asked_by=by, asked_at=at, due_at=at + THINKING)
    trail.record(locked, Act.ERASURE_ASKED, by=by, at=at)
    outbox.enqueue(
        "erasure-asked", at=at, key=f"erasure-asked:{made.pk}", member=locked, payload={"erasure": made.pk}
    )
    return made


def take_back(member: Member, *, by: Member, at: datetime) -> bool:
    """Owe the erasure no longer; return whether there was one. Raises ``StrongerAccount`` as ``ask``.

    Where somebody else did it, they are told.
    """
    is_done = _take_back(member, by=by, at=at)
    if is_done:
        after_commit(partial(erased_list.strike, member.pk, member.date_joined))
    return is_done


@retried
def _take_back(member: Member, *, by: Member, at: datetime) -> bool:
    locked = _locked(member)
    if by.pk != member.pk:
        keys.check(locked, by=by)
    one = pending(locked)
    if one is None:
        return False
    Erasure.objects.filter(pk=one.pk).update(taken_back_at=at)
    if by.pk != member.pk:
        outbox.enqueue("erasure-taken-back", at=at, key=f"erasure-taken-back:{one.pk}", member=locked)
    trail.record(locked, Act.ERASURE_TAKEN_BACK, by=by, at=at)
    return True


def brought_back(member: Member, *, since: datetime, at: datetime) -> None:
    """Owe no erasure that was asked for while somebody else may have been in the account."""
    one = pending(member)
    if one is not None and one.asked_at >= since:
        take_back(member, by=member, at=at)


@retried
def erase(member: Member, *, by: By, at: datetime, is_told: bool = True) -> bool:
    """Erase a person now; return whether there was anything to erase. Raises ``ErasureRefused``."""
    locked = _locked(member)
    if is_erased(locked):
        return False
    _check(locked)
    person, address, language = person_of(locked), locked.email, locked.language
    former = dict(FormerAddress.objects.filter(member=locked).values_list("digest", "left_at"))
    ended = list(Member.objects.filter(pk__in=person.former_ids).values_list("pk", "date_joined"))
    registry.erase(person, by=by, at=at)
    if not _open().filter(member=locked).update(done_at=at):
        Erasure.objects.create(member=locked, asked_at=at, due_at=at, done_at=at)
    trail.record(locked, Act.ERASED, by=by, at=at)
    if is_told and address.lower() in person.addresses:
        outbox.enqueue("erased", at=at, key=f"erased:{member.pk}", email=address, language=language)
    erased_list.note(member.pk, locked.date_joined, person.addresses, former)
    for pk, made_at in ended:  # in a backup from before they were brought together it is one of its own
        erased_list.note(pk, made_at, ())
    return True


def erase_due(*, at: datetime) -> int:
    """Erase everybody who has had time to think; return how many. One that fails does not keep the others.

    One that is refused is told, and tried again in a day; after a fault it is tried at the next run.
    """
    done = 0
    for one in _open().filter(due_at__lte=at).select_related("member").order_by("due_at"):
        try:
            done += erase(one.member, by=SITE, at=at)
        except ErasureRefused as refusal:
            refused_erasures.note(one, str(refusal), at=at)
        except KeyIsGone:
            refused_erasures.note(one, refused_erasures.on_our_side(), at=at)
        except (DatabaseError, OSError):
            logger.exception("Member %s could not be erased.", one.member_id)
    return done


def erase_stragglers(*, at: datetime) -> int:
    """Erase once more who was erased lately: what they had under way was perhaps written since.

    Return how many they are. One that fails does not keep the others.
    """
    lately = Member.objects.filter(erasures__done_at__gt=at - STRAGGLING)
    found = list(lately.order_by("pk").values_list("pk", flat=True))
    for pk in found:
        try:
            _erase_person(Person(pk, ""), SITE, at)
        except (DatabaseError, OSError):
            logger.exception("What came after member %s was erased could not be erased.", pk)
    return len(found)


@dataclass
class ErasedAgain:
    """How many accounts were erased anew, how many addresses without one, and who could not be, and why."""

    accounts: int = 0
    addresses: int = 0
    refused: list[str] = field(default_factory=list)


def think_anew(*, at: datetime) -> int:
    """Give whoever has asked for their erasure ten days from now; return how many that are.

    For a database that was restored: they may have taken it back since, and nothing in it says so.
    """
    return _open().update(due_at=at + THINKING)


def erase_again(*, at: datetime) -> ErasedAgain:
    """Erase anew whoever is on the list, after a backup was restored; nobody is told twice.

    An address without an account is one of a list, a guest or a host. One that is refused keeps no other.
    """
    known, done = erased_list.ErasedList(), ErasedAgain()
    listed = [one.id for one in known.entries]
    for member in Member.objects.filter(pk__in=listed).order_by("pk"):
        if known.has_account(member.pk, member.date_joined):
            try:
                done.accounts += erase(member, by=COMMAND, at=at, is_told=False)
            except ErasureRefused as refusal:
                done.refused.append(f"Account {member.pk} was erased, and is not erased again: {refusal}")
    # Who has come back with a new account has all of theirs.
    addresses = [one for one in standing() if known.has_address(one)]
    back = set(Member.objects.filter(email__in=addresses).values_list("email", flat=True))
    alone = [one for one in addresses if one not in back]
    for address in alone:
        _erase_person(Person(0, "", (Held(address, until=known.left_at(address)),)), COMMAND, at)
    done.addresses = len(alone)
    return done


@retried
def _erase_person(person: Person, by: By, at: datetime) -> None:
    registry.erase(person, by=by, at=at)


def _open() -> "QuerySet[Erasure]":
    return Erasure.objects.filter(taken_back_at=None, done_at=None)


def _check(member: Member) -> None:
    if is_erased(member):
        raise ErasureRefused(_("This person is erased already."))
    if not member.is_superuser:
        return
    # Under a lock: of the last two, erased at once, one stays.
    others = Member.objects.filter(is_superuser=True, is_active=True).exclude(pk=member.pk)
    if not list(others.select_for_update(no_key=True).order_by("pk")):
        raise ErasureRefused(
            _("This is the last account that may do everything here. Give somebody else that right first.")
        )


def _locked(member: Member) -> Member:
    locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return locked
