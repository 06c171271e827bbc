"""Whom a decision about a comment would mail, said before it is made: what comments.telling will do."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from blog.models import Author
from comments.models import Comment, Follow


@dataclass(frozen=True)
class Mailed:
    """Whether its author has an address, and how many others are told once it is public."""

    author: bool
    others: int


def mailed(comments: Collection[Comment]) -> dict[int, Mailed]:
    """Return for each comment whom a decision mails. Two queries."""
    follows = _follows(comments)
    authors: dict[int, set[int]] = defaultdict(set)
    rows = Author.objects.filter(post__in={one.post_id for one in comments}, member__is_active=True)
    for post, member in rows.values_list("post_id", "member_id"):
        authors[post].add(member)
    return {one.pk: _of(one, follows[one.thread_id or 0], authors[one.post_id]) for one in comments}


def _of(comment: Comment, follows: list[Follow], authors: set[int]) -> Mailed:
    has_address = comment.member_id is not None or bool(comment.guest_email)
    if comment.published_at is not None:
        return Mailed(has_address, 0)
    told = [one for one in follows if not _is_hers(one, comment)]
    members = {one.member_id for one in told}
    others = {pk for pk in authors if pk != comment.member_id} - members
    return Mailed(has_address, len(told) + len(others))


def _is_hers(follow: Follow, comment: Comment) -> bool:
    if comment.member_id is not None:
        return follow.member_id == comment.member_id
    guest = follow.guest_comment
    return guest is not None and guest.guest_email == comment.guest_email


def _follows(comments: Collection[Comment]) -> dict[int, list[Follow]]:
    """Return who follows each thread and may be mailed, as comments.following.of_reply does for one."""
    reachable = Q(member__is_active=True) | Q(
        guest_comment__address_confirmed_at__isnull=False, guest_comment__guest_email__gt=""
    )
    threads = {one.thread_id for one in comments if one.thread_id}
    found: dict[int, list[Follow]] = defaultdict(list)
    for follow in Follow.objects.filter(reachable, thread__in=threads).select_related("guest_comment"):
        found[follow.thread_id].append(follow)
    return found
