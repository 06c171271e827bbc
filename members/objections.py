"""Addresses that the team has replaced, and how their owners bring them back.

For ``OBJECT_WITHIN`` a confirmed address that was replaced is nobody else's, and a code that was mailed there
brings it back, whatever happened meanwhile: what came after it is undone with it, the password is taken out,
which logs everybody out, and the team is told. Where somebody may have been in the account, other apps end
what they could take along (``on_brought_back``). Where the owner has an account with it again meanwhile, that
one stays, and the other is closed until the team has brought them together: nobody is in it. Everything
locks the member, then looks.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from common import keyed_digests
from common.transactions import retried
from members import keys
from members.capabilities import CHANGE_MEMBERS
from members.models import AddressCorrection, FormerAddress, ListedAddress, Member
from notifications import outbox

#: For so long whoever had the address before brings it back.
OBJECT_WITHIN: Final = timedelta(hours=24)
#: Letters and figures that nobody takes for one another: 12 of them cannot be guessed (54 bits).
_SIGNS: Final = "2346789BCDFGHJKMPQRTVWXY"
_LENGTH, _GROUP = 12, 4
_PURPOSE: Final = "members.objection"

#: Called with (member, since=, at=) in the transaction that brings an address back.
BroughtBackHook = Callable[..., None]
_on_brought_back: list[BroughtBackHook] = []


class ObjectionRefused(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


def on_brought_back(hook: BroughtBackHook) -> None:
    """Let a higher module end what was done since at the new address. Call it in ``AppConfig.ready``."""
    if hook not in _on_brought_back:
        _on_brought_back.append(hook)


def open_at(at: datetime) -> "QuerySet[AddressCorrection]":
    """Return the corrections to which somebody can still object, the latest first."""
    return AddressCorrection.objects.filter(until__gt=at, brought_back_at=None)


def remember(member: Member, before: str, *, is_list_moved: bool, at: datetime) -> dict[str, str]:
    """Keep an address that the locked member had, so that it can come back; return what its letter says."""
    code, until = "".join(secrets.choice(_SIGNS) for _n in range(_LENGTH)), at + OBJECT_WITHIN
    AddressCorrection.objects.create(
        member=member,
        before=before,
        digest=_digests(code)[0],
        is_list_moved=is_list_moved,
        corrected_at=at,
        until=until,
    )
    shown = "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
    return {"code": shown, "until": until.isoformat(), "to_email": member.email}


def object_with(code: str, *, at: datetime) -> Member:
    """Bring back the address that the code was mailed to. Twice is not an error.

    Raises ``ObjectionRefused`` for a code that is wrong or too old, and where the account holds keys of the
    site by now.
    """
    found = AddressCorrection.objects.filter(digest__in=_digests(code), until__gt=at).first()
    if found is None:
        raise ObjectionRefused(
            _(
                "This code is not right, or it is more than 24 hours old. Check it with the email, "
                "or write to us."
            )
        )
    return _object(found.pk, found.member_id, at)


@retried
def _object(pk: int, member_id: int, at: datetime) -> Member:
    member: Member = Member.objects.select_for_update(no_key=True).get(pk=member_id)
    row = AddressCorrection.objects.get(pk=pk)
    if row.brought_back_at and member.email.lower() != row.before.lower() and member.is_active:
        raise ObjectionRefused(
            _("This code was used already, and the address was changed again since. Write to us.")
        )
    if row.brought_back_at is None:
        bring_back(member, row, by=member, at=at)
    return member


def bring_back(member: Member, row: AddressCorrection, *, by: Member, at: datetime) -> None:
    """Give the locked member the address of before; all that came after is undone with it.

    Raises ``ObjectionRefused`` for an account that holds keys of the site: whoever does may write to others.
    """
    if keys.holds_keys(member):
        raise ObjectionRefused(
            _("This account has a role in the team by now. Write to us: we look at it at once.")
        )
    now, was_entered = member.email, is_confirmed(member)
    if was_entered or by.pk == member.pk:
        member.set_unusable_password()  # another one than before: who is logged in anywhere is so no longer
        member.save(update_fields=["password", "changed_at"])
    is_closed = not _is_free(row.before, member, at)
    if is_closed:
        member.is_active = False
        member.save(update_fields=["is_active", "changed_at"])
    else:
        if row.is_list_moved:
            move_on_list(now, row.before)
        put(member, row.before, is_confirmed=True)
        FormerAddress.objects.filter(member=member, left_at=row.corrected_at).delete()
    open_at(at).filter(member=member, pk__gte=row.pk).update(brought_back_at=at)
    for hook in _on_brought_back if was_entered else ():
        hook(member, since=row.corrected_at, at=at)
    trail.record(member, Act.ADDRESS_BROUGHT_BACK, by=by, at=at, fields=["is_active"] if is_closed else [])
    _tell(member, row, now, by=by, at=at, is_closed=is_closed)


def forget(*, at: datetime) -> int:
    """Delete addresses that nobody brings back any more; return how many."""
    return AddressCorrection.objects.filter(until__lte=at).delete()[0]


def move_on_list(before: str, after: str) -> bool:
    """Let the community's list know them by their new address, as long as it does not have that already.

    Return whether it does so now.
    """
    if ListedAddress.objects.filter(email__iexact=after).exists():
        return False
    return bool(ListedAddress.objects.filter(email__iexact=before).update(email=after))


def put(member: Member, email: str, *, is_confirmed: bool) -> None:
    """Let the locked account have this address alone; the team vouches for it. Saves ``member``."""
    addresses: Any = member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
    member.email, member.is_vouched_for = email, True
    member.save(update_fields=["email", "is_vouched_for", "changed_at"])
    addresses.all().delete()
    addresses.create(email=email, primary=True, verified=is_confirmed)


def is_confirmed(member: Member) -> bool:
    """Whether somebody has shown that the address of now is theirs, and so may have been in the account."""
    addresses: Any = member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
    return bool(addresses.filter(email__iexact=member.email, verified=True).exists())


def _is_free(email: str, member: Member, at: datetime) -> bool:
    """Whether no other account has the address; one that nobody has ever been in makes way."""
    other = Member.objects.select_for_update().filter(email__iexact=email).exclude(pk=member.pk).first()
    if other is None:
        return True
    if other.is_vouched_for or other.last_login or is_confirmed(other):
        return False
    try:
        with transaction.atomic():
            trail.record(other, Act.DELETED, by=SITE, at=at)
            other.delete()
    except ProtectedError:  # the team has registered them for something meanwhile
        return False
    return True


def _tell(
    member: Member, row: AddressCorrection, now: str, *, by: Member, at: datetime, is_closed: bool
) -> None:
    for email, is_former in ((row.before, False), (now, True)):
        if email.lower() != row.before.lower() or not is_former:
            outbox.enqueue(
                "address-brought-back",
                at=at,
                key=f"address-brought-back:{row.pk}:{is_former:d}",
                email=email,
                language=member.language,
                payload={"member": member.pk, "is_former": is_former, "is_closed": is_closed},
            )
    if by.pk == member.pk:
        for one in Member.objects.who_may(CHANGE_MEMBERS):
            outbox.enqueue(
                "address-objected",
                at=at,
                key=f"address-objected:{row.pk}:{one.pk}",
                member=one,
                payload={"of": member.pk, "is_closed": is_closed},
            )


def _digests(code: str) -> list[str]:
    """Return what a code is kept as, however it was typed: under the key of today and those of before."""
    signs = "".join(one for one in code.upper() if one.isalnum())
    return [keyed_digests.made(_PURPOSE, signs), *keyed_digests.of_before(_PURPOSE, signs)]
