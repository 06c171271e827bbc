"""Reporting a published comment: anybody may, with a reason; a moderator looks at it."""

from datetime import datetime

from django.utils.translation import gettext as _

from audit import trail
from audit.actors import VISITOR
from audit.acts import Act
from comments.models import Comment, Decision, Report
from comments.refusals import NotPossible
from common.transactions import retried
from members.models import Member


@retried
def report(comment: Comment, *, by: Member | None, reason: str, words: str, at: datetime) -> Report:
    """Say that a comment should be looked at. A member's second report, while one is open, is the first.

    Raises ``NotPossible`` where the comment is not public any more.
    """
    locked = Comment.objects.lock(comment.pk)
    if not locked.is_published:
        raise NotPossible(_("This comment is not here any more."))
    if by is not None:
        own = Report.objects.unsettled().filter(comment=locked, member=by).first()
        if own is not None:
            return own
    trail.record(locked, Act.COMMENT_REPORTED, by=by or VISITOR, at=at)
    return Report.objects.create(comment=locked, member=by, reason=reason, words=words.strip(), created_at=at)


def open_again(decision: Decision) -> None:
    """Open the reports that a decision had settled, now that it is undone; who has reported again has one."""
    settled = Report.objects.filter(settled_by=decision)
    again = Report.objects.unsettled().filter(comment=decision.comment_id).exclude(member=None)
    settled.exclude(member__in=again.values("member")).update(settled_by=None)
