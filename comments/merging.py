"""What merging two accounts makes of comments, reports and conversations that are followed."""

from collections.abc import Iterable
from datetime import datetime

from audit.actors import By
from comments.models import Comment, Decision, Follow, Report
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import Member


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.moves(Comment, "member", "%(count)s comment", "%(count)s comments")
    registry.moves(Decision, "by")
    registry.by_act("comments", Act(merge, look), (Follow, "member"), (Report, "member"))


def look(kept: Member, ended: Member) -> Iterable[Line]:  # noqa: ARG001  # as all acts
    """Say that their conversations stay followed."""
    if Follow.objects.filter(member=ended).exists():
        yield Line("Also", "Conversations that they follow are followed with the account that stays.")


def merge(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:  # noqa: ARG001  # as all acts
    """Follow each conversation once, and keep one open report of each comment."""
    both = Follow.objects.filter(member=kept).values("thread")
    Follow.objects.filter(member=ended, thread__in=both).delete()
    Follow.objects.filter(member=ended).update(member=kept)
    said = Report.objects.filter(member=kept, settled_by=None).values("comment")
    Report.objects.filter(member=ended, settled_by=None, comment__in=said).delete()
    Report.objects.filter(member=ended).update(member=kept)
    return ()
