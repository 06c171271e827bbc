"""Owing people a letter about comments: one function a cause, each puts rows into the outbox.

What a moderator decided, and a reply, is told ten minutes later: until then it can be undone or edited,
and then it is told as it is by then, or not at all. The key of each begins with the comment, so that
``cancel_notices`` finds what is still owed about it.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from comments import following
from comments.models import Comment, Decision
from members.models import Member
from notifications import outbox
from notifications.models import Message

#: How long a decision can be undone before anybody is told of it.
UNDO_TIME: Final = timedelta(minutes=10)
#: Letters to the author of a comment about a decision.
OUTCOMES: Final = ("comment-published", "comment-not-published", "comment-removed")
#: Letters that bring a guest the way to their comment, once the one before was ended.
NEW_LINK: Final = "comment-new-link"
#: Letters that say that there is a new comment.
NEWS: Final = ("comment-reply", "comment-on-your-post")


def received(comment: Comment, at: datetime) -> None:
    """Tell a guest that we have their comment, with the way to its page; only mail knows of an account."""
    has_account = Member.objects.filter(email__lower=comment.guest_email.lower(), is_active=True).exists()
    _to_author("comment-add-to-account" if has_account else "comment-received", comment, at, f"{comment.pk}")


def public(comment: Comment, at: datetime) -> None:
    """Tell those who follow the thread, and the post's authors, of a comment that is public now."""
    payload = {"comment": comment.pk}
    told: set[str] = set()
    for follow in following.of_reply(comment):
        outbox.enqueue(
            "comment-reply",
            at=at,
            key=f"{comment.pk}:follow-{follow.pk}",
            member=follow.member,
            email=follow.guest_comment.guest_email if follow.guest_comment else "",
            language=follow.guest_comment.guest_language if follow.guest_comment else "",
            payload=payload | {"follow": follow.pk},
            delay=UNDO_TIME,
        )
        told.add(following.address_of(follow))
    authors = Member.objects.filter(authorships__post=comment.post_id, is_active=True)
    for author in authors.exclude(pk=comment.member_id):
        if author.email.lower() in told:
            continue
        outbox.enqueue(
            "comment-on-your-post",
            at=at,
            key=f"{comment.pk}:{author.pk}",
            member=author,
            payload=payload,
            delay=UNDO_TIME,
        )


def new_link(comment: Comment, at: datetime) -> bool:
    """Owe a guest the link to their comment, as it is now; return whether it was owed. Once a day."""
    key = f"{comment.pk}:link-{comment.link_version}:{at:%Y-%m-%d}"
    if Message.objects.filter(kind=NEW_LINK, key=key).exists():
        return False
    _to_author(NEW_LINK, comment, at, key)
    return True


def outcome(kind: str, decision: Decision, at: datetime) -> None:
    """Tell the author of a comment what was decided about it; ``kind`` is one of ``OUTCOMES``."""
    comment = decision.comment
    key = f"{comment.pk}:{decision.pk}"
    _to_author(kind, comment, at, key, decision=decision.pk, delay=UNDO_TIME)


def cancel_notices(comment: Comment, decision: Decision | None = None) -> int:
    """Owe no longer what has not been sent yet: about this decision, or about all that was decided.

    News of the comment go with it unless it stays public. Return how many authors will not be told.
    """
    every = f"{comment.pk}:"
    untold = outbox.cancel_queued(OUTCOMES, key=f"{every}{decision.pk}" if decision else every)
    if not comment.is_published:
        take_back_news(comment)
    return untold


def stands_again(undoing: Decision, removal: Decision, at: datetime, *, was_told: bool) -> None:
    """Owe what a removal took back before it was sent, and word to the author who was told of it."""
    comment = undoing.comment
    if comment.published_at is not None and removal.at < comment.published_at + UNDO_TIME:
        public(comment, at)
    if was_told and removal.kind == Decision.Kind.REMOVE:
        outcome("comment-published", undoing, at)


def take_back_news(comment: Comment) -> None:
    """Owe nobody any longer word of a comment that is not public any more."""
    outbox.cancel_queued(NEWS, key=f"{comment.pk}:")


def _to_author(
    kind: str,
    comment: Comment,
    at: datetime,
    key: str,
    *,
    decision: int | None = None,
    delay: timedelta = timedelta(0),
) -> None:
    """Owe the author a letter, unless their address is not known any more, or their account is closed."""
    is_reachable = comment.member.is_active if comment.member else bool(comment.guest_email)
    if not is_reachable:
        return
    payload: dict[str, Any] = {"comment": comment.pk}
    if decision is not None:
        payload["decision"] = decision
    outbox.enqueue(
        kind,
        at=at,
        key=key,
        member=comment.member,
        email=comment.guest_email,
        language=comment.guest_language,
        payload=payload,
        delay=delay,
    )
