"""What moderators decide about a comment: each decision says who, when and why, and can be undone (P6).

The comment is locked, then compared with what the moderator saw (its ``version``): where somebody was
quicker they are told who and what, and nothing changes. Pressing twice is one decision. A decision changes
one comment: publishing a comment publishes none of its replies, removing it removes none. Its author is
told ten minutes later; undoing within that time means that nobody is told at all. Who decided does not
look at their own decision again where there is another moderator.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from audit import trail
from audit.actors import SITE
from audit.acts import Act
from comments import notices
from comments.models import Comment, Decision, Report
from comments.moderation import concurrent_decisions, reporting
from comments.moderation.appeals import reserved_for_other_moderators
from comments.refusals import AnotherModerator, ChangedMeanwhile, NotPossible
from comments.writing import authoring
from common.transactions import retried
from members.models import Member
from notifications import kept
from notifications.models import Message

Status = Comment.Status
Kind = Decision.Kind

#: What a decision may change, and undoing brings back.
CHANGED: Final = (
    *("status", "status_changed_at", "published_at", "edited_at", "held_for"),
    *("body", "pending_body", "is_redacted", "appealed_at", "appeal_text"),
)
MOMENTS: Final = frozenset({"status_changed_at", "published_at", "edited_at", "appealed_at"})
#: Decisions that leave the comment as it is.
LOOKING: Final = (Kind.REVEAL, Kind.UNDO)
#: Decisions about whether it is public; those about the edit that waits are not.
ABOUT_STATUS: Final = (Kind.PUBLISH, Kind.REJECT, Kind.SPAM, Kind.REMOVE)
#: Decisions after which open reports are settled.
SETTLES: Final = (Kind.KEEP, Kind.REMOVE, Kind.SPAM, Kind.REDACT)
#: Kind of a decision → what the trail calls it.
ACTS: Final = {
    Kind.PUBLISH: Act.COMMENT_PUBLISHED,
    Kind.REJECT: Act.COMMENT_REJECTED,
    Kind.SPAM: Act.COMMENT_SPAM,
    Kind.REMOVE: Act.COMMENT_REMOVED,
    Kind.REDACT: Act.COMMENT_REDACTED,
    Kind.KEEP: Act.COMMENT_KEPT,
    Kind.REVEAL: Act.ADDRESS_REVEALED,
    Kind.UNDO: Act.DECISION_UNDONE,
}
Change = Callable[[Comment], None]


def publish(comment: Comment, *, by: Member, at: datetime, seen: int) -> Decision:
    """Make a comment public, or the edit of it that waits; ``seen`` is the version that ``by`` saw.

    Raises ``ChangedMeanwhile``, ``NotPossible``, ``AnotherModerator``.
    """

    def change(locked: Comment) -> None:
        _refuse(locked, Status.WITHDRAWN)
        if locked.has_pending_edit:
            locked.body, locked.pending_body, locked.edited_at = locked.pending_body, "", at
        elif locked.is_published:
            raise NotPossible("This comment is published already.")
        else:
            locked.status, locked.published_at = Status.PUBLISHED, at
            locked.appealed_at, locked.appeal_text = None, ""

    return _decide(Kind.PUBLISH, comment, change, by=by, at=at, seen=seen)


@retried
def publish_and_reply(
    comment: Comment, reply: str, *, by: Member, at: datetime, seen: int, submission: UUID
) -> Comment:
    """Publish a comment and answer it in one step; return the answer.

    Raises what ``publish`` and ``authoring.leave`` raise, and then nothing has changed.
    """
    publish(comment, by=by, at=at, seen=seen)
    sent = authoring.Sent(submission)
    return authoring.leave(comment.post, reply, by=by, at=at, sent=sent, reply_to=comment)


def reject(
    comment: Comment, *, by: Member, at: datetime, seen: int, reason: str, words: str = ""
) -> Decision:
    """Do not publish a comment, or the edit of it that waits; its author is told why.

    Raises ``ChangedMeanwhile``, ``NotPossible``, ``AnotherModerator``.
    """

    def change(locked: Comment) -> None:
        if locked.has_pending_edit:
            locked.pending_body = ""
        elif locked.status in (Status.PENDING, Status.SPAM) or locked.is_appealed:
            locked.status = Status.REJECTED if locked.status != Status.REMOVED else Status.REMOVED
        else:
            raise NotPossible("Only a comment that waits can be left unpublished.")

    return _decide(Kind.REJECT, comment, change, by=by, at=at, seen=seen, reason=reason, words=words)


def spam(comment: Comment, *, by: Member, at: datetime, seen: int) -> Decision:
    """Mark a comment as spam; nobody is told. Raises what ``publish`` raises."""

    def change(locked: Comment) -> None:
        _refuse(locked, Status.WITHDRAWN, Status.SPAM)
        locked.status, locked.pending_body = Status.SPAM, ""

    return _decide(Kind.SPAM, comment, change, by=by, at=at, seen=seen)


def remove(
    comment: Comment, *, by: Member, at: datetime, seen: int, reason: str, words: str = ""
) -> Decision:
    """Take a published comment away; where others have answered, its place says so.

    Raises ``ChangedMeanwhile``, ``NotPossible``.
    """

    def change(locked: Comment) -> None:
        if not locked.is_published:
            raise NotPossible("Only a published comment can be removed.")
        locked.status, locked.pending_body = Status.REMOVED, ""

    return _decide(Kind.REMOVE, comment, change, by=by, at=at, seen=seen, reason=reason, words=words)


def keep(comment: Comment, *, by: Member, at: datetime, seen: int) -> Decision:
    """Leave a reported comment as it is; its reports are settled. Raises ``ChangedMeanwhile``."""
    return _decide(Kind.KEEP, comment, _leave_it, by=by, at=at, seen=seen)


def redact(comment: Comment, body: str, *, by: Member, at: datetime, seen: int) -> Decision:
    """Put ``body``, without the personal data, in place of a comment's words; a mark says that it was done.

    An edit that waits is dropped: it holds them still. Raises ``ChangedMeanwhile``, ``NotPossible``,
    ``AnotherModerator``.
    """

    def change(locked: Comment) -> None:
        _refuse(locked, Status.WITHDRAWN)
        if not body.strip() or body.strip() == locked.body:
            raise NotPossible("Take out what is personal, and leave the rest of the words.")
        locked.body, locked.pending_body, locked.is_redacted = body.strip(), "", True
        kept.erase(Message.objects.filter(sent_letter__isnull=False, payload__comment=locked.pk))

    return _decide(Kind.REDACT, comment, change, by=by, at=at, seen=seen)


@retried
def reveal(comment: Comment, *, by: Member, at: datetime) -> Decision:
    """Record that ``by`` looks at the address of a guest, which lists never show."""
    trail.record(comment, ACTS[Kind.REVEAL], by=by, at=at)
    return Decision.objects.create(comment=comment, kind=Kind.REVEAL, by=by, at=at)


@retried
def suspect(comment: Comment, *, at: datetime, seen: int) -> bool:
    """Move a comment that waits to the spam, because the spam service says so; return whether it was moved.

    No decision is recorded: moderators decide, and find it in their queue of spam.
    """
    locked = Comment.objects.lock(comment.pk)
    if locked.version != seen or locked.status != Status.PENDING:
        return False
    locked.status, locked.held_for = Status.SPAM, Comment.HeldFor.SPAM_CHECK
    locked.version += 1
    locked.save(update_fields=["status", "held_for", "version"])
    trail.record(locked, Act.COMMENT_SUSPECTED, by=SITE, at=at)
    return True


@retried
def undo(decision: Decision, *, by: Member, at: datetime) -> Decision:
    """Bring a comment back to what it was before its last decision; what is still owed is not sent.

    Undoing again changes nothing. Raises ``ChangedMeanwhile`` where something has happened since,
    ``NotPossible`` where there is nothing to undo.
    """
    locked = Comment.objects.lock(decision.comment_id)
    decision = Decision.objects.select_related("by").get(pk=decision.pk)
    done = Decision.objects.filter(undoes=decision).first()
    if done is not None:
        return done
    if decision.kind in LOOKING or "body" not in decision.before:
        raise NotPossible("This cannot be undone.")
    if not concurrent_decisions.is_last(decision, locked):
        raise ChangedMeanwhile(concurrent_decisions.said_of(locked))
    was = decision.was
    for name in CHANGED:
        value = was[name]
        setattr(locked, name, datetime.fromisoformat(value) if value and name in MOMENTS else value)
    locked.version += 1
    locked.save(update_fields=[*CHANGED, "version"])
    untold = notices.cancel_notices(locked, decision)
    reporting.open_again(decision)
    Decision.objects.filter(pk=decision.pk).update(undone_at=at)
    trail.record(locked, ACTS[Kind.UNDO], by=by, at=at, decision=decision.pk)
    undoing = Decision.objects.create(comment=locked, kind=Kind.UNDO, by=by, at=at, undoes=decision)
    if locked.is_published and decision.kind in (Kind.REMOVE, Kind.SPAM):
        notices.stands_again(undoing, decision, at, was_told=not untold)
    return undoing


@retried
def _decide(
    kind: Decision.Kind,
    comment: Comment,
    change: Change,
    *,
    by: Member,
    at: datetime,
    seen: int,
    reason: str = "",
    words: str = "",
) -> Decision:
    locked = Comment.objects.lock(comment.pk)
    if locked.version != seen:
        last = _last(locked).first()
        if last and (last.by_id, last.kind, last.before.get("version")) == (by.pk, kind, seen):
            return last
        raise ChangedMeanwhile(concurrent_decisions.said_of(locked))
    if reserved_for_other_moderators([locked], by=by):
        raise AnotherModerator
    was, was_edit = _fields(locked), locked.has_pending_edit
    change(locked)
    if kind in ABOUT_STATUS and not (was_edit and locked.is_published):
        locked.status_changed_at = at
    locked.version += 1
    locked.save(update_fields=[*CHANGED, "version"])
    decision = Decision.objects.create(
        comment=locked, kind=kind, by=by, at=at, reason=reason, words=words.strip(), before=was
    )
    trail.record(locked, ACTS[kind], by=by, at=at, decision=decision.pk)
    if kind in SETTLES:
        Report.objects.unsettled().filter(comment=locked).update(settled_by=decision)
    _tell(decision, was, at)
    return decision


def _tell(decision: Decision, was: dict[str, Any], at: datetime) -> None:
    """Owe its author word of the outcome, and others word of what is public for the first time."""
    if decision.kind == Kind.PUBLISH:
        notices.outcome("comment-published", decision, at)
        if was["status"] != Status.PUBLISHED and was["published_at"] is None:
            notices.public(decision.comment, at)
    elif decision.kind == Kind.REJECT:
        notices.outcome("comment-not-published", decision, at)
    elif decision.kind == Kind.REMOVE:
        notices.outcome("comment-removed", decision, at)
    if decision.kind in (Kind.REMOVE, Kind.SPAM):
        notices.take_back_news(decision.comment)


def _leave_it(comment: Comment) -> None:
    """Change nothing."""


def _refuse(comment: Comment, *statuses: Comment.Status) -> None:
    if comment.status in statuses:
        raise NotPossible(
            f"This comment is {Status(comment.status).label.lower()}: there is nothing to decide."
        )


def _last(comment: Comment) -> QuerySet[Decision]:
    """The decisions that changed the comment and stand, the last one first."""
    return comment.decisions.exclude(kind__in=LOOKING).filter(undone_at=None).order_by("-id")


def _fields(comment: Comment) -> dict[str, Any]:
    """What the comment is before a decision, as JSON holds it."""
    values = {name: getattr(comment, name) for name in CHANGED}
    values |= {name: value.isoformat() for name, value in values.items() if isinstance(value, datetime)}
    return values | {"version": comment.version}
