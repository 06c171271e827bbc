"""A comment in its context, as a moderator needs it to decide: one review for each, the same queries for all.

The address of a guest is never on a review; their record is counted by it, which shows nothing of it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, Q

from comments.models import Comment, Decision, Report
from comments.moderation import appeals, decisions
from comments.reading import texts
from common import folding
from common.word_changes import Piece
from members.models import Member
from team import response_time
from team.moderation import mail_preview
from team.moderation.actions import Action, actions
from team.moderation.mail_preview import Mailed
from team.moderation.text_changes import changes

Status = Comment.Status

#: From so many characters on the rest of a comment is folded, where so many are left.
FOLDED: Final = 700
REST: Final = 200
#: Acts whose outcome the author is told, and those of which nobody is told.
TELLS: Final = ("publish", "reject", "remove")
TELLS_NOBODY: Final = ("spam", "keep", "redact")


@dataclass(frozen=True)
class Record:
    """How often somebody's comments were published, and how often not."""

    published: int = 0
    rejected: int = 0
    spam: int = 0
    removed: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was decided about them yet."""
        return not (self.published or self.rejected or self.spam or self.removed)


@dataclass(frozen=True)
class CommentReview:
    """All that is shown of a comment beside itself; ``at`` is now."""

    comment: Comment
    record: Record
    is_namesake: bool
    reports: Sequence[Report]
    last: Decision | None
    mails: Mailed
    #: Whoever reads decided it, and its author asks somebody else to look again.
    is_for_another: bool
    at: datetime

    @property
    def answered(self) -> Comment | None:
        """What it answers: a reply, or the comment that its thread begins with."""
        return self.comment.reply_to or self.comment.thread

    @property
    def is_appealed(self) -> bool:
        """Whether its author asks to look again."""
        return self.comment.is_appealed

    @property
    def since(self) -> datetime | None:
        """Since when it waits for a moderator."""
        if self.is_appealed:
            return self.comment.appealed_at
        if self.comment.waits:
            return self.comment.created_at
        return self.reports[0].created_at if self.reports and self.comment.is_published else None

    @property
    def waited(self) -> str:
        """For how long, in words."""
        return response_time.waited(self.since, self.at)

    @property
    def is_late(self) -> bool:
        """Whether for longer than was promised."""
        return response_time.is_broken(self.since, self.at)

    @cached_property
    def beginning(self) -> str:
        """What is shown of its words at once."""
        body = self.comment.body
        if len(body) < FOLDED + REST:
            return body
        cut = body[:FOLDED]
        between = max(cut.rfind(" "), cut.rfind("\n"))
        return cut[: between + 1] if between > FOLDED // 2 else cut

    @property
    def rest(self) -> str:
        """What is folded; empty where all is shown."""
        return self.comment.body[len(self.beginning) :]

    @property
    def answered_words(self) -> str:
        """The first words of what it answers."""
        return texts.beginning(self.answered.body, 200) if self.answered else ""

    @cached_property
    def changes(self) -> list[Piece]:
        """What the edit that waits would change."""
        comment = self.comment
        return changes(comment.body, comment.pending_body) if comment.has_pending_edit else []

    @cached_property
    def actions(self) -> list[Action]:
        """What whoever reads can do."""
        if self.is_for_another:
            return []
        return actions(self.comment, is_reported=bool(self.reports), at=self.at)

    @property
    def links(self) -> list[tuple[Action, str]]:
        """What can be done, and the addresses that do it."""
        return [(act, act.url(self.comment)) for act in self.actions]

    @property
    def told(self) -> list[tuple[str, bool, int]]:
        """Whom the simple decisions mail: the button, whether the author, how many others."""
        author, others = self.mails.author, self.mails.others
        return [
            (act.label, act.name in TELLS and author, others if act.name == "publish" else 0)
            for act in self.actions
            if act.name in TELLS or act.name in TELLS_NOBODY
        ]

    def can(self, name: str) -> bool:
        """Whether one thing can be done."""
        return any(act.name == name for act in self.actions)


def reviews(comments: Collection[Comment], *, reader: Member, at: datetime) -> list[CommentReview]:
    """Return a review for each of the comments, as ``reader`` may decide about it.

    Seven queries, and two more at most where authors ask to look again, however many comments.
    """
    records, namesakes, mails = _records(comments), _namesakes(comments), mail_preview.mailed(comments)
    reports, last = _reports(comments), _last_decisions(comments)
    for_another = appeals.reserved_for_other_moderators(comments, by=reader)
    return [
        CommentReview(
            one,
            record=records.get(_writer(one), Record()),
            is_namesake=one.is_guests and one.guest_name in namesakes,
            reports=reports[one.pk],
            last=last.get(one.pk),
            mails=mails[one.pk],
            is_for_another=one.pk in for_another,
            at=at,
        )
        for one in comments
    ]


def review(comment: Comment, *, reader: Member, at: datetime) -> CommentReview:
    """Return the review of one comment."""
    return reviews([comment], reader=reader, at=at)[0]


def _writer(comment: Comment) -> tuple[int | None, str]:
    return comment.member_id, comment.guest_email


def _records(comments: Collection[Comment]) -> dict[tuple[int | None, str], Record]:
    """Count what was decided about all who wrote these; a guest whose address was erased has no record."""
    members = {one.member_id for one in comments if one.member_id}
    addresses = {one.guest_email for one in comments if one.guest_email}
    theirs = Q(member__in=members) | Q(guest_email__in=addresses, guest_email__gt="")
    numbers: dict[str, Any] = {
        "published": Count("pk", filter=Q(status=Status.PUBLISHED)),
        "rejected": Count("pk", filter=Q(status=Status.REJECTED)),
        "spam": Count("pk", filter=Q(status=Status.SPAM)),
        "removed": Count("pk", filter=Q(status=Status.REMOVED)),
    }
    by_writer = Comment.objects.filter(theirs).order_by().values("member_id", "guest_email")
    rows: Any = by_writer.annotate(**numbers)
    return {(row["member_id"], row["guest_email"]): Record(*(row[name] for name in numbers)) for row in rows}


def _namesakes(comments: Collection[Comment]) -> set[str]:
    """Return the names of guests that are members' names too, or look like one. Two queries."""
    guests = folding.looks({one.guest_name for one in comments if one.is_guests})
    every = frozenset[str]().union(*guests.values())
    looks = Member.objects.filter(name_looks__overlap=list(every)).values_list("name_looks", flat=True)
    of_members = {look for looks_of_one in looks for look in looks_of_one}
    return {name for name, looks in guests.items() if looks & of_members}


def _reports(comments: Collection[Comment]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = defaultdict(list)
    for report in (
        Report.objects.unsettled().filter(comment__in=[one.pk for one in comments]).select_related("member")
    ):
        found[report.comment_id].append(report)
    return found


def _last_decisions(comments: Collection[Comment]) -> dict[int, Decision]:
    """Return for each the last decision that stands, and changed something."""
    rows = Decision.objects.filter(comment__in=[one.pk for one in comments], undone_at=None)
    standing = rows.exclude(kind__in=decisions.LOOKING).select_related("by").order_by("pk")
    return {one.comment_id: one for one in standing}
