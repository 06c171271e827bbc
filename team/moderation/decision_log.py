"""The log of decisions: which can be undone, and the last one of whoever reads."""

from datetime import datetime

from comments.models import Decision
from comments.moderation import concurrent_decisions
from comments.moderation.decisions import LOOKING
from comments.notices import UNDO_TIME
from members.models import Member


def can_be_undone(decision: Decision) -> bool:
    """Whether nothing has happened to its comment since; load ``comment`` with it."""
    if decision.kind in LOOKING or decision.undone_at or "body" not in decision.before:
        return False
    return concurrent_decisions.is_last(decision, decision.comment)


def is_still_secret(decision: Decision, at: datetime) -> bool:
    """Whether nobody has been told yet."""
    return at < decision.at + UNDO_TIME


def last_of(member: Member, *, at: datetime) -> Decision | None:
    """Return their last decision, while nobody was told and nothing has happened since. One query."""
    rows = Decision.objects.filter(by=member, at__gt=at - UNDO_TIME, undone_at=None)
    decided = rows.exclude(kind__in=LOOKING).select_related("comment__post", "comment__member")
    last = decided.order_by("-pk").first()
    return last if last and can_be_undone(last) else None


def revealed_to(member: Member, comment_id: int, *, at: datetime) -> bool:
    """Whether they have asked for the address of this comment's author in the last ten minutes. One query."""
    looked = Decision.objects.filter(comment=comment_id, by=member, kind=Decision.Kind.REVEAL)
    return looked.filter(at__gt=at - UNDO_TIME, at__lte=at).exists()
