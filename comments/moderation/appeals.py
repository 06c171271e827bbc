"""An author asks to look again at a decision against them; who decided does not, where others can (P6)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from audit import trail
from audit.actors import By
from audit.acts import Act
from comments.models import AGAINST, Comment
from comments.moderation import moderators
from comments.refusals import CannotAsk
from common.transactions import retried
from members.models import Member


def reserved_for_other_moderators(comments: Iterable[Comment], *, by: Member) -> frozenset[int]:
    """Return those that ``by`` decided and is asked about again, if others can look: two queries at most."""
    asked = [one.pk for one in comments if one.is_appealed]
    decided = moderators.decided_against(asked, by=by) if asked else frozenset()
    return decided if decided and moderators.is_another(than=by) else frozenset()


@retried
def appeal(comment: Comment, words: str, *, by: By, at: datetime) -> Comment:
    """Ask, as its author, to look again at the decision about a comment: once for each decision.

    Raises ``CannotAsk``.
    """
    locked = Comment.objects.lock(comment.pk)
    if locked.status not in AGAINST:
        raise CannotAsk(_("There is no decision to look at again."))
    if locked.is_appealed:
        return locked
    if locked.appealed_at is not None:
        raise CannotAsk(_("A second moderator has looked at it already."))
    locked.appealed_at, locked.appeal_text = at, words.strip()
    locked.version += 1
    locked.save(update_fields=["appealed_at", "appeal_text", "version"])
    trail.record(locked, Act.APPEALED, by=by, at=at)
    return locked
