"""Comments, what moderators decided about them, reports, and who follows a thread."""

from comments.models.comment import AGAINST, APPEALED, WAITS, Comment, CommentQuerySet
from comments.models.following import Follow
from comments.models.moderation import NAMES_OF_BEFORE, Decision, Report

__all__ = [
    "AGAINST",
    "APPEALED",
    "NAMES_OF_BEFORE",
    "WAITS",
    "Comment",
    "CommentQuerySet",
    "Decision",
    "Follow",
    "Report",
]
