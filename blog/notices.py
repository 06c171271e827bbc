"""Owing people a letter about a post: rows in the outbox, in the transaction that causes them.

``emails_proposals`` renders them at delivery, and finds then whether there is still something to tell.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from blog.models import Post
from members.models import Member
from notifications import outbox

PUBLISHED = "post-published"
RECEIVED = "proposal-received"


def whom_publishing_mails(post: Post, *, by: Member) -> list[Member]:
    """Return who is told when the post comes out: its authors and who proposed it, but not who does it."""
    people = Member.objects.filter(authorships__post=post)
    if post.proposed_by_id:
        people = people | Member.objects.filter(pk=post.proposed_by_id)
    return list(people.exclude(pk=by.pk).distinct().order_by("name", "pk"))


def queue_publication(post: Post, *, by: Member, at: datetime) -> None:
    """Owe its authors an email at the moment when it comes out; what was owed for another one is not."""
    assert post.published_at is not None  # noqa: S101  # a published post has its moment
    cancel_publication_news(post)
    for member in whom_publishing_mails(post, by=by):
        outbox.enqueue(
            PUBLISHED,
            at=at,
            member=member,
            payload={"post": post.pk},
            key=f"{PUBLISHED}:{post.pk}:{member.pk}:{post.published_at.timestamp()}",
            delay=max(post.published_at - at, timedelta(0)),
        )


def cancel_publication_news(post: Post) -> None:
    """Owe nothing about its publication any longer."""
    outbox.cancel_queued([PUBLISHED], key=f"{PUBLISHED}:{post.pk}:")


def received(post: Post, at: datetime) -> None:
    """Tell who proposed a post that the editors have it, each time that they send it."""
    outbox.enqueue(
        RECEIVED,
        at=at,
        member=post.proposed_by,
        payload={"post": post.pk},
        key=f"{RECEIVED}:{post.pk}:{at.timestamp()}",
    )


def names(people: Iterable[Member]) -> list[str]:
    """Return how those who are mailed are called."""
    return [one.name for one in people]
