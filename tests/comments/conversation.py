"""A post with people around it, and the ways in which they speak."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group

from blog.models import Post
from comments.models import Comment, Decision
from comments.moderation import decisions
from comments.writing import authoring
from comments.writing.authoring import Guest, Sent
from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import NOW

GWEN = Guest("Gwen", "gwen@guests.example")
LATER = NOW + timedelta(minutes=1)


def moderator(name: str = "Mo", **fields: Any) -> Member:
    """Somebody of the team who decides about comments."""
    member = make.member(name, is_staff=True, **fields)
    member.groups.add(Group.objects.get(name="Moderator"))
    return member


def trusted(name: str = "Ada") -> Member:
    """A member one of whose comments was published before."""
    member = make.member(name)
    make.comment(
        make.post(), member, created_at=NOW - timedelta(days=9), published_at=NOW - timedelta(days=9)
    )
    return member


def says(
    post: Post,
    by: Member | Guest,
    body: str = "Thank you.",
    *,
    at: datetime = NOW,
    reply_to: Comment | None = None,
    follows: bool = False,
    **sent: Any,
) -> Comment:
    """Leave a comment as a form of its own would."""
    return authoring.leave(
        post, body, by=by, at=at, sent=Sent(uuid4(), follows=follows, **sent), reply_to=reply_to
    )


def published(
    post: Post, by: Member | Guest = GWEN, body: str = "Thank you.", *, mo: Member | None = None, **said: Any
) -> Comment:
    """Leave a comment, and let a moderator publish it where it waits."""
    comment = says(post, by, body, **said)
    if not comment.is_published:
        decisions.publish(comment, by=mo or moderator(), at=NOW, seen=comment.version)
    comment.refresh_from_db()
    return comment


def fresh(comment: Comment) -> Comment:
    """The comment as it is now."""
    return Comment.objects.get(pk=comment.pk)


def reject(comment: Comment, by: Member, **more: Any) -> Decision:
    """Let a moderator who sees it as it is not publish it."""
    seen = fresh(comment).version
    return decisions.reject(comment, by=by, at=LATER, seen=seen, reason="off-topic", **more)


def remove(comment: Comment, by: Member, at: datetime = LATER) -> Decision:
    """Let a moderator who sees it as it is remove it."""
    return decisions.remove(comment, by=by, at=at, seen=fresh(comment).version, reason="unkind")


def owed() -> list[tuple[str, str]]:
    """What is queued: each kind, and to whom."""
    rows = Message.objects.filter(state="queued").select_related("member").order_by("kind", "pk")
    return [(one.kind, one.member.name if one.member else one.email) for one in rows]
