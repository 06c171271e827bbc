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

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Min, ProtectedError, Q, QuerySet
from django.utils.translation import gettext as _

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from audit.models import Entry
from common import keyed_digests
from common.transactions import retried
from members import keys
from members.capabilities import CHANGE_MEMBERS
from members.models import AddressCorrection, FormerAddress, ListedAddress, LogIn, Member
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


def remember(member: Member, before: str, *, listed: int | None, at: datetime) -> dict[str, str]:
    """Keep an address that the locked member had, so that it can come back; return what its letter says.

    ``listed`` is the row of the community's list that goes along.
    """
    code, until = "".join(secrets.choice(_SIGNS) for _n in range(_LENGTH)), at + OBJECT_WITHIN
    AddressCorrection.objects.create(
        member=member,
        before=before,
        digest=_digests(code)[0],
        listed=listed,
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
    member, refusal = _object(found.pk, found.member_id, at)
    if refusal:  # said once the team is told of it
        raise ObjectionRefused(refusal)
    return member


@retried
def _object(pk: int, member_id: int, at: datetime) -> tuple[Member, str]:
    """Return the member, and why their address does not come back, "" where it does."""
    member: Member = Member.objects.select_for_update(no_key=True).get(pk=member_id)
    row = AddressCorrection.objects.get(pk=pk)
    if row.brought_back_at:
        is_done = member.email.lower() == row.before.lower() or not member.is_active
        used = _("This code was used already, and the address was changed again since. Write to us.")
        return member, "" if is_done else used
    if keys.holds_keys(member):  # whoever holds them may write to others, so the team looks first
        if row.refused_at is None:
            AddressCorrection.objects.filter(pk=pk).update(refused_at=at)
            trail.record(member, Act.ADDRESS_OBJECTED, by=member, at=at)
            _tell_team(member, row, at, has_role=True)
        return member, _(
            "This account has a role in the team by now. We have told the team: write to us, too."
        )
    bring_back(member, row, by=member, at=at)
    return member, ""


def bring_back(member: Member, row: AddressCorrection, *, by: Member, at: datetime) -> None:
    """Give the locked member the address of before; all that came after is undone with it."""
    now, is_own, undone = member.email, by.pk == member.pk, open_at(at).filter(member=member)
    # Corrected twice, one address has two rows: all since it went is undone.
    since = undone.filter(before__lower=row.before.lower()).aggregate(since=Min("corrected_at"))["since"]
    was_entered = _was_entered(member, since)
    is_logged_out = was_entered or is_own
    _shut(member, takes_password=is_logged_out)
    is_closed = not _is_free(row.before, member, at)
    if is_closed:
        member.is_active = False
        member.save(update_fields=["is_active", "changed_at"])
        _addresses(member).update(verified=False)
    else:
        put(member, row.before, is_confirmed=True)
        FormerAddress.objects.filter(member=member, left_at__gte=since).delete()
    _move(row.listed, row.before)
    undone.filter(corrected_at__gte=since).update(brought_back_at=at)
    for hook in _on_brought_back if was_entered else ():
        hook(member, since=since, at=at)
    trail.record(member, Act.ADDRESS_BROUGHT_BACK, by=by, at=at, fields=["is_active"] if is_closed else [])
    says = {"is_closed": is_closed, "by_team": not is_own, "is_logged_out": is_logged_out}
    _tell_back(member, row.before, at, is_former=False, **says)
    if now.lower() != row.before.lower():
        _tell_back(member, now, at, is_former=True, **says)
    if is_own:
        _tell_team(member, row, at, is_closed=is_closed)


def take_from_stranger(member: Member, email: str, *, since: datetime, by: Member, at: datetime) -> None:
    """Give the locked member an address that they had until ``since``, as somebody else has got in.

    Whoever has the address of now is told, and brings nothing back.
    """
    now = member.email
    _shut(member, takes_password=True)
    move_on_list(now, email)
    put(member, email, is_confirmed=False)
    FormerAddress.objects.filter(member=member, left_at__gte=since).delete()
    open_at(at).filter(member=member).update(brought_back_at=at)
    for hook in _on_brought_back:
        hook(member, since=since, at=at)
    trail.record(member, Act.ADDRESS_CORRECTED, by=by, at=at)
    _tell_back(member, now, at, is_former=True, is_closed=False, by_team=True, is_logged_out=True)


def forget(*, at: datetime) -> int:
    """Delete addresses that nobody brings back any more; return how many."""
    return AddressCorrection.objects.filter(until__lte=at).delete()[0]


def follow_on_list(
    member: Member, before: str, after: str, *, was_confirmed: bool, at: datetime
) -> int | None:
    """Let the row of the community's list that is theirs go to the new address; return which one did.

    What stands under an address that nobody confirmed may be a stranger's: of one that came by a correction,
    only the row that came along with it goes on.
    """
    former = open_at(at).filter(member=member).first()
    if former is not None and not was_confirmed:
        return _move(former.listed, after)
    return move_on_list(before, after) if was_confirmed or member.is_vouched_for else None


def move_on_list(before: str, after: str) -> int | None:
    """Let the community's list know them by their new address, as long as it does not have that already."""
    row = ListedAddress.objects.filter(email__lower=before.lower()).first()
    return _move(row.pk if row else None, after)


def _move(listed: int | None, after: str) -> int | None:
    """Give a row of the list this address, where it is no other row's; return the row where it has it now."""
    if listed is None or ListedAddress.objects.filter(email__lower=after.lower()).exclude(pk=listed).exists():
        return None
    return listed if ListedAddress.objects.filter(pk=listed).update(email=after) else None


def end_sessions(member: Member) -> None:
    """Log them out wherever they are logged in."""
    theirs = LogIn.objects.filter(member=member).values_list("session_id", flat=True)
    Session.objects.filter(pk__in=list(theirs)).delete()


def _shut(member: Member, *, takes_password: bool) -> None:
    end_sessions(member)
    if takes_password:
        member.set_unusable_password()  # another one than before, so that no session of theirs is good
        member.save(update_fields=["password", "changed_at"])


def _was_entered(member: Member, since: datetime) -> bool:
    """Whether anybody has confirmed an address of the account since, and so may have been in it."""
    confirmed = (Act.ADDRESS_CONFIRMED, Act.ADDRESS_CHANGED)
    entries = Entry.objects.filter(member_id=member.pk, act__in=confirmed, at__gte=since)
    return is_confirmed(member) or entries.exists()


def put(member: Member, email: str, *, is_confirmed: bool) -> None:
    """Let the locked account have this address alone; the team vouches for it. Saves ``member``."""
    member.email, member.is_vouched_for = email, True
    member.save(update_fields=["email", "is_vouched_for", "changed_at"])
    _addresses(member).all().delete()
    _addresses(member).create(email=email, primary=True, verified=is_confirmed)


def is_confirmed(member: Member) -> bool:
    """Whether somebody has shown that the address of now is theirs, and so may have been in the account."""
    return bool(_addresses(member).filter(email__lower=member.email.lower(), verified=True).exists())


def _addresses(member: Member) -> Any:
    return member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped


def _is_free(email: str, member: Member, at: datetime) -> bool:
    """Whether no other account has the address; one that nobody has ever been in makes way."""
    small = email.lower()
    has_it = Q(email__lower=small) | Q(emailaddress__email__lower=small, emailaddress__verified=True)
    found = Member.objects.filter(has_it).exclude(pk=member.pk).values_list("pk", flat=True).first()
    other = Member.objects.select_for_update().filter(pk=found).first()
    if other is None:
        return True
    if other.is_vouched_for or other.last_login or _addresses(other).filter(verified=True).exists():
        return False
    try:
        with transaction.atomic():
            trail.record(other, Act.DELETED, by=SITE, at=at)
            other.delete()
    except ProtectedError:  # the team has registered them for something meanwhile
        return False
    return True


def _tell_back(member: Member, email: str, at: datetime, **says: bool) -> None:
    """Owe the letter about an address that came back to the one, and to the other that it replaces."""
    outbox.enqueue(
        "address-brought-back",
        at=at,
        key=f"address-brought-back:{member.pk}:{at.isoformat()}:{says['is_former']:d}",
        email=email,
        language=member.language,
        payload={"member": member.pk} | says,
    )


def _tell_team(member: Member, row: AddressCorrection, at: datetime, **says: bool) -> None:
    """Owe whoever looks after members the letter that somebody objected."""
    for one in Member.objects.who_may(CHANGE_MEMBERS):
        outbox.enqueue(
            "address-objected",
            at=at,
            key=f"address-objected:{row.pk}:{one.pk}:{says.get('has_role', False):d}",
            member=one,
            payload={"of": member.pk} | says,
        )


def _digests(code: str) -> list[str]:
    """Return what a code is kept as, however it was typed: under the key of today and those of before."""
    signs = "".join(one for one in code.upper() if one.isalnum())
    return [keyed_digests.made(_PURPOSE, signs), *keyed_digests.of_before(_PURPOSE, signs)]
