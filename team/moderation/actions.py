"""What a moderator can do with a comment as it stands: the buttons, in words that say what will happen.

The rules decide (comments.moderation.decisions); this leaves out what they would refuse.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.urls import reverse

from comments.models import Comment

Status = Comment.Status


@dataclass(frozen=True)
class Action:
    """One thing to do: the end of its address's name, its button, its key; ``asks`` has a page first."""

    name: str
    label: str
    kind: str = "secondary"
    key: str = ""
    asks: bool = False

    def url(self, comment: Comment) -> str:
        """The address that does it."""
        return reverse(f"team:comment_{self.name}", args=[comment.pk])


PUBLISH: Final = Action("publish", "Publish", "primary", key="p")
REPLY: Final = Action("reply", "Publish and reply", asks=True)
REJECT: Final = Action("reject", "Not published", key="r", asks=True)
SPAM: Final = Action("spam", "Spam", key="s")
KEEP: Final = Action("keep", "Keep it", "primary", key="p")
REMOVE: Final = Action("remove", "Remove", "danger", key="r", asks=True)
REDACT: Final = Action("redact", "Take out personal data", "quiet", asks=True)


def actions(comment: Comment, *, is_reported: bool, at: datetime) -> list[Action]:
    """Return what can be done; load ``post`` with the comment."""
    if comment.status == Status.WITHDRAWN:
        return []
    if comment.is_published:
        return _published(comment, is_reported=is_reported)
    if comment.is_appealed:
        stays = replace(REJECT, label="Leave it as decided")
        return [PUBLISH, stays, SPAM, REDACT]
    reply = [REPLY] if comment.post.takes_comments(at) else []
    if comment.status == Status.PENDING:
        return [PUBLISH, *reply, REJECT, SPAM, REDACT]
    if comment.status == Status.SPAM:
        return [replace(PUBLISH, label="Not spam: publish"), *reply, REJECT, REDACT]
    return [PUBLISH, SPAM, REDACT]


def _published(comment: Comment, *, is_reported: bool) -> list[Action]:
    if comment.has_pending_edit:
        edit = [replace(PUBLISH, label="Publish the edit"), replace(REJECT, label="Do not publish the edit")]
        keep = [replace(KEEP, kind="secondary", key="")] if is_reported else []
        return [*edit, *keep, replace(REMOVE, key=""), SPAM, REDACT]
    return [KEEP, REMOVE, SPAM, REDACT] if is_reported else [REMOVE, SPAM, REDACT]
