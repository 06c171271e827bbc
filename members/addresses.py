"""Correcting somebody's email address for them: a typing error, a new employer.

The new address counts as unconfirmed: they show with a code at their next log-in that it is theirs. The
team vouches for it, so their emails go there meanwhile. The membership stays as it is; the old address is
told. Whose account holds keys of the site is for superusers.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from members import keys
from members.models import ListedAddress, Member
from notifications import outbox


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
    if member.is_vouched_for or addresses.filter(email__iexact=member.email, verified=True).exists():
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
