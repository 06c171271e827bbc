"""Correcting somebody's email address for them: a typing error, a new employer.

The new address counts as unconfirmed: they show with a code at their next log-in that it is theirs. The
team vouches for it, so their emails go there meanwhile. The membership stays as it is; the old address is
told. Whose account holds keys of the site is for superusers.

Of an address that was confirmed and is left, a digest is kept: what stands under it from then is theirs when
they ask for their data, or to be erased (``privacy.persons``).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from members import keys
from members.models import FormerAddress, ListedAddress, Member
from members.privacy import erased_list
from notifications import outbox

LeftHook = Callable[..., None]
#: Called with (member, address, at=) in the transaction in which they leave it.
_on_left: list[LeftHook] = []
NOT_NOW: Final = _("The address cannot be changed at the moment. Please try again tomorrow, or write to us.")


class AddressTaken(Exception):
    """Somebody else has an account with this address."""


def correct(member: Member, email: str, *, by: Member, at: datetime) -> Member:
    """Give the account another address, to be confirmed at the next log-in. The same again changes nothing.

    Raises ``AddressTaken``, and ``StrongerAccount`` where ``by`` may not change this account.
    """
    email = email.strip().lower()
    try:
        with transaction.atomic():
            locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
            keys.check(locked, by=by)
            if locked.email != email:
                _replace(locked, email, at)
                trail.record(locked, Act.ADDRESS_CORRECTED, by=by, at=at)
    except IntegrityError as error:
        raise AddressTaken("There is an account with this address already.") from error
    return locked


def on_left(hook: LeftHook) -> None:
    """Let an app keep for a member what it knows by an address that they leave."""
    if hook not in _on_left:
        _on_left.append(hook)


@transaction.atomic
def leave(member: Member, address: str, *, at: datetime) -> None:
    """Keep of a confirmed address what says later that it was theirs until now. Raises ``KeyIsGone``."""
    FormerAddress.objects.create(member=member, digest=erased_list.digest_of(address), left_at=at)
    for hook in _on_left:
        hook(member, address, at=at)


@transaction.atomic
def forget_password(member: Member, *, at: datetime) -> None:
    """Leave the account without a password: whoever chose it did not show that the address is theirs.

    Changes ``member`` itself, so that a log-in that is under way goes on with it.
    """
    if member.has_usable_password():
        member.set_unusable_password()
        member.save(update_fields=["password", "changed_at"])
        trail.record(member, Act.PASSWORD_FORGOTTEN, by=SITE, at=at)


def move_on_list(before: str, after: str) -> None:
    """Let the community's list know them by their new address, as long as it does not have that already."""
    if not ListedAddress.objects.filter(email__iexact=after).exists():
        ListedAddress.objects.filter(email__iexact=before).update(email=after)


def _replace(member: Member, email: str, at: datetime) -> None:
    addresses: Any = member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
    # An address that nobody has confirmed says nothing about whose the row with it is.
    is_confirmed = addresses.filter(email__iexact=member.email, verified=True).exists()
    if is_confirmed:
        leave(member, member.email, at=at)
    if is_confirmed or member.is_vouched_for:
        move_on_list(member.email, email)
    before, member.email, member.is_vouched_for = member.email, email, True
    member.save(update_fields=["email", "is_vouched_for", "changed_at"])
    addresses.all().delete()
    addresses.create(email=email, primary=True, verified=False)
    outbox.enqueue(
        "address-changed",
        at=at,
        key=f"address-changed:{member.pk}:{at.isoformat()}",
        email=before,
        payload={"member": member.pk},
        secret={"from_email": before, "to_email": email},
    )


def send_reset(member: Member, *, by: Member, at: datetime) -> None:
    """Mail somebody how to choose a new password; the team never chooses one for them.

    Raises ``StrongerAccount`` where ``by`` may not change this account.
    """
    with transaction.atomic():
        keys.check(member, by=by)
        key = f"choose-password:{member.pk}:{at.isoformat()}"
        outbox.enqueue("choose-password", at=at, key=key, member=member)
        trail.record(member, Act.PASSWORD_LETTER, by=by, at=at)
