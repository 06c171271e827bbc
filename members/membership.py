"""Membership: waiting → active → ended, or declined with a reason.

Who confirms an address that the community's list holds is a member at once (``MEMBERSHIP_APPROVAL`` is
"list"; with "open" everybody is, with "manual" nobody); the rest wait for the team, once the address is
confirmed. Every step locks the member, then looks; a step that was taken already is not an error. What other
apps do for a new member (``on_approved``) happens in the same transaction. An approval can be taken back for
ten minutes (``on_taken_back``), and its letters wait so long. Whose membership ended may log in and keeps
their data.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from audit import trail
from audit.actors import By
from audit.acts import Act
from members.models import ListedAddress, Member
from notifications import outbox

Membership = Member.Membership

#: For so long an approval can be taken back, and for so long its letters wait.
TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)
#: Called with (member, by=, at=, delay=) in the transaction that makes them a member; letters wait ``delay``.
ApprovedHook = Callable[..., None]
#: Called with (member, since=, by=, at=) in the transaction that takes an approval back. Raises
#: ``MembershipRefused`` where they have acted since.
TakenBackHook = Callable[..., None]
_on_approved: list[ApprovedHook] = []
_on_taken_back: list[TakenBackHook] = []


def on_approved(hook: ApprovedHook) -> None:
    """Let a higher app act for a new member. Call it in ``AppConfig.ready``."""
    if hook not in _on_approved:
        _on_approved.append(hook)


def on_taken_back(hook: TakenBackHook) -> None:
    """Let a higher app undo what it did for a new member. Call it in ``AppConfig.ready``."""
    if hook not in _on_taken_back:
        _on_taken_back.append(hook)


class MembershipRefused(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


def confirmed_address(member: Member, *, at: datetime) -> Member:
    """Note that they confirmed their address: a member at once where the approval says so, else they wait.

    Only who waits is touched, so confirming again, or another address later, never undoes a decision.
    """
    with transaction.atomic():
        member = _locked(member)
        trail.record(member, Act.ADDRESS_CONFIRMED, by=member, at=at)
        if member.membership == Membership.WAITING and _needs_nobody(member):
            _become(member, Membership.ACTIVE, Act.JOINED, by=member, at=at)
    return member


def _needs_nobody(member: Member) -> bool:
    if settings.MEMBERSHIP_APPROVAL == "list":
        return ListedAddress.objects.filter(email__lower=member.email.lower()).exists()
    return bool(settings.MEMBERSHIP_APPROVAL == "open")


def approve(member: Member, *, by: By, at: datetime) -> Member:
    """Make them a member; they are mailed in ten minutes, until when it can be taken back.

    Raises ``MembershipRefused`` where the membership has ended, where the account is closed, and where the
    address is not confirmed: nobody knows whose it is.
    """
    with transaction.atomic():
        member = _locked(member)
        _check_open(member)
        if member.membership == Membership.ENDED:
            raise MembershipRefused(f"The membership of {member.name} has ended. Reinstate it instead.")
        if member.membership != Membership.ACTIVE:
            _check_confirmed(member)
            _become(member, Membership.ACTIVE, Act.APPROVED, by=by, at=at, delay=TAKEN_BACK_WITHIN)
            _tell("membership-approved", member, at, delay=TAKEN_BACK_WITHIN)
    return member


def add(member: Member, *, is_member: bool, by: By, at: datetime) -> Member:
    """Save an account that the team makes for somebody, and mail them how to log in.

    The team vouches for the address, so all their emails go there. It is confirmed at their first log-in;
    until then nobody is asked to decide about them.
    """
    with transaction.atomic():
        member.is_vouched_for = True
        member.membership = Membership.ACTIVE if is_member else Membership.WAITING
        member.membership_changed_at = at
        member.save()
        addresses: Any = member.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
        addresses.create(email=member.email, primary=True, verified=False)
        trail.record(member, Act.ACCOUNT_MADE, by=by, at=at)
        _tell("account-made", member, at)
    return member


def can_be_taken_back(member: Member, *, at: datetime) -> bool:
    """Whether an approval is so young that its letter still waits."""
    return _is_young(member, at) and outbox.is_queued("membership-approved", key=approval_key(member))


def letters_wait(member: Member, *, at: datetime) -> timedelta:
    """Return how long letters about what others do for them wait: until the approval stands."""
    if not can_be_taken_back(member, at=at):
        return timedelta(0)
    return member.membership_changed_at + TAKEN_BACK_WITHIN - at


def take_back_approval(member: Member, *, by: By, at: datetime) -> Member:
    """Let somebody wait for approval again; nobody is mailed. Twice is not an error.

    Raises ``MembershipRefused`` after ten minutes, and once they have acted as a member.
    """
    with transaction.atomic():
        member = _locked(member)
        if member.membership == Membership.WAITING:
            return member
        since = member.membership_changed_at
        # The letter first: a worker that has it in its hands has told them.
        if not (
            _is_young(member, at) and outbox.cancel_queued(["membership-approved"], key=approval_key(member))
        ):
            raise MembershipRefused(
                f"An approval can be taken back for ten minutes. That of {member.name} stands."
            )
        for hook in _on_taken_back:
            hook(member, since=since, by=by, at=at)
        _become(member, Membership.WAITING, Act.APPROVAL_TAKEN_BACK, by=by, at=at)
    return member


def decline(member: Member, *, by: By, at: datetime, reason: str) -> Member:
    """Do not approve them, and tell them why.

    Raises ``MembershipRefused`` without a reason, for members, where the account is closed, and where the
    address is not confirmed.
    """
    if not reason.strip():
        raise MembershipRefused("Write the reason: it is sent to the person.")
    with transaction.atomic():
        member = _locked(member)
        _check_undecided(member)
        if member.membership in (Membership.ACTIVE, Membership.ENDED):
            raise MembershipRefused(f"{member.name} is a member already. End the membership instead.")
        if member.membership == Membership.WAITING:
            _check_confirmed(member)
            _become(member, Membership.DECLINED, Act.DECLINED, by=by, at=at, reason=reason.strip())
            _tell("membership-declined", member, at)
    return member


def end(member: Member, *, by: By, at: datetime, reason: str = "") -> Member:
    """End the membership; existing registrations stay.

    Raises ``MembershipRefused`` for who is no member, and where the account is closed.
    """
    with transaction.atomic():
        member = _locked(member)
        _check_undecided(member)
        if member.membership in (Membership.WAITING, Membership.DECLINED):
            raise MembershipRefused(f"{member.name} is not a member.")
        if member.membership == Membership.ACTIVE:
            _become(member, Membership.ENDED, Act.MEMBERSHIP_ENDED, by=by, at=at, reason=reason.strip())
    return member


def reinstate(member: Member, *, by: By, at: datetime) -> Member:
    """Make somebody whose membership ended a member again, with mail; not where the account is closed."""
    with transaction.atomic():
        member = _locked(member)
        _check_open(member)
        if member.membership in (Membership.WAITING, Membership.DECLINED):
            raise MembershipRefused(f"{member.name} has not been a member. Approve instead.")
        if member.membership == Membership.ENDED:
            _become(member, Membership.ACTIVE, Act.REINSTATED, by=by, at=at)
            key = f"membership-reinstated:{member.pk}:{at.isoformat()}"
            outbox.enqueue("membership-approved", at=at, key=key, member=member)
    return member


def _check_open(member: Member) -> None:
    if not member.is_active:
        raise MembershipRefused(f"The account of {member.name} is closed, so nobody becomes a member by it.")


def _check_undecided(member: Member) -> None:
    if not member.is_active:
        raise MembershipRefused(f"The account of {member.name} is closed: nothing is decided about it.")


def _check_confirmed(member: Member) -> None:
    if not Member.objects.with_confirmed_address().filter(pk=member.pk).exists():
        raise MembershipRefused(
            f"{member.name} has not confirmed the address, so nobody knows whose it is. "
            "Once it is confirmed, the person is on the list of those who wait."
        )


def approval_key(member: Member) -> str:
    """Return the key of the letter about the approval at which the membership changed last."""
    return f"membership-approved:{member.pk}:{member.membership_changed_at.isoformat()}"


def _is_young(member: Member, at: datetime) -> bool:
    return member.is_member and timedelta(0) <= at - member.membership_changed_at < TAKEN_BACK_WITHIN


def _locked(member: Member) -> Member:
    locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return locked


def _become(
    member: Member,
    membership: Membership,
    act: Act,
    *,
    by: By,
    at: datetime,
    reason: str = "",
    delay: timedelta = timedelta(0),
) -> None:
    member.membership = membership
    member.membership_reason = reason
    member.membership_changed_at = at
    member.save(update_fields=["membership", "membership_reason", "membership_changed_at", "changed_at"])
    trail.record(member, act, by=by, at=at)
    if membership == Membership.ACTIVE:
        for hook in _on_approved:
            hook(member, by=by, at=at, delay=delay)


def _tell(kind: str, member: Member, at: datetime, *, delay: timedelta = timedelta(0)) -> None:
    outbox.enqueue(kind, at=at, key=f"{kind}:{member.pk}:{at.isoformat()}", member=member, delay=delay)
