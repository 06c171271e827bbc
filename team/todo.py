"""What waits for the team: comments for moderators, posts for editors, changed clocks for event admins.

Three queries, and three more at most where authors ask to look again at decisions.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse

from blog.models import Post
from common.words import counted
from members.capabilities import EDIT_POSTS
from members.models import Member
from team import queues, response_time
from team.guards import may_change_sessions, may_moderate
from team.queues import Asked, Queue
from workshops.programme import clock_changes


@dataclass(frozen=True)
class TodoItem:
    """Something to do, and where; ``detail`` says more, ``is_late`` that a promise is broken."""

    text: str
    url: str
    detail: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Section:
    """One job: what waits, what it says when nothing does, and its page."""

    name: str
    slug: str
    url: str
    label: str
    nothing: str
    lines: list[TodoItem] = field(default_factory=list)


def sections(member: Member, *, at: datetime) -> list[Section]:
    """Return the jobs that they have a part in."""
    found = []
    if may_moderate(member):
        found.append(_comments(member, at))
    if member.has_perm(EDIT_POSTS):
        found.append(_posts(at))
    if may_change_sessions(member) and (differing := len(clock_changes.differences(at=at))):
        found.append(_clocks(differing))
    return found


def _clocks(differing: int) -> Section:
    url = reverse("team:clocks")
    text = (
        counted(differing, "%(count)s session shows", "%(count)s sessions show")
        + " another time than was meant"
    )
    return Section("Changed clocks", "clocks", url, "All changed clocks", "", [TodoItem(text, url)])


def waiting_comments(member: Member, *, at: datetime) -> list[TodoItem]:
    """Return what waits for a moderator; their own decisions wait for another. Four queries at most."""
    counts = queues.without_own_decisions(queues.counts(), member)
    waiting = (
        counted(counts.pending, "%(count)s comment waits", "%(count)s comments wait") + " for a moderator"
    )
    lines = [
        (Queue.PENDING, waiting),
        (
            Queue.APPEALS,
            counted(counts.again, "%(count)s author asks", "%(count)s authors ask")
            + " to look again at a decision",
        ),
        (
            Queue.REPORTED,
            counted(counts.reported, "%(count)s comment is reported", "%(count)s comments are reported"),
        ),
    ]
    return [
        TodoItem(text, Asked(queue).address, *_oldest(counts.since(queue), at))
        for queue, text in lines
        if counts.of(queue)
    ]


def _oldest(since: datetime | None, at: datetime) -> tuple[str, bool]:
    return f"The oldest has waited for {response_time.waited(since, at)}.", response_time.is_broken(since, at)


def _comments(member: Member, at: datetime) -> Section:
    nothing = "No comment waits. New ones, reports and requests to look again will be here."
    url = reverse("team:moderation")
    return Section("Comments", "comments", url, "Moderation", nothing, waiting_comments(member, at=at))


def _posts(at: datetime) -> Section:
    numbers = Post.objects.aggregate(
        review=Count("pk", filter=Q(status=Post.Status.REVIEW)),
        scheduled=Count("pk", filter=Q(status=Post.Status.PUBLISHED, published_at__gt=at)),
    )
    url = reverse("team:posts")
    lines = [
        TodoItem(
            counted(numbers["review"], "%(count)s post is in review", "%(count)s posts are in review"),
            f"{url}?status={Post.Status.REVIEW}",
        ),
        TodoItem(
            counted(numbers["scheduled"], "%(count)s post is scheduled", "%(count)s posts are scheduled"),
            f"{url}?status=scheduled",
        ),
    ]
    found = [line for line, number in zip(lines, numbers.values(), strict=True) if number]
    nothing = "No post is in review, and none is scheduled."
    return Section("Posts", "posts", url, "All posts", nothing, found)
