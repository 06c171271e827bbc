"""What must be true of all comments at any moment, asked of the database itself."""

from collections.abc import Iterable

from comments.models import Comment, Decision

Kind, Status = Decision.Kind, Comment.Status
#: What a comment is after the last decision about it that stands, unless its author withdrew it.
AFTER = {
    Kind.PUBLISH: {Status.PUBLISHED},
    Kind.REJECT: {Status.REJECTED, Status.REMOVED, Status.PUBLISHED},
    Kind.SPAM: {Status.SPAM},
    Kind.REMOVE: {Status.REMOVED},
}


def broken() -> list[str]:
    """Return every rule that the rows break, as sentences; an empty list is good."""
    comments = Comment.objects.select_related("thread", "reply_to").prefetch_related("decisions")
    return [line for one in comments for line in _comment(one)]


def _comment(one: Comment) -> Iterable[str]:
    name = f"comment {one.pk}"
    if one.thread and (one.thread.thread_id or one.thread.post_id != one.post_id):
        yield f"{name} stands below a reply, or a comment of another post"
    if one.reply_to and one.reply_to.thread_id != one.thread_id:
        yield f"{name} answers somebody in another thread"
    if one.pending_body and not one.is_published:
        yield f"{name} has an edit that waits for nobody"
    standing = [each for each in one.decisions.all() if each.kind in AFTER and each.undone_at is None]
    last = max(standing, key=lambda each: each.pk, default=None)
    if last and one.status not in AFTER[Kind(last.kind)] | {Status.WITHDRAWN}:
        yield f"{name} is {one.status} after {last.kind}"
    if one.is_published and one.held_for and last is None:
        yield f"{name} had to wait and is public without a decision"
