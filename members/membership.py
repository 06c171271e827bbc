"""Membership: waiting → active → ended, or declined with a reason.

Who confirms an address that the community's list holds is a member at once (``MEMBERSHIP_APPROVAL`` is
"list"; with "open" everybody is, with "manual" nobody); the rest wait for the team. Every step locks the
member, then looks; a step that was taken already is not an error. What other apps do for a new member
(``on_approved``) and the email about it happen in the same transaction. Whose membership ended may log in
and keeps her data.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from members.models import ListedAddress, Member
from notifications import outbox

Membership = Member.Membership

#: Called with (member, at) in the transaction that makes her a member.
ApprovedHook = Callable[[Member, datetime], None]
_on_approved: list[ApprovedHook] = []


def on_approved(hook: ApprovedHook) -> None:
    """Let a higher app act for a new member. Call it in ``AppConfig.ready``."""
    if hook not in _on_approved:
        _on_approved.append(hook)


class MembershipRefused(Exception):
    """An expected no; ``str()`` is the sentence for the reader."""


def confirmed_address(member: Member, *, at: datetime) -> Member:
    """Note that she confirmed her address: a member at once where the approval says so, else she waits.

    Only who waits is touched, so confirming again, or another address later, never undoes a decision.
    """
    with transaction.atomic():
        member = _locked(member)
        if member.membership == Membership.WAITING and _needs_nobody(member):
            _become(member, Membership.ACTIVE, at=at)
    return member


def _needs_nobody(member: Member) -> bool:
    if settings.MEMBERSHIP_APPROVAL == "list":
        return ListedAddress.objects.filter(email__iexact=member.email).exists()
    return bool(settings.MEMBERSHIP_APPROVAL == "open")


def approve(member: Member, *, by: Member | None, at: datetime) -> Member:
    """Make her a member, with mail. Raises ``MembershipRefused`` where the membership has ended."""
    with transaction.atomic():
        member = _locked(member)
        if member.membership == Membership.ENDED:
            raise MembershipRefused(f"The membership of {member.name} has ended. Reinstate it instead.")
        if member.membership != Membership.ACTIVE:
            _become(member, Membership.ACTIVE, at=at, by=by)
            _tell("membership-approved", member, at)
    return member


def decline(member: Member, *, by: Member | None, at: datetime, reason: str) -> Member:
    """Do not approve her, and tell her why. Raises ``MembershipRefused`` without a reason, or for members."""
    if not reason.strip():
        raise MembershipRefused("Write the reason: it is sent to the person.")
    with transaction.atomic():
        member = _locked(member)
        if member.membership in (Membership.ACTIVE, Membership.ENDED):
            raise MembershipRefused(f"{member.name} is a member already. End the membership instead.")
        if member.membership == Membership.WAITING:
            _become(member, Membership.DECLINED, at=at, by=by, reason=reason.strip())
            _tell("membership-declined", member, at)
    return member


def end(member: Member, *, by: Member | None, at: datetime, reason: str = "") -> Member:
    """End the membership; existing registrations stay. Raises ``MembershipRefused`` for who is no member."""
    with transaction.atomic():
        member = _locked(member)
        if member.membership in (Membership.WAITING, Membership.DECLINED):
            raise MembershipRefused(f"{member.name} is not a member.")
        if member.membership == Membership.ACTIVE:
            _become(member, Membership.ENDED, at=at, by=by, reason=reason.strip())
    return member


def reinstate(member: Member, *, by: Member | None, at: datetime) -> Member:
    """Make somebody whose membership ended a member again, with mail."""
    with transaction.atomic():
        member = _locked(member)
        if member.membership in (Membership.WAITING, Membership.DECLINED):
            raise MembershipRefused(f"{member.name} has not been a member. Approve instead.")
        if member.membership == Membership.ENDED:
            _become(member, Membership.ACTIVE, at=at, by=by)
            _tell("membership-approved", member, at)
    return member


def _locked(member: Member) -> Member:
    locked: Member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return locked


def _become(
    member: Member, membership: Membership, *, at: datetime, by: Member | None = None, reason: str = ""
) -> None:
    before = member.get_membership_display()
    member.membership = membership
    member.membership_reason = reason
    member.membership_changed_at = at
    member.save(update_fields=["membership", "membership_reason", "membership_changed_at", "changed_at"])
    if by is not None:
        LogEntry.objects.create(
            user_id=by.pk,
            action_time=at,
            content_type=ContentType.objects.get_for_model(Member),
            object_id=str(member.pk),
            object_repr=str(member)[:200],
            action_flag=CHANGE,
            change_message=f"{before} → {member.get_membership_display()}. {reason}".strip(),
        )
    if membership == Membership.ACTIVE:
        for hook in _on_approved:
            hook(member, at)


def _tell(kind: str, member: Member, at: datetime) -> None:
    outbox.put(kind, at=at, key=f"{kind}:{member.pk}:{at.isoformat()}", member=member)
