"""The proof that both accounts are one person's: a code that was mailed to each of the two addresses.

Whoever rings may say anything. So nobody's accounts are brought together before both addresses have agreed:
each is mailed a code of its own, with what will be done, and both are read out, or none counts. It cannot be
undone, so an address that was corrected lately agrees to nothing until nobody can object to that any more.
After ten wrong ones new codes are needed.
"""

import secrets
from datetime import datetime, timedelta
from typing import Final

from audit import trail
from audit.acts import Act
from audit.models import Entry
from common import keyed_digests
from common.times import SITE_ZONE, format_moment
from common.transactions import retried
from members import keys, objections
from members.merging import registry
from members.models import AccountMerge, Member
from members.privacy import erasure
from notifications import outbox

#: For so long codes are good: an email to a hospital may take hours.
GOOD_FOR: Final = timedelta(hours=24)
MAX_WRONG: Final = 10
#: For so long codes are on their way, and no others are mailed.
PAUSE: Final = timedelta(minutes=2)
#: Letters and figures that nobody takes for one another, also when they are read out.
_SIGNS: Final = "2346789CDFGHJKMPQRTVWXY"
_LENGTH, _GROUP = 8, 4
_PURPOSE: Final = "members.merge"


class MergeRefused(Exception):
    """An expected no; ``str()`` is the sentence for the team."""


class AccountClosed(MergeRefused):
    """One of the two is closed, ``closed``; it is opened again first, or stays as it is."""

    def __init__(self, closed: Member) -> None:
        super().__init__(
            f"The account of {closed} ({closed.email}) is closed{_why_closed(closed)}. If it is the "
            "caller’s, a superuser opens it again first; then correct its address where that is not theirs."
        )
        self.closed = closed


def _why_closed(member: Member) -> str:
    """Say when it was closed by an objection, where it was. One query."""
    told = Entry.objects.filter(
        thing=Member._meta.label_lower, thing_id=member.pk, facts__fields=["is_active"]
    )
    entry = told.filter(act=Act.ADDRESS_BROUGHT_BACK).first()
    if entry is None:
        return ""
    when = format_moment(entry.at, SITE_ZONE.key)
    return f": on {when} somebody objected to its address, and the address of before has another account"


@retried
def ask(kept: Member, ended: Member, *, by: Member, at: datetime) -> AccountMerge:
    """Mail a code to each of the two addresses; codes of before are good no more. Raises ``MergeRefused``.

    Pressed again within ``PAUSE`` nothing more is mailed: they are on their way.
    """
    kept, ended = locked(kept, ended)
    check(kept, ended, by=by, at=at)
    before = open_request(kept, ended, at=at)
    if before is not None and before.asked_at > at - PAUSE:
        return before
    pair = {"kept__in": (kept, ended), "ended__in": (kept, ended)}
    AccountMerge.objects.filter(done_at=None, **pair).delete()
    codes = [_new_code(), _new_code()]
    digests = [
        keyed_digests.made(_PURPOSE, _of(one, code)) for one, code in zip((kept, ended), codes, strict=True)
    ]
    made = AccountMerge.objects.create(
        kept=kept,
        ended=ended,
        asked_by=by,
        asked_at=at,
        until=at + GOOD_FOR,
        kept_digest=digests[0],
        ended_digest=digests[1],
    )
    trail.record(ended, Act.MERGE_ASKED, by=by, at=at, other=kept.pk)
    for one, other, code in ((kept, ended, codes[0]), (ended, kept, codes[1])):
        _tell(made, one, other, code, at)
    return made


def check(kept: Member, ended: Member, *, by: Member, at: datetime) -> None:
    """Raise ``MergeRefused`` where these two are not to be brought together, whatever their owners say."""
    if kept.pk == ended.pk:
        raise MergeRefused("This is one account.")
    for one in (kept, ended):
        if one.pk == by.pk:
            raise MergeRefused("This is your own account: ask a colleague.")
        if keys.holds_keys(one):
            raise MergeRefused(
                f"{one} has a role in the team, so this account is not brought together with another. "
                "A superuser takes the role away first."
            )
        if not one.is_active:
            raise AccountClosed(one)
        if erasure.pending(one) is not None:
            raise MergeRefused(f"{one} ({one.email}) is to be erased. They take that back first.")
        if objections.open_at(at).filter(member=one).exists():
            raise MergeRefused(
                f"The address {one.email} was corrected lately, and its owner can still object. "
                "Try again tomorrow."
            )
    if not Member.objects.reachable().filter(pk=kept.pk).exists():
        raise MergeRefused(
            f"Nobody has confirmed {kept.email} yet. Let them log in there once, or keep the other account."
        )
    registry.check(kept, ended)


def open_request(kept: Member, ended: Member, *, at: datetime) -> AccountMerge | None:
    """Return the codes that were mailed and are good. One query."""
    found = AccountMerge.objects.filter(kept=kept, ended=ended, done_at=None, until__gt=at)
    return found.filter(wrong__lt=MAX_WRONG).select_related("asked_by").first()


def is_given(request: AccountMerge, kept: Member, ended: Member, codes: tuple[str, str]) -> bool:
    """Whether these are the codes that were mailed to the addresses that the one and the other have now."""
    return keyed_digests.is_of(_PURPOSE, _of(kept, codes[0]), request.kept_digest) and keyed_digests.is_of(
        _PURPOSE, _of(ended, codes[1]), request.ended_digest
    )


def locked(kept: Member, ended: Member) -> tuple[Member, Member]:
    """Lock both accounts, by id, and return them as they are now."""
    rows = Member.objects.select_for_update(no_key=True).filter(pk__in=(kept.pk, ended.pk)).order_by("pk")
    by_id: dict[int, Member] = {one.pk: one for one in rows}
    return by_id[kept.pk], by_id[ended.pk]


def forget(*, at: datetime) -> int:
    """Delete what was asked for and never done; return how many."""
    return AccountMerge.objects.filter(done_at=None, until__lte=at).delete()[0]


def masked(email: str) -> str:
    """Return an address as its owner knows it again, and nobody else learns it: "a…@example.org"."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"


def _new_code() -> str:
    return "".join(secrets.choice(_SIGNS) for _n in range(_LENGTH))


def _of(member: Member, code: str) -> str:
    """Return what is kept as a digest: the code however it was typed, and the address that it went to."""
    return f"{member.email.lower()} {''.join(one for one in code.upper() if one.isalnum())}"


def _tell(made: AccountMerge, one: Member, other: Member, code: str, at: datetime) -> None:
    shown = "-".join(code[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))
    outbox.enqueue(
        "merge-code",
        at=at,
        key=f"merge-code:{made.pk}:{one.pk}",
        email=one.email,
        language=one.language,
        payload={"stays": one.pk == made.kept_id},
        not_after=made.until,
        secret={"code": shown, "other": masked(other.email)},
    )
