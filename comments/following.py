"""Following a thread: an email for each new reply in it, until she stops, by a page with one button.

A member follows with her account, a guest by the comment she left there, whose address must have been
confirmed before anything but the first letter goes to it.
"""

from datetime import datetime

from django.db.models import Q

from comments import tokens
from comments.models import Comment, Follow
from members.models import Member


def follow(comment: Comment, *, by: Member, at: datetime) -> Follow:
    """Let a member follow the thread that the comment stands in. Following again changes nothing."""
    made, _ = Follow.objects.get_or_create(
        thread_id=comment.thread_id or comment.pk, member=by, defaults={"created_at": at}
    )
    return made


def follow_own(comment: Comment, *, at: datetime) -> Follow:
    """Let the author of a comment follow its thread."""
    if comment.member is not None:
        return follow(comment, by=comment.member, at=at)
    made, _ = Follow.objects.get_or_create(
        guest_comment=comment, defaults={"thread_id": comment.thread_id or comment.pk, "created_at": at}
    )
    return made


def stop(follow: Follow) -> None:
    """End it; ending it again changes nothing."""
    Follow.objects.filter(pk=follow.pk).delete()


def token_of(follow: Follow) -> str:
    """Return the secret part of the address where she stops these emails."""
    return tokens.make("follow", follow.pk)


def follow_of(token: str) -> Follow | None:
    """Return what the token stands for; ``None`` if it was made up or has ended."""
    pk = tokens.read("follow", token)
    return Follow.objects.select_related("thread__post").filter(pk=pk).first() if pk else None


def of_reply(comment: Comment) -> list[Follow]:
    """Return who is to be told of a reply: all who follow its thread and may be mailed, but its author."""
    if comment.thread_id is None:
        return []
    reachable = Q(member__is_active=True) | Q(
        guest_comment__address_confirmed_at__isnull=False, guest_comment__guest_email__gt=""
    )
    follows = Follow.objects.filter(reachable, thread_id=comment.thread_id).select_related("guest_comment")
    if comment.member_id is not None:
        return list(follows.exclude(member_id=comment.member_id))
    return [
        one
        for one in follows
        if one.guest_comment is None or one.guest_comment.guest_email != comment.guest_email
    ]
