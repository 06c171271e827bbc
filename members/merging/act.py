"""Bringing two accounts of one person together: one stays, the other ends, for good.

It is done as the page has said before, or not at all: what is seen then (``plan``) is looked at again under
all locks. Everything of the one that ends goes to the one that stays, by the rules of each app
(``registry``); what the profile lacks is filled in, and who waits is a member where the other account is one.
The account that ended is an empty, closed row; its address is free, and counts as an address that they had
before (``addresses.leave``). Whoever types it into the log-in is told by mail where to log in now. Both
addresses are told. Pressed twice it is done once.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F

from audit import trail
from audit.acts import Act
from common.transactions import after_commit, retried
from members import addresses, objections
from members.merging import proof, registry
from members.merging.proof import MergeRefused
from members.merging.registry import Afterwards, Line
from members.models import AccountMerge, Member
from members.privacy import erased_list
from members.privacy.erased_list import NOT_WITHOUT, KeyIsGone
from notifications import outbox

#: What is filled in from the account that ends, where the one that stays has nothing.
PROFILE: Final = ("organisation", "role", "region", "pronouns", "introduction")
#: What the account that ended is called from then on.
ENDED_NAME: Final = "Account brought together with another"
#: What its address begins with.
ENDED_EMAIL: Final = "merged-"


class ChangedMeanwhile(MergeRefused):
    """What would be done is not what the page has said."""


def plan(kept: Member, ended: Member) -> list[Line]:
    """Say what bringing them together would do."""
    return [*_of_accounts(kept, ended), *registry.look(kept, ended)]


def digest(lines: Sequence[Line]) -> str:
    """Return what the page sends along to say what was read on it."""
    return hashlib.sha256("\n".join(f"{one.about}: {one.words}" for one in lines).encode()).hexdigest()[:32]


def merge(
    kept: Member, ended: Member, *, codes: tuple[str, str], seen: str, by: Member, at: datetime
) -> Member:
    """Bring them together, with the codes of ``kept`` and of ``ended``. Twice is not an error.

    Raises ``ChangedMeanwhile`` where ``seen`` is not what is so now, and ``MergeRefused``.
    """
    try:
        outcome = _merge(kept, ended, codes, seen, by, at)
    except KeyIsGone as gone:
        raise MergeRefused(NOT_WITHOUT.format(gone)) from gone
    if isinstance(outcome, str):  # said once the wrong codes are counted
        raise MergeRefused(outcome)
    for follows in outcome:
        after_commit(follows)
    kept.refresh_from_db()
    return kept


@retried
def _merge(
    kept: Member, ended: Member, codes: tuple[str, str], seen: str, by: Member, at: datetime
) -> list[Afterwards] | str:
    """Return what follows it, or why it was not done."""
    kept, ended = proof.locked(kept, ended)
    if AccountMerge.objects.filter(kept=kept, ended=ended, done_at__isnull=False).exists():
        return []
    proof.check(kept, ended, by=by, at=at)
    request = proof.open_request(kept, ended, at=at)
    if request is None:
        return "There are no codes that are good. Mail new ones."
    if not proof.is_given(request, kept, ended, codes):
        AccountMerge.objects.filter(pk=request.pk).update(wrong=F("wrong") + 1)
        return "These are not the codes from the two emails. Ask the caller to read both out once more."
    registry.lock(kept, ended)
    if digest(plan(kept, ended)) != seen:
        raise ChangedMeanwhile(
            "Something has changed since your page was loaded. Read what is kept once more, then press again."
        )
    return _bring_together(kept, ended, request, by, at)


def _bring_together(
    kept: Member, ended: Member, request: AccountMerge, by: Member, at: datetime
) -> list[Afterwards]:
    address = ended.email
    objections.end_sessions(ended)  # by their log-ins, which go
    _take_profile(kept, ended, by, at)
    afterwards = registry.do(kept, ended, by=by, at=at)
    _close(ended)
    objections.move_on_list(address, kept.email)
    addresses.leave(kept, address, at=at)  # the code has shown that it is theirs
    trail.record(kept, Act.MERGED, by=by, at=at, other=ended.pk)
    trail.record(ended, Act.MERGED_AWAY, by=by, at=at, other=kept.pk)
    AccountMerge.objects.filter(kept=ended, done_at__isnull=False).update(kept=kept)
    AccountMerge.objects.filter(pk=request.pk).update(
        done_at=at, kept_digest="", ended_digest="", address_digest=erased_list.digest_of(address)
    )
    _tell(kept, address, at)
    return afterwards


def where_now(address: str) -> str:
    """Return where the owner of an address that ended logs in now, so that they know it again; or "".

    For emails to that address only.
    """
    try:
        wanted = erased_list.digest_of(address)
    except KeyIsGone:
        return ""
    found = AccountMerge.objects.filter(address_digest=wanted, done_at__isnull=False, kept__is_active=True)
    one = found.select_related("kept").first()
    return proof.masked(one.kept.email) if one else ""


def _of_accounts(kept: Member, ended: Member) -> list[Line]:
    lines = [
        Line("Account", f"{kept.email} stays: they log in there as before."),
        Line("Account", f"{ended.email} ends: nobody logs in there any more, and nothing is sent there."),
        Line("Account", "Password, passkeys and the calendar that was subscribed to with it end as well."),
        Line(
            "Account",
            f"What emails to {ended.email} put into a calendar stays there: they open each entry there "
            "and remove it.",
        ),
        *(Line("Membership", said) for said in _membership(kept, ended)),
    ]
    filled = [Member._meta.get_field(name).verbose_name for name in _filled(kept, ended)]  # type: ignore[union-attr]  # fields of ours
    said = f"As it is. Filled in from the other: {', '.join(map(str, filled))}." if filled else "As it is."
    return [*lines, Line("Name and profile", f"{kept.name}. {said}")]


def _membership(kept: Member, ended: Member) -> list[str]:
    if _takes_membership(kept, ended):
        return [f"Member, as with {ended.email}."]
    said = [f"{kept.get_membership_display()}, as it is with {kept.email}."]
    if kept.membership != ended.membership:
        why = f": {ended.membership_reason}" if ended.membership_reason else ""
        said.append(
            f"With {ended.email} it is “{ended.get_membership_display()}”{why}. That is not taken over."
        )
    return said


def _takes_membership(kept: Member, ended: Member) -> bool:
    """Whether they become a member: who waits does, a decision of the team is not undone by the way."""
    return ended.is_member and kept.membership == Member.Membership.WAITING


def _filled(kept: Member, ended: Member) -> list[str]:
    return [name for name in PROFILE if getattr(ended, name) and not getattr(kept, name)]


def _take_profile(kept: Member, ended: Member, by: Member, at: datetime) -> None:
    """Fill in what they have not said, and let them be a member who was one with either account."""
    changed = _filled(kept, ended)
    for name in changed:
        setattr(kept, name, getattr(ended, name))
    if _takes_membership(kept, ended):
        trail.record(kept, Act.APPROVED, by=by, at=at)
        kept.membership, kept.membership_reason = Member.Membership.ACTIVE, ""
        kept.membership_changed_at = at
        changed += ["membership", "membership_reason", "membership_changed_at"]
    kept.save(update_fields=[*changed, "changed_at"])


def _close(ended: Member) -> None:
    """Leave an empty row that nobody logs in to; what it was called stands nowhere any more."""
    theirs: Any = ended.emailaddress_set  # type: ignore[attr-defined]  # allauth's, which is untyped
    theirs.all().delete()
    ended.email, ended.name = f"{ENDED_EMAIL}{ended.pk}@erased.invalid", ENDED_NAME
    ended.is_active = ended.is_vouched_for = False
    ended.membership, ended.membership_reason = Member.Membership.ENDED, ""
    for name in PROFILE:
        setattr(ended, name, "")
    ended.set_unusable_password()
    ended.save()


def _tell(kept: Member, address: str, at: datetime) -> None:
    """Owe both addresses the letter that it is done."""
    key = f"accounts-merged:{kept.pk}:{at.isoformat()}"
    outbox.enqueue("accounts-merged", at=at, key=f"{key}:kept", member=kept)
    outbox.enqueue(
        "accounts-merged",
        at=at,
        key=f"{key}:ended",
        email=address,
        language=kept.language,
        payload={"kept": kept.pk},
    )
