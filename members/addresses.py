"""Correcting somebody's email address for them: a typing error, a new employer, a mailbox that is gone.

Letters go to the new address at once, for the team vouches for it; it logs in only after a code that was sent
there was typed in. The membership stays as it is. The old address is told at once; one that was confirmed
gets a code with which its owner brings it back (``objections``). One that nobody confirmed may be a
stranger's: it learns that it is written to no more, and nothing else. Whoever has a role in the team, or any
permission, changes the address themselves.

Of an address that was confirmed and is left, a digest is kept: what stands under it from then is theirs when
they ask for their data, or to be erased (``privacy.persons``).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from members import keys, objections
from members.models import FormerAddress, Member
from members.privacy import erased_list
from members.privacy.erased_list import NOT_WITHOUT, KeyIsGone
from notifications import outbox

LeftHook = Callable[..., None]
#: Called with (member, address, at=) in the transaction in which they leave it.
_on_left: list[LeftHook] = []
NOT_NOW: Final = _("The address cannot be changed at the moment. Please try again tomorrow, or write to us.")


class CorrectionRefused(Exception):
    """An expected no; ``str()`` is the sentence for the team."""


class AddressTaken(CorrectionRefused):
    """Somebody else has the address; ``owner`` is whose account it is, or was until a moment ago."""

    def __init__(self, words: str, owner: Member | None = None) -> None:
        super().__init__(words)
        self.owner = owner


def correct(
    member: Member, email: str, *, by: Member, at: datetime, seen: str = "", is_stolen: bool = False
) -> Member:
    """Give the account another address, to be confirmed at the next log-in. The same again changes nothing.

    ``seen`` is the address that was on the screen of ``by``, where they saw one. With ``is_stolen`` somebody
    else has got in: it goes back to an address of before, and that of now cannot object.
    Raises ``AddressTaken``, and ``CorrectionRefused`` where somebody else has changed it meanwhile, for one's
    own account, for one that holds keys of the site, and for a closed one.
    """
    email = email.strip().lower()
    try:
        with transaction.atomic():
            locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
            if locked.email.lower() != email:
                _check(locked, email, by=by, seen=seen, at=at)
                came_from = objections.open_at(at).filter(member=locked, before__lower=email)
                if (row := came_from.last()) is not None:
                    objections.bring_back(locked, row, by=by, at=at)
                elif is_stolen:
                    _take_from_stranger(locked, email, by=by, at=at)
                else:
                    _replace(locked, email, by=by, at=at)
    except IntegrityError as error:
        raise taken(email) from error
    except KeyIsGone as gone:
        raise CorrectionRefused(NOT_WITHOUT.format(gone)) from gone
    return locked


def check_correctable(member: Member, *, by: Member) -> None:
    """Raise ``CorrectionRefused`` where ``by`` corrects no address of this account, whichever it were."""
    if by.pk == member.pk:
        raise CorrectionRefused("This is your own account: change the address on your profile.")
    if keys.holds_keys(member):
        raise CorrectionRefused(
            f"{member} has a role in the team, so nobody changes the address for them. They do it on their "
            "own profile; if they cannot log in, a superuser takes the role away first."
        )
    if not member.is_active:
        raise CorrectionRefused(f"The account of {member} is closed: nobody logs in to it.")


def whose(email: str, *, at: datetime) -> Member | None:
    """Return whose account has the address, or had it so lately that they can bring it back."""
    email = email.strip()
    owner: Member | None = Member.objects.filter(email__lower=email.lower()).first()
    if owner is None:
        former = objections.open_at(at).filter(before__lower=email.lower()).select_related("member").first()
        owner = former.member if former else None
    return owner


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


def send_reset(member: Member, *, by: Member, at: datetime) -> None:
    """Mail somebody how to choose a new password; the team never chooses one for them.

    Raises ``StrongerAccount`` where ``by`` may not change this account.
    """
    with transaction.atomic():
        keys.check(member, by=by)
        key = f"choose-password:{member.pk}:{at.isoformat()}"
        outbox.enqueue("choose-password", at=at, key=key, member=member)
        trail.record(member, Act.PASSWORD_LETTER, by=by, at=at)


def _check(member: Member, email: str, *, by: Member, seen: str, at: datetime) -> None:
    check_correctable(member, by=by)
    if seen and seen.strip().lower() != member.email.lower():
        raise CorrectionRefused(
            f"The address of {member} was changed while you looked: it is {member.email} now. "
            "Look at it again before you correct it."
        )
    owner = whose(email, at=at)
    if owner is not None and owner.pk != member.pk:
        raise taken(email, owner)


def taken(email: str, owner: Member | None = None) -> AddressTaken:
    """Return the refusal that names whose address it is, or was until lately."""
    owner = owner or Member.objects.filter(email__lower=email.lower()).first()
    if owner is None:
        return AddressTaken("There is an account with this address already.")
    if owner.email.lower() != email:
        return AddressTaken(
            f"This was the address of {owner} until lately, and they can still bring it back.", owner
        )
    return AddressTaken(f"{owner} has an account with this address already.", owner)


def _replace(member: Member, email: str, *, by: Member, at: datetime) -> None:
    """Give the locked member an address that was not theirs lately."""
    before, was_confirmed = member.email, objections.is_confirmed(member)
    former = [one.before for one in objections.open_at(at).filter(member=member)]
    listed = objections.follow_on_list(member, before, email, was_confirmed=was_confirmed, at=at)
    if was_confirmed and not former:  # one that came by a correction may be a stranger's
        leave(member, before, at=at)
    objections.end_sessions(member)
    objections.put(member, email, is_confirmed=False)
    trail.record(member, Act.ADDRESS_CORRECTED, by=by, at=at)
    _tell("address-corrected", member, email, at)
    # Each that was confirmed can come back; one that nobody has confirmed says nothing about whose it is.
    can_object = dict.fromkeys([*([before] if was_confirmed else []), *former])
    for number, address in enumerate(can_object):
        told = objections.remember(member, address, listed=listed, at=at)
        _tell("address-replaced", member, address, at, told, number=number)
    if not can_object:
        _tell("address-replaced", member, before, at)


def _take_from_stranger(member: Member, email: str, *, by: Member, at: datetime) -> None:
    """Give it back to whom it was before, where staff say that somebody else has got in."""
    theirs = FormerAddress.objects.filter(member=member, digest=erased_list.digest_of(email))
    if (left := theirs.last()) is None:
        raise CorrectionRefused(
            f"{member} has not had this address before, so nothing shows that it is theirs. "
            "Take the tick out: then whoever has the address of now can object."
        )
    objections.take_from_stranger(member, email, since=left.left_at, by=by, at=at)
    _tell("address-corrected", member, email, at)


def _tell(
    kind: str,
    member: Member,
    email: str,
    at: datetime,
    secret: dict[str, str] | None = None,
    *,
    number: int = 0,
) -> None:
    outbox.enqueue(
        kind,
        at=at,
        key=f"{kind}:{member.pk}:{at.isoformat()}:{number}",
        email=email,
        language=member.language,
        payload={"member": member.pk},
        secret=secret,
    )
