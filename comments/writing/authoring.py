"""Leaving a comment, editing it for ten minutes, withdrawing it any time: what its author does.

Whether a comment is public at once or waits is decided by ``trust`` (P6). A sending carries an id of its
own, so pressing twice is one comment; so are the same words by the same guest from a box that was loaded
anew, below the same post or the same comment, as long as the first still stands or waits. What is answered
is locked, then looked at: an answer to a comment that is being removed comes either before the removal, or
is refused with the text kept. An edit of a comment that has to wait changes the comment while it waits; once
it is published the edit waits beside it and the old text stays, as it does where a moderator took personal
data out: nobody puts them back unseen. Nothing is thrown away: withdrawing leaves a tombstone where others
have answered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection
from django.utils.translation import get_language

from audit import trail
from audit.actors import VISITOR, By
from audit.acts import Act
from blog.models import Post
from comments import following, notices
from comments.models import Comment
from comments.refusals import (
    AccountClosed,
    CommentsClosed,
    NothingToAnswer,
    SaysNothing,
    TooLateToEdit,
    TooManyComments,
)
from comments.writing import trust
from common.transactions import retried, violates
from members.models import Member

Status = Comment.Status

#: How long a comment can be edited by its author.
EDIT_TIME: Final = timedelta(minutes=10)
#: The longest comment, in characters.
MAX_BODY_CHARS: Final = 5000
#: How many comments one account, or one address, may leave within ``COMMENTS_WINDOW``.
MAX_COMMENTS_PER_WINDOW: Final = 10
COMMENTS_WINDOW: Final = timedelta(minutes=10)
#: A submission's id, which the database keeps unique; its refusal is recognised by this.
ONE_PER_SUBMISSION: Final = "comments_comment_submission_key"
#: States in which saying it again says nothing new.
STANDING: Final = (Status.PENDING, Status.PUBLISHED, Status.SPAM)
#: States in which there is nothing to take back.
ENDED: Final = (Status.WITHDRAWN, Status.REMOVED)


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, as they name themselves. The address is never shown."""

    name: str
    email: str


@dataclass(frozen=True)
class Sent:
    """How a comment was sent: the form's own id, how long it was open, whether its trap was filled in.

    ``follows``: they want an email when somebody replies.
    """

    submission: UUID
    took: timedelta | None = None
    fell_into_trap: bool = False
    follows: bool = False


def leave(
    post: Post,
    body: str,
    *,
    by: Member | Guest,
    at: datetime,
    sent: Sent,
    reply_to: Comment | None = None,
) -> Comment:
    """Leave a comment on the post, or in the thread of ``reply_to``; return it, public or waiting.

    The same submission, or the same words of a guest, again return what was made first. Raises
    ``AccountClosed``, ``CommentsClosed``, ``NothingToAnswer``, ``TooManyComments``, ``SaysNothing``.
    """
    try:
        return _leave(post, body, by=by, at=at, sent=sent, reply_to=reply_to)
    except IntegrityError as error:
        if not violates(error, ONE_PER_SUBMISSION):
            raise
    return Comment.objects.get(submission=sent.submission)


@retried
def _leave(
    post: Post, body: str, *, by: Member | Guest, at: datetime, sent: Sent, reply_to: Comment | None
) -> Comment:
    made = Comment.objects.filter(submission=sent.submission).first()
    if made is not None:
        return made
    body = _tidy(body)
    said = _said_already(post, body, by, reply_to)
    if said is not None:
        return said
    if isinstance(by, Member) and not Member.objects.lock_open(by.pk).exists():
        raise AccountClosed
    answered = _answered(post, reply_to)
    post = Post.objects.get(pk=post.pk)
    if not post.takes_comments(at):
        raise CommentsClosed
    member = by if isinstance(by, Member) else None
    if _wrote_lately(by, at) >= MAX_COMMENTS_PER_WINDOW and not (member and trust.is_team(member)):
        raise TooManyComments
    held_for = trust.why_held(post, body, by=member, took=sent.took, fell_into_trap=sent.fell_into_trap)
    status = _status(held_for)
    comment = Comment(
        post=post,
        thread_id=(answered.thread_id or answered.pk) if answered else None,
        reply_to=answered if answered and answered.thread_id else None,
        body=body,
        status=status,
        held_for=held_for,
        submission=sent.submission,
        created_at=at,
        published_at=at if status == Status.PUBLISHED else None,
        status_changed_at=at,
    )
    _sign(comment, by)
    comment.save(force_insert=True)
    trail.record(
        comment, Act.COMMENT_LEFT if comment.is_published else Act.COMMENT_HELD, by=member or VISITOR, at=at
    )
    if sent.follows:
        following.follow_own(comment, at=at)
    _tell(comment, at)
    return comment


def may_edit(comment: Comment, at: datetime) -> bool:
    """Whether its author can still edit it: for ten minutes, unless it was decided against."""
    is_open = comment.status in (Status.PENDING, Status.PUBLISHED, Status.SPAM)
    return is_open and at < edit_until(comment)


def edit_until(comment: Comment) -> datetime:
    """Return when editing ends."""
    return comment.created_at + EDIT_TIME


@retried
def edit(comment: Comment, body: str, *, by: By, at: datetime) -> Comment:
    """Change the words of a comment, for its author; where they have to wait, the old text stays.

    Raises ``TooLateToEdit``, ``SaysNothing``.
    """
    body = _tidy(body)
    locked = Comment.objects.lock(comment.pk)
    if not may_edit(locked, at):
        raise TooLateToEdit
    if body == (locked.pending_body or locked.body):
        return locked
    if not locked.is_published:
        locked.body = body
    elif _edit_waits(locked, body, by):
        locked.pending_body = "" if body == locked.body else body
    else:
        locked.body, locked.pending_body, locked.edited_at = body, "", at
    locked.version += 1
    locked.save(update_fields=["body", "pending_body", "edited_at", "version"])
    trail.record(locked, Act.COMMENT_EDITED, by=by, at=at)
    return locked


@retried
def withdraw(comment: Comment, *, by: By, at: datetime) -> Comment:
    """Take a comment back, for its author; emails about it that are still owed are not sent.

    Withdrawing again, or what was removed already, changes nothing.
    """
    locked = Comment.objects.lock(comment.pk)
    if locked.status in ENDED:
        return locked
    locked.status, locked.status_changed_at = Status.WITHDRAWN, at
    locked.pending_body = ""
    locked.version += 1
    locked.save(update_fields=["status", "status_changed_at", "pending_body", "version"])
    trail.record(locked, Act.COMMENT_WITHDRAWN, by=by, at=at)
    notices.cancel_notices(locked)
    return locked


def _edit_waits(comment: Comment, body: str, by: By) -> bool:
    """Whether the new words of a published comment have to wait, as it had to, or because of themselves."""
    had_to = bool(comment.held_for) or comment.is_redacted
    # Whoever asks knows what their rights are in this session, which the row of the author does not.
    writer = by if isinstance(by, Member) and by == comment.member else comment.member
    return had_to or bool(trust.why_held(comment.post, body, by=writer))


def _tidy(body: str) -> str:
    tidied = body.replace("\r\n", "\n").strip()
    if not tidied:
        raise SaysNothing
    return tidied


def _answered(post: Post, reply_to: Comment | None) -> Comment | None:
    """Lock what is answered and return it as it is now. Raises ``NothingToAnswer``."""
    if reply_to is None:
        return None
    try:
        return Comment.objects.published().filter(post=post).lock(reply_to.pk)
    except Comment.DoesNotExist:
        raise NothingToAnswer from None


def _said_already(post: Post, body: str, by: Member | Guest, reply_to: Comment | None) -> Comment | None:
    """Return what the same guest has said with the same words in the same place, if it stands or waits.

    Two sendings of one guest below one post come one after the other, so the second finds the first.
    """
    if isinstance(by, Member):
        return None
    who = by.email.lower()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{post.pk}:{who}"])
    rows = Comment.objects.filter(post=post, body=body, guest_email=who, status__in=STANDING)
    if reply_to is None:
        return rows.filter(thread=None).first()
    is_on_top = reply_to.thread_id is None
    return rows.filter(
        **({"thread": reply_to, "reply_to": None} if is_on_top else {"reply_to": reply_to})
    ).first()


def _wrote_lately(by: Member | Guest, at: datetime) -> int:
    rows = Comment.objects.filter(created_at__gt=at - COMMENTS_WINDOW)
    if isinstance(by, Member):
        return rows.filter(member=by).count()
    return rows.filter(guest_email=by.email.lower()).count()


def _status(held_for: str) -> Comment.Status:
    if held_for == Comment.HeldFor.TRAP:
        return Status.SPAM
    return Status.PENDING if held_for else Status.PUBLISHED


def _sign(comment: Comment, by: Member | Guest) -> None:
    if isinstance(by, Member):
        comment.member = by
    else:
        comment.guest_name, comment.guest_email = by.name, by.email.lower()
        comment.guest_language = get_language() or ""


def _tell(comment: Comment, at: datetime) -> None:
    if comment.is_guests and comment.status != Status.SPAM:
        notices.received(comment, at)
    if comment.is_published:
        notices.public(comment, at)
