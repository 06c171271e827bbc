"""How a comment stands, for its author: the state, and what was decided and why."""

from dataclasses import dataclass
from typing import Final

from comments import moderation
from comments.models import Comment, Decision

Status = Comment.Status
AGAINST: Final = (Status.REJECTED, Status.REMOVED)
KINDS: Final = (Decision.Kind.REJECT, Decision.Kind.REMOVE)


@dataclass(frozen=True)
class Outcome:
    """What its author is told; ``reason`` and ``words`` are empty where nothing was decided against it."""

    status: str
    reason: str = ""
    words: str = ""
    #: Whether she has asked to look again and nobody has; whether she can ask.
    is_asked: bool = False
    can_ask: bool = False


def outcome_of(comment: Comment) -> Outcome:
    """Return how the comment stands. One query where it was decided against, none otherwise."""
    if comment.status not in AGAINST:
        return Outcome(comment.status)
    standing = comment.decisions.filter(kind__in=KINDS, undone_at=None).order_by("-id")
    decision = standing.first()
    return Outcome(
        comment.status,
        reason_of(decision) if decision else "",
        decision.words if decision else "",
        is_asked=moderation.is_asked_again(comment),
        can_ask=comment.look_again_at is None,
    )


def reason_of(decision: Decision) -> str:
    """Return the reason in words; "" where the moderator's own words say it."""
    return decision.get_reason_display() if decision.reason != Decision.Reason.OTHER else ""
