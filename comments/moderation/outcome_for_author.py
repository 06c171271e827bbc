"""How a comment stands, for its author: the state, and what was decided and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comments.models import AGAINST, Comment, Decision
from comments.notices import UNDO_TIME

Status = Comment.Status
KINDS: Final = (Decision.Kind.REJECT, Decision.Kind.REMOVE)


@dataclass(frozen=True)
class Outcome:
    """What its author is told; ``reason`` and ``words`` are empty where nothing was decided against it."""

    status: str
    reason: str = ""
    words: str = ""
    #: Whether they have asked to look again and nobody has; whether they can ask.
    is_asked: bool = False
    can_ask: bool = False


def outcome_of(comment: Comment, *, at: datetime) -> Outcome:
    """Return how the comment stands. One query where it was decided against, none otherwise.

    That it is not published is told when it is mailed: until then the moderator can undo a slip.
    """
    if comment.status not in AGAINST:
        return Outcome(comment.status)
    standing = comment.decisions.filter(kind__in=KINDS, undone_at=None).order_by("-id")
    decision = standing.first()
    if decision and _is_untold(decision, at):
        return Outcome(Status.PENDING)
    return Outcome(
        comment.status,
        reason_of(decision) if decision else "",
        decision.words if decision else "",
        is_asked=comment.is_appealed,
        can_ask=can_ask(comment),
    )


def can_ask(comment: Comment) -> bool:
    """Whether its author can ask to look again at the decision against it."""
    return comment.status in AGAINST and comment.appealed_at is None


def _is_untold(decision: Decision, at: datetime) -> bool:
    """Whether they still wait as far as they know: it was never public, and the email is not due yet."""
    return decision.before.get("status") not in (*AGAINST, Status.PUBLISHED) and at < decision.at + UNDO_TIME


def reason_of(decision: Decision) -> str:
    """Return the reason in words; "" where the moderator's own words say it."""
    return decision.get_reason_display() if decision.reason != Decision.Reason.OTHER else ""
