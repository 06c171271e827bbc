"""What waits for moderators, in numbers: for their digest."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils.timesince import timesince

from comments.models import Comment, Report

Status = Comment.Status


@dataclass(frozen=True)
class Waiting:
    """How many comments wait (edits among them), are reported, and are to be looked at again."""

    comments: int
    reported: int
    appealed: int
    #: How long the oldest has waited, such as "5 hours"; "" where none does.
    oldest: str

    @property
    def is_any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.comments or self.reported or self.appealed)


def waiting(*, at: datetime) -> Waiting:
    """Count what waits. Four queries."""
    oldest = Comment.objects.filter(status=Status.PENDING).aggregate(oldest=Min("created_at"))["oldest"]
    return Waiting(
        comments=Comment.objects.pending().count(),
        reported=Report.objects.open().values("comment").distinct().count(),
        appealed=Comment.objects.appealed().count(),
        oldest=timesince(oldest, at) if oldest else "",
    )
