"""Following a thread: an email for each new reply in it, until they stop, by a page with one button.

A member follows with their account, a guest by the comment they left there, whose address must have been
confirmed before anything but the first letter goes to it.
"""

from datetime import datetime

from django.db.models import Q

from audit import trail
from audit.actors import VISITOR, By
from audit.acts import Act
from comments import tokens
from comments.models import Comment, Follow
from common.transactions import retried
from members.models import Member


@retried
def follow(comment: Comment, *, by: Member, at: datetime) -> Follow:
    """Let a member follow the thread that the comment stands in. Following again changes nothing."""
    made, is_new = Follow.objects.get_or_create(
        thread_id=comment.thread_id or comment.pk, member=by, defaults={"created_at": at}
    )
    if is_new:
        trail.record(made, Act.FOLLOWED, by=by, at=at)
    return made


@retried
def follow_own(comment: Comment, *, at: datetime) -> Follow:
    """Let the author of a comment follow its thread."""
    if comment.member is not None:
        return follow(comment, by=comment.member, at=at)
    made, is_new = Follow.objects.get_or_create(
        guest_comment=comment, defaults={"thread_id": comment.thread_id or comment.pk, "created_at": at}
    )
    if is_new:
        trail.record(made, Act.FOLLOWED, by=VISITOR, at=at)
    return made


@retried
def stop(follow: Follow, *, by: By, at: datetime) -> None:
    """End it, and whatever else brings emails about the thread to the same guest; again changes nothing."""
    same = Q(pk=follow.pk)
    if follow.guest_comment is not None:
        same |= Q(thread=follow.thread_id, guest_comment__guest_email=follow.guest_comment.guest_email)
    ended = list(Follow.objects.filter(same))
    trail.record_all(trail.entry(one, Act.UNFOLLOWED, by=by, at=at) for one in ended)
    Follow.objects.filter(pk__in=[one.pk for one in ended]).delete()


def token_of(follow: Follow) -> str:
    """Return the secret part of the address where they stop these emails."""
    return tokens.make("follow", follow.pk)


def follow_of(token: str) -> Follow | None:
    """Return what the token stands for; ``None`` if it was made up or has ended."""
    pk = tokens.read_token("follow", token)
    return Follow.objects.select_related("thread__post").filter(pk=pk).first() if pk else None


def of_reply(comment: Comment) -> list[Follow]:
    """Return who is to be told of a reply: all who follow its thread and may be mailed, but its author.

    Each address is told once, whether a guest left several comments there or follows as a member besides.
    """
    if comment.thread_id is None:
        return []
    reachable = Q(member__is_active=True) | Q(
        guest_comment__address_confirmed_at__isnull=False, guest_comment__guest_email__gt=""
    )
    follows = Follow.objects.filter(reachable, thread_id=comment.thread_id)
    follows = follows.select_related("member", "guest_comment")
    members = [one for one in follows if one.member and one.member != comment.member]
    told = {address_of(one) for one in members}
    told.add(comment.member.email.lower() if comment.member else comment.guest_email)
    first = {address_of(one): one for one in reversed(follows) if one.guest_comment}
    return [*members, *(one for address, one in first.items() if address not in told)]


def is_unconfirmed(comment: Comment) -> bool:
    """Whether a guest wants emails about replies, and has not said yet that the address is theirs."""
    if comment.member_id is not None or comment.address_confirmed_at is not None:
        return False
    return Follow.objects.filter(guest_comment=comment).exists()


def address_of(follow: Follow) -> str:
    """Return where its emails go; load ``member`` and ``guest_comment`` with it."""
    if follow.member is not None:
        return follow.member.email.lower()
    return follow.guest_comment.guest_email if follow.guest_comment else ""
