"""Reading the conversation below a post: fifty threads a page, each with its replies, in two queries.

Comments of the post stand in the order in which they were written, numbered by their position; below each
its replies, one visible level: a reply to a reply quotes whom it answers. Shown is what is published. What
is not any more leaves a tombstone, but only where something that is shown stands below or answers it. Its
author sees besides what waits for a moderator. The first query reads the order of all that is shown, the
second the words of one page.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, gettext_lazy

from blog.models import Author, Post
from comments.models import Comment, Follow
from comments.reading import texts
from comments.writing import authoring, guests
from common import languages
from common.statements import Among, Statement
from members.models import Member

Status = Comment.Status
HeldFor = Comment.HeldFor

#: How many threads a page has.
PAGE_SIZE: Final = 50
#: Where the page below has none, every tombstone says why.
TOMBSTONES: Final = {
    Status.WITHDRAWN: gettext_lazy("This comment was withdrawn by its author."),
    Status.PENDING: gettext_lazy("This comment is waiting for a moderator."),
}
REMOVED: Final = gettext_lazy("This comment was removed by a moderator.")
#: Comments that wait though they count as spam: a program, not a person, took them for it.
BY_PROGRAM: Final = (HeldFor.TRAP, HeldFor.SPAM_CHECK)
#: What is read of each comment.
FIELDS: Final = (
    *("pk", "thread_id", "reply_to_id", "member_id", "member__name", "guest_name", "body", "pending_body"),
    *("status", "created_at", "edited_at", "is_redacted", "is_author", "is_followed", "is_waiting"),
    "link_version",
)
#: What waits for a moderator, whoever wrote it.
WAITING: Final = Q(status=Status.PENDING) | Q(
    status=Status.SPAM, held_for__in=BY_PROGRAM, status_changed_at=F("created_at")
)
#: How old a comment is from which on its age is told to the hour, and to the day.
TOLD_TO_THE_HOUR: Final = timedelta(days=1)
TOLD_TO_THE_DAY: Final = timedelta(weeks=1)


@dataclass(frozen=True)
class Reader:
    """Who reads: a member, or a visitor and the comments that they have left from this browser as a guest."""

    member: Member | None = None
    left: frozenset[int] = frozenset()

    def waits(self) -> Q:
        """Whatever is theirs and waits for a moderator."""
        if self.member is not None:
            return WAITING & Q(member=self.member)
        return WAITING & Q(pk__in=self.left, member=None, link_version=0)

    def has_written(self, pk: int, member_id: int | None) -> bool:
        """Whether the comment is theirs."""
        if self.member is not None:
            return member_id == self.member.pk
        return member_id is None and pk in self.left


@dataclass(slots=True)
class Shown:
    """One comment as a page shows it."""

    pk: int
    #: The position of a thread among all; 0 for a reply.
    number: int
    url: str
    name: str
    is_guest: bool
    is_author: bool
    is_mine: bool
    is_waiting: bool
    is_followed: bool
    is_redacted: bool
    has_pending_edit: bool
    can_edit: bool
    #: What stands in the place of a comment that is not public any more.
    tombstone: str
    #: What was typed; nothing where a tombstone stands.
    words: str
    created_at: datetime
    ago: str
    edited_at: datetime | None
    #: The secret part of the address of a guest's own comment, for themselves.
    token: str
    #: The reply that it answers.
    reply_to: "Shown | None" = None
    #: What its reader has just done with it.
    said: str = ""

    @property
    def body(self) -> SafeString:
        """Its words as HTML."""
        return texts.to_html(self.words) if self.words else SafeString("")

    @property
    def quote(self) -> str:
        """How the reply begins that it answers."""
        return texts.beginning(self.reply_to.words) if self.reply_to else ""

    @property
    def seen_by_all(self) -> Hashable | None:
        """All that others see of it but how long ago it was; ``None`` where its reader sees it otherwise."""
        if self.is_mine or self.is_waiting or self.said:
            return None
        answered = self.reply_to
        return (
            *(self.pk, self.number, self.url, self.name, self.is_guest, self.is_author, self.is_redacted),
            *(self.tombstone, self.words, self.created_at, self.edited_at),
            answered and (answered.pk, answered.name, answered.tombstone, answered.words),
        )


@dataclass
class Thread:
    """A comment on the post, and all replies below it."""

    first: Shown
    replies: list[Shown] = field(default_factory=list)

    def __iter__(self) -> Iterator[Shown]:
        """The comment first, then its replies."""
        yield self.first
        yield from self.replies


@dataclass
class Threads:
    """One page of the conversation: ``count`` comments are public, on all pages."""

    count: int
    page: "Page[int]"
    threads: list[Thread]

    @cached_property
    def waiting(self) -> list[Shown]:
        """The reader's own on this page that wait for a moderator."""
        return [one for thread in self.threads for one in thread if one.is_waiting]


#: Each comment that is shown: its id, that of its thread, whether it is public.
Outline = Sequence[tuple[int, int | None, bool]]


def page(post: Post, number: int | str | None, *, reader: Reader, at: datetime) -> Threads:
    """Return a page of the conversation below a post; a number that makes no sense is the nearest page's."""
    outline = _outline(post, reader)
    here = Paginator([pk for pk, thread, _ in outline if thread is None], PAGE_SIZE).get_page(number)
    wanted = set(here.object_list)
    rows = _rows([pk for pk, thread, _ in outline if (thread or pk) in wanted], reader)
    first = here.start_index()
    numbers = {pk: first + place for place, pk in enumerate(here.object_list)}
    base = f"{post.get_absolute_url()}comments/"
    shown = [_shown(row, numbers.get(row["pk"], 0), base, reader, at) for row in rows]
    return Threads(sum(public for *_, public in outline), here, _threads(shown, rows))


def address_of(comment: Comment, *, reader: Reader) -> str | None:
    """Return where a comment stands for this reader: the post, the page, the place; ``None`` if nowhere."""
    outline = _outline(comment.post, reader)
    if comment.pk not in {pk for pk, *_ in outline}:
        return None
    above = [pk for pk, thread, _ in outline if thread is None]
    number = above.index(comment.thread_id or comment.pk) // PAGE_SIZE + 1
    query = f"?page={number}" if number > 1 else ""
    return f"{comment.post.get_absolute_url()}{query}#comment-{comment.pk}"


def _outline(post: Post, reader: Reader) -> Outline:
    """All that is shown, in the order in which it was written."""
    if reader.member is not None:
        rows = _OUTLINE_OF_MEMBER.all(post=post.pk, member=reader.member.pk)
    elif reader.left:
        rows = list(_shown_of(post.pk, reader.waits()))
    else:
        rows = _OUTLINE_OF_VISITOR.all(post=post.pk)
    return [(pk, thread, status == Status.PUBLISHED) for pk, thread, status in rows]


def _shown_of(post: Any, waits: Q) -> "QuerySet[Comment, tuple[int, int | None, str]]":
    comments = Comment.objects.filter(post=post)
    is_seen = Q(status=Status.PUBLISHED) | waits
    seen = comments.filter(is_seen)
    below = seen.exclude(thread=None).values("thread_id")
    answered = seen.exclude(reply_to=None).values("reply_to_id")
    shown = comments.filter(is_seen | Q(pk__in=below) | Q(pk__in=answered)).order_by("created_at", "pk")
    return shown.values_list("pk", "thread_id", "status")


def _rows(numbers: Sequence[int], reader: Reader) -> list[dict[str, Any]]:
    if reader.member is not None:
        return _ROWS_OF_MEMBER.all(numbers=numbers, member=reader.member.pk)
    if reader.left:
        return list(_rows_of(numbers, reader.waits()))
    return _ROWS_OF_VISITOR.all(numbers=numbers)


def _rows_of(numbers: Any, waits: Q, member: Any = None) -> "QuerySet[Comment, Any]":
    followed: Any = Value(value=False, output_field=BooleanField())
    if member is not None:
        followed = Exists(Follow.objects.filter(thread=OuterRef("pk"), member=member))
    rows = Comment.objects.filter(Among("pk", numbers)).annotate(
        is_author=Exists(Author.objects.filter(post=OuterRef("post_id"), member=OuterRef("member_id"))),
        is_followed=followed,
        is_waiting=ExpressionWrapper(waits, BooleanField()),
    )
    read: QuerySet[Comment, Any] = rows.order_by("created_at", "pk").values(*FIELDS)
    return read


#: What waits of a visitor who has left nothing.
_NOTHING: Final = Q(pk__in=())
_OUTLINE_OF_MEMBER = Statement(lambda post, member: _shown_of(post, WAITING & Q(member=member)))
_OUTLINE_OF_VISITOR = Statement(lambda post: _shown_of(post, _NOTHING))
_ROWS_OF_MEMBER = Statement(
    lambda numbers, member: _rows_of(numbers, WAITING & Q(member=member), member=member)
)
_ROWS_OF_VISITOR = Statement(lambda numbers: _rows_of(numbers, _NOTHING))


def _threads(shown: Sequence[Shown], rows: Sequence[dict[str, Any]]) -> list[Thread]:
    """Put replies below their threads, and beside each the one that it answers."""
    by_pk = {one.pk: one for one in shown}
    threads = {row["pk"]: Thread(by_pk[row["pk"]]) for row in rows if row["thread_id"] is None}
    for one, row in zip(shown, rows, strict=True):
        if row["thread_id"] is None:
            continue
        one.reply_to = by_pk.get(row["reply_to_id"])
        threads[row["thread_id"]].replies.append(one)
    return list(threads.values())


def _shown(row: dict[str, Any], number: int, base: str, reader: Reader, at: datetime) -> Shown:
    pk, status, created_at = row["pk"], row["status"], row["created_at"]
    is_guest = row["member_id"] is None
    is_buried = not (status == Status.PUBLISHED or row["is_waiting"])
    is_mine = not is_buried and not row["link_version"] and reader.has_written(pk, row["member_id"])
    own = Comment(pk=pk, status=status, created_at=created_at) if is_mine else None
    return Shown(
        pk=pk,
        number=number,
        url=f"{base}{pk}/",
        name=row["guest_name"] if is_guest else row["member__name"],
        is_guest=is_guest,
        is_author=row["is_author"],
        is_mine=is_mine,
        is_waiting=row["is_waiting"],
        is_followed=row["is_followed"],
        is_redacted=row["is_redacted"],
        has_pending_edit=is_mine and bool(row["pending_body"]),
        can_edit=own is not None and authoring.may_edit(own, at),
        tombstone=str(TOMBSTONES.get(status, REMOVED)) if is_buried else "",
        words="" if is_buried else row["body"],
        created_at=created_at,
        ago=ago(created_at, at),
        edited_at=row["edited_at"],
        token=guests.token_of(own) if own is not None and is_guest else "",
    )


def ago(moment: datetime, at: datetime) -> str:
    """Say how long ago: "1 year, 2 months ago"."""
    passed = at - moment
    if passed < timedelta(minutes=1):
        return gettext("just now")
    return _ago(moment, passed - passed % _step(passed), languages.current())


def _step(passed: timedelta) -> timedelta:
    """Return how long the words for this time stay the same: ``timesince`` tells two units in a row."""
    if passed < TOLD_TO_THE_HOUR:
        return timedelta(minutes=1)
    return timedelta(hours=1) if passed < TOLD_TO_THE_DAY else timedelta(days=1)


@lru_cache(maxsize=4096)
def _ago(moment: datetime, passed: timedelta, _language: str) -> str:
    return gettext("%(time)s ago") % {"time": timesince(moment, moment + passed)}
