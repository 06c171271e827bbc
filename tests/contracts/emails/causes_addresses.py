"""Emails about an address that the team has corrected, each for its own cause."""

from contextlib import suppress
from typing import Protocol

from allauth.account.models import EmailAddress

from members import addresses, objections
from members.merging import proof
from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.contracts import people
from tests.make import NOW
from tests.members.merging.bringing import bring_together

OLD, NEW = "ada@wards.example", "ada@home.example"


class Named(Protocol):
    """What the person is called."""

    @property
    def person(self) -> str:
        """The name."""


def _corrected(names: Named, *, is_confirmed: bool = True) -> None:
    ada = make.member(names.person, email=OLD)
    EmailAddress.objects.filter(user=ada).update(verified=is_confirmed)
    addresses.correct(ada, NEW, by=people.admin(), at=NOW)


def _objected(names: Named, *, has_another: bool = False) -> None:
    _corrected(names)
    if has_another:
        make.member(names.person, email=OLD)
    code = letters.code_in(Message.objects.get(kind="address-replaced"))
    objections.object_with(code, at=NOW)


def _told(email: str, names: Named, *, has_another: bool = False) -> None:
    _objected(names, has_another=has_another)
    Message.objects.filter(kind="address-brought-back").exclude(email=email).delete()


def _slip(email: str, names: Named) -> None:
    """The team takes it back at once."""
    _corrected(names)
    addresses.correct(Member.objects.get(email=NEW), OLD, by=people.staff("Support"), at=NOW)
    Message.objects.filter(kind="address-brought-back").exclude(email=email).delete()


def _with_a_role(names: Named) -> None:
    _corrected(names)
    Member.objects.filter(email=NEW).update(is_staff=True)
    code = letters.code_in(Message.objects.get(kind="address-replaced"))
    with suppress(objections.ObjectionRefused):
        objections.object_with(code, at=NOW)


def _merging(email: str, names: Named) -> None:
    """A code goes to each of two addresses."""
    kept, ended = make.member(names.person, email=NEW), make.member(names.person, email=OLD)
    proof.ask(kept, ended, by=people.staff("Support"), at=NOW)
    Message.objects.filter(kind="merge-code").exclude(email=email).delete()


def _merged(email: str, names: Named) -> None:
    """Two accounts were brought together."""
    kept, ended = make.member(names.person, email=NEW), make.member(names.person, email=OLD)
    bring_together(kept, ended, by=people.staff("Support"))
    Message.objects.filter(kind="merge-code").delete()
    told = Message.objects.filter(kind="accounts-merged")
    (told.filter(member=None) if email == NEW else told.exclude(member=None)).delete()


CAUSES = {
    "address-corrected": _corrected,
    "address-replaced": _corrected,
    "address-replaced: never confirmed": lambda names: _corrected(names, is_confirmed=False),
    "address-brought-back": lambda names: _told(OLD, names),
    "address-brought-back: to the other": lambda names: _told(NEW, names),
    "address-brought-back: closed": lambda names: _told(OLD, names, has_another=True),
    "address-brought-back: by the team": lambda names: _slip(OLD, names),
    "address-brought-back: by the team, to the other": lambda names: _slip(NEW, names),
    "merge-code": lambda names: _merging(OLD, names),
    "merge-code: to the one that stays": lambda names: _merging(NEW, names),
    "accounts-merged": lambda names: _merged(NEW, names),
    "accounts-merged: to the other": lambda names: _merged(OLD, names),
    "address-objected": _objected,
    "address-objected: with a role": _with_a_role,
    "address-objected: closed": lambda names: _objected(names, has_another=True),
}
