"""What has happened to a comment since a moderator saw it, in words for whoever was slower."""

from typing import Any, Final

from comments.models import Comment, Decision
from common.times import SITE_ZONE, format_moment

Kind = Decision.Kind

#: What a decision did.
DONE: Final = {
    Kind.PUBLISH: "published it",
    Kind.REJECT: "decided not to publish it",
    Kind.SPAM: "marked it as spam",
    Kind.REMOVE: "removed it",
    Kind.REDACT: "took personal data out of it",
    Kind.KEEP: "kept it",
    Kind.UNDO: "undid the last decision",
}


def said_of(comment: Comment) -> str:
    """Say what has happened to a comment since it was seen."""
    last = comment.decisions.exclude(kind=Kind.REVEAL).select_related("by").order_by("-id").first()
    if last is None or last.by is None or _version_after(last) != comment.version:
        who = "The spam service" if _is_suspected(comment) else "Its author"
        return f"{who} has changed this comment since you opened the page. Nothing was decided."
    when = format_moment(last.at, SITE_ZONE.key)
    return f"{last.by.name} {DONE[Kind(last.kind)]} on {when}. Your decision has changed nothing."


def is_last(decision: Decision, comment: Comment) -> bool:
    """Whether nothing has happened to the comment since the decision."""
    return _version_after(decision) == comment.version


def _is_suspected(comment: Comment) -> bool:
    is_spam = comment.status == Comment.Status.SPAM
    return is_spam and comment.held_for == Comment.HeldFor.SPAM_CHECK


def _version_after(decision: Decision) -> int | None:
    """The version that the comment had after a decision; an undoing is one write after what it undid."""
    if decision.kind == Kind.UNDO:
        undone: Any = decision.undoes
        return undone.before["version"] + 2 if undone else None
    before: int | None = decision.before.get("version")
    return None if before is None else before + 1
