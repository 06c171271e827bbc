"""Whom a decision about a comment would mail, said before it is made: what comments.notices will do."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from blog.models import Author
from comments.following import address_of
from comments.models import Comment, Follow
from members.models import Member


@dataclass(frozen=True)
class Mailed:
    """Whether its author has an address, and how many others are told once it is public."""

    author: bool
    others: int


def mailed(comments: Collection[Comment]) -> dict[int, Mailed]:
    """Return for each comment whom a decision mails; load ``member`` with them. Two queries."""
    follows = _follows(comments)
    authors: dict[int, list[Member]] = defaultdict(list)
    rows = Author.objects.filter(post__in={one.post_id for one in comments}, member__is_active=True)
    for author in rows.select_related("member"):
        if author.member is not None:
            authors[author.post_id].append(author.member)
    return {one.pk: _of(one, follows[one.thread_id or 0], authors[one.post_id]) for one in comments}


def _of(comment: Comment, follows: list[Follow], authors: list[Member]) -> Mailed:
    """Count each address once, as comments.following.of_reply and comments.notices.public do."""
    own = comment.member.email.lower() if comment.member else comment.guest_email
    if comment.published_at is not None:
        return Mailed(bool(own), 0)
    told = {address_of(one) for one in follows if one.member is None or one.member != comment.member} - {own}
    wrote = {one.email.lower() for one in authors if one != comment.member}
    return Mailed(bool(own), len(told | wrote))


def _follows(comments: Collection[Comment]) -> dict[int, list[Follow]]:
    """Return who follows each thread and may be mailed, as comments.following.of_reply does for one."""
    reachable = Q(member__is_active=True) | Q(
        guest_comment__address_confirmed_at__isnull=False, guest_comment__guest_email__gt=""
    )
    threads = {one.thread_id for one in comments if one.thread_id}
    found: dict[int, list[Follow]] = defaultdict(list)
    for follow in Follow.objects.filter(reachable, thread__in=threads).select_related(
        "member", "guest_comment"
    ):
        found[follow.thread_id].append(follow)
    return found
