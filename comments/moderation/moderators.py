"""Who moderates: the people with the right to decide about comments."""

from collections.abc import Collection
from typing import Final

from comments.models import Decision
from members.capabilities import MODERATE
from members.models import Member, MemberQuerySet

#: Decisions that the author of a comment can ask to look at again.
AGAINST: Final = (Decision.Kind.REJECT, Decision.Kind.REMOVE)


def moderators() -> MemberQuerySet:
    """Return all who may decide, admins among them: rights count with the tick for staff only."""
    found: MemberQuerySet = Member.objects.who_may(MODERATE)
    return found


def is_another(than: Member) -> bool:
    """Whether somebody else could decide."""
    return moderators().exclude(pk=than.pk).exists()


def decided_against(comments: Collection[int], *, by: Member) -> frozenset[int]:
    """Return those of the comments, by their ids, whose last decision against them is ``by``'s. One query."""
    rows = Decision.objects.filter(comment__in=comments, kind__in=AGAINST, undone_at=None).order_by("pk")
    last = dict(rows.values_list("comment_id", "by_id"))
    return frozenset(pk for pk, decided_by in last.items() if decided_by == by.pk)
