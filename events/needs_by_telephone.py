"""Access needs that somebody says on the telephone: written down besides what they had told, never read.

Whoever writes sees nothing of what stands there. What was told stays as it is; words are added to theirs, and
hosts may know what was told both times only where both times it was said to be for hosts. They are asked
whether it may be kept, which is noted, and they get it in an email, to look at and to change.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from audit import trail
from audit.acts import Act
from common.refusals import Refusal
from common.transactions import retried
from events import access_needs
from events.models import AccessNeed, Kind, Registration
from events.models.access_needs import MAX_WORDS_CHARS
from members.models import Member
from notifications import outbox

#: The kind of the email with what was written down.
EMAIL: Final = "needs-written-down"


class NotWritten(Refusal):
    """An expected no: nothing is written down."""


@retried
def write_down(
    registration: Registration,
    *,
    by: Member,
    at: datetime,
    consents: bool,
    needs: str = "",
    share_with_hosts: bool = False,
    kinds: Mapping[str, bool] | None = None,
) -> None:
    """Write down what they have just said, with their consent, by the rule of their own form, and email it.

    Raises ``NotWritten`` where they do not agree or come, the event is over, the account is closed, nothing
    was said, or it is too long with what stands there.
    """
    if not consents:
        raise NotWritten(_("Ask them first: without their yes nothing of it may be kept."))
    _check(registration, at)
    kinds, words = dict(kinds or {}), needs.strip().replace("\r\n", "\n")
    if not kinds and not words:
        raise NotWritten(_("Tick or write what they need first."))
    before = {one.kind: one for one in AccessNeed.objects.filter(told__registration=registration)}
    kinds = {
        kind: for_hosts and (kind not in before or before[kind].is_shared_with_hosts)
        for kind, for_hosts in kinds.items()
    }
    if (own := before.get(Kind.OTHER)) is not None:
        share_with_hosts = own.is_shared_with_hosts and (share_with_hosts or not words)
        words = _joined(own.words, words)
    access_needs.save(
        registration,
        by=by,
        at=at,
        needs=words,
        share_with_hosts=share_with_hosts,
        kinds=kinds,
        shown=list(kinds),
    )
    record(registration, by=by, at=at)


def record(registration: Registration, *, by: Member, at: datetime) -> None:
    """Note that they agreed by telephone that it is kept, and email them all that is written down."""
    trail.record(registration, Act.NEEDS_BY_TELEPHONE, by=by, at=at)
    outbox.enqueue(
        EMAIL,
        at=at,
        key=f"{EMAIL}:{registration.pk}:{at.isoformat()}",
        member=registration.member,
        payload={"registration": registration.pk},
    )


def _check(registration: Registration, at: datetime) -> None:
    # As in ``save``: whoever erases them, or brings two accounts together, holds the account.
    if not Member.objects.lock_open(registration.member_id).exists():
        raise NotWritten(_("Their account is closed: nothing is kept of it."))
    now = Registration.objects.select_related("event").get(pk=registration.pk)
    if now.status == Registration.Status.CANCELLED:
        raise NotWritten(_("They are not registered any more. Register them first."))
    if not now.event.is_published or now.event.is_past(at):
        raise NotWritten(_("The event is over or cancelled, so nobody needs to know any more."))


def _joined(before: str, words: str) -> str:
    """Return their words with what was said now below them; the same again adds nothing."""
    if not words or words in before.split("\n\n"):
        return before
    both = f"{before}\n\n{words}"
    if len(both) > MAX_WORDS_CHARS:
        raise NotWritten(_("With what they have written already it is too long. Use fewer words."))
    return both
