"""The queues of moderation: what waits, is asked to be looked at again, was reported, is spam.

One query counts them all. A queue is in the order in which people wait; spam, for which nobody waits, has
the newest first. What an address asks for and nobody knows is ignored, so an old link shows a queue.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.urls import reverse

from blog.models import Post
from comments.models import APPEALED, WAITS, Comment, CommentQuerySet, Decision, Report
from comments.moderation import appeals
from common.http import parse_id
from members.models import Member

if TYPE_CHECKING:
    CommentPaginator = Paginator[Comment]
else:  # generic to the type checker only
    CommentPaginator = Paginator

Status = Comment.Status

#: How many comments, or decisions, stand on a page.
PAGE_SIZE: Final = 25
#: As many posts as a filter offers.
MAX_POSTS: Final = 100

FIRST_REPORT: Final = Subquery(
    Report.objects.unsettled().filter(comment=OuterRef("pk")).order_by("created_at").values("created_at")[:1]
)


class Queue(StrEnum):
    """What a moderator looks at; the value stands in the address."""

    PENDING = "pending"
    APPEALS = "again"
    REPORTED = "reported"
    SPAM = "spam"
    DECISIONS = "decisions"

    @property
    def label(self) -> str:
        """Its name on the page."""
        return LABELS[self]


LABELS: Final = {
    Queue.PENDING: "Pending",
    Queue.APPEALS: "Asked to look again",
    Queue.REPORTED: "Reported",
    Queue.SPAM: "Spam",
    Queue.DECISIONS: "Recent decisions",
}
#: Which comments are in a queue.
IN: Final = {
    Queue.PENDING: WAITS,
    Queue.APPEALS: APPEALED,
    Queue.REPORTED: Q(pk__in=Report.objects.open().values("comment")),
    Queue.SPAM: Q(status=Status.SPAM),
}
#: Since when somebody waits, in the queues in which somebody does.
SINCE: Final = {
    Queue.PENDING: F("created_at"),
    Queue.APPEALS: F("appealed_at"),
    Queue.REPORTED: FIRST_REPORT,
}
ORDER: Final = {
    Queue.PENDING: ("created_at", "pk"),
    Queue.APPEALS: ("appealed_at", "pk"),
    Queue.REPORTED: ("reported_at", "pk"),
    Queue.SPAM: ("-created_at", "-pk"),
}


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a queue, of one post (0: of all), and a page of it."""

    queue: Queue = Queue.PENDING
    post: int = 0
    page: int = 1

    @property
    def address(self) -> str:
        """The address that shows it."""
        return self.address_of(self.queue, page=self.page)

    def address_of(self, queue: Queue, *, page: int = 1) -> str:
        """Return the address of a queue, of the same post."""
        asked = {"queue": queue if queue != Queue.PENDING else "", "post": self.post}
        query = urlencode({name: value for name, value in asked.items() if value})
        query += f"{'&' if query else ''}page={page}" if page > 1 else ""
        return reverse("team:moderation") + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Counts:
    """How many stand in each queue, and since when the oldest of those in which somebody waits does."""

    pending: int
    again: int
    reported: int
    spam: int
    pending_since: datetime | None = None
    again_since: datetime | None = None
    reported_since: datetime | None = None

    def of(self, queue: Queue) -> int | None:
        """Return how many stand in a queue; a log has no number."""
        number_: int | None = getattr(self, queue.value, None)
        return number_

    def since(self, queue: Queue) -> datetime | None:
        """Return since when somebody waits for what stands in a queue: sent, asked again, first reported."""
        since: datetime | None = getattr(self, f"{queue.value}_since", None)
        return since


def parse_query(query: QueryDict) -> Asked:
    """Read what is asked for, whatever stands in the address."""
    wanted = query.get("queue", "")
    queue = Queue(wanted) if wanted in list(Queue) else Queue.PENDING
    return Asked(queue, parse_id(query.get("post")), parse_id(query.get("page")) or 1)


def read_address(address: str) -> Asked | None:
    """Read what an address of this site asks for; ``None`` if it is not one of a queue."""
    parts = urlsplit(address)
    if parts.path != reverse("team:moderation"):
        return None
    return parse_query(QueryDict(parts.query))


def counts(post: int = 0) -> Counts:
    """Count all queues, of one post or of all. One query."""
    rows = Comment.objects.filter(post=post) if post else Comment.objects.all()
    found: dict[str, Any] = rows.filter(_any_queue()).aggregate(
        **{f"{queue.value}_since": Min(since, filter=IN[queue]) for queue, since in SINCE.items()},
        **{queue.value: Count("pk", filter=condition) for queue, condition in IN.items()},
    )
    return Counts(**found)


def without_own_decisions(counts: Counts, member: Member) -> Counts:
    """Leave out of the counts what they decided themselves and others are asked to look at again.

    Three queries at most; none where nobody asks.
    """
    if not counts.again:
        return counts
    asked = list(Comment.objects.filter(IN[Queue.APPEALS]))
    left = appeals.reserved_for_other_moderators(asked, by=member)
    moments = [one.appealed_at for one in asked if one.pk not in left and one.appealed_at]
    return replace(counts, again=len(moments), again_since=min(moments, default=None))


def onward(asked: Asked, counts: Counts) -> tuple[str, str] | None:
    """Return what a moderator goes on with, in words and its address: another queue in which people wait."""
    for queue in (Queue.PENDING, Queue.APPEALS, Queue.REPORTED):
        if queue != asked.queue and (number_ := counts.of(queue)):
            return f"{queue.label}: {number_}", asked.address_of(queue)
    return None


def comments(asked: Asked) -> CommentQuerySet:
    """Return the comments of a queue with all that is shown of them, in its order."""
    rows = in_context().filter(IN[asked.queue])
    if asked.post:
        rows = rows.filter(post=asked.post)
    return rows.order_by(*ORDER[asked.queue])


def in_context() -> CommentQuerySet:
    """Return comments with their post, who wrote them, and what they answer."""
    people = ("post", "member", "thread__member", "reply_to__member")
    return Comment.objects.select_related(*people).annotate(reported_at=FIRST_REPORT)


def page_of(asked: Asked, number_of: int) -> "Page[Comment]":
    """Return a page of a queue, whose number is known; the last one where there are not so many."""
    return _Counted(comments(asked), number_of).get_page(asked.page)


def decision_log(asked: Asked) -> "Page[Decision]":
    """Return a page of the log: what was decided, newest first."""
    rows = Decision.objects.select_related("by", "comment__post", "comment__member")
    if asked.post:
        rows = rows.filter(comment__post=asked.post)
    return Paginator(rows.order_by("-at", "-pk"), PAGE_SIZE).get_page(asked.page)


def posts(asked: Asked) -> "QuerySet[Post, tuple[int, str]]":
    """Return number and title of the posts that the queue has something of, and of the one asked for."""
    if asked.queue == Queue.DECISIONS:
        concerned = Comment.objects.filter(decisions__isnull=False)
    else:
        concerned = Comment.objects.filter(IN[asked.queue])
    # A post without a comment is not offered: its title may be nobody's business yet.
    of_the_one = Comment.objects.filter(post=asked.post)
    rows = Post.objects.filter(Q(pk__in=concerned.values("post")) | Q(pk__in=of_the_one.values("post")))
    return rows.order_by("title", "pk").values_list("pk", "title")[:MAX_POSTS]


class _Counted(CommentPaginator):
    """Pages of what has been counted already."""

    def __init__(self, rows: CommentQuerySet, number_of: int) -> None:
        super().__init__(rows, PAGE_SIZE)
        self.number_of = number_of

    @property
    def count(self) -> int:  # Django's own asks the database
        """How many there are."""
        return self.number_of


def _any_queue() -> Q:
    condition = Q()
    for one in IN.values():
        condition |= one
    return condition
