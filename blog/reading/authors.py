"""Who wrote what: the public page of an author, and which people of a session have one.

An author is a member, found by number, or a name without an account, found by its words. Only what stands on
published posts is told of them: a name, what they do, their posts, and the public sessions that they host.
Nobody without a published post is found, so no number says who has an account.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import slugify

from blog.models import Author, Post, PostQuerySet
from blog.reading import lists
from common.statements import Statement
from events.models import Event, Session, Theme

#: Sessions on the page of an author, and posts named beside a session, a theme or an event: the newest.
MAX_SESSIONS: Final = 20
MAX_POSTS: Final = 5


@dataclass(frozen=True)
class Writer:
    """An author as readers know them; ``member`` is their number, ``None`` for a name without an account."""

    name: str
    about: str
    member: int | None = None


def address(author: Author) -> str:
    """Return the address of an author's page, "" where their name has no letter to make one of."""
    if author.member_id:
        return reverse("blog:author", args=[author.member_id])
    slug = slugify(author.name, allow_unicode=True)
    return reverse("blog:author_by_name", args=[slug]) if slug else ""


def about(author: Author) -> str:
    """Return what they do: as an editor wrote it for this post, else as the member says; load ``member``."""
    if author.role or author.member is None:
        return author.role
    return ", ".join(filter(None, [author.member.role, author.member.organisation]))


def by_number(pk: int, at: datetime) -> Writer | None:
    """Return the member who wrote published posts, as on the newest of them. One query."""
    newest = _published(at).filter(member=pk).order_by("-post__published_at").first()
    return Writer(newest.shown_name, about(newest), pk) if newest else None


def by_name(slug: str, at: datetime) -> Writer | None:
    """Return the name without an account whose words give ``slug``, as on its newest post. One query."""
    rows = _published(at).filter(member=None).order_by("-post__published_at").only("name", "role", "member")
    return next(
        (Writer(one.name, one.role) for one in rows if slugify(one.name, allow_unicode=True) == slug), None
    )


def posts_of(writer: Writer, at: datetime) -> PostQuerySet:
    """Return their published posts, the newest first, as ``reading.listed`` does."""
    bylines = Author.objects.filter(member=writer.member)
    if writer.member is None:
        bylines = bylines.filter(name=writer.name)
    return lists.listed(at).filter(pk__in=bylines.values("post"))


def sessions_of(writer: Writer) -> list[Session]:
    """Return the public sessions that they host or speak in, the newest first. One query; none for a name."""
    if writer.member is None:
        return []
    sessions = Session.objects.published().filter(
        event__in=Event.objects.public(), contributors__member=writer.member
    )
    return list(sessions.select_related("event").order_by("-event__first_day", "starts_at")[:MAX_SESSIONS])


def among(members: Iterable[int | None], at: datetime) -> set[int]:
    """Return which of these members have written published posts. One query; none for nobody."""
    asked = {one for one in members if one}
    if not asked:
        return set()
    return set(_published(at).filter(member__in=asked).values_list("member", flat=True))


def posts_about(thing: Event | Session | Theme, at: datetime) -> list[Post]:
    """Return the newest published posts about an event, a session or a theme. One query."""
    return _ABOUT[type(thing)].all(thing=thing.pk, at=at)


def _about(at: datetime, **thing: object) -> PostQuerySet:
    shown = Post.objects.published(at).filter(**thing).only("title", "slug", "published_at")
    return shown.newest_first()[:MAX_POSTS]


_ABOUT: Mapping[type[Event | Session | Theme], Statement[Post]] = {
    Event: Statement(lambda thing, at: _about(at, event=thing)),
    Session: Statement(lambda thing, at: _about(at, session=thing)),
    Theme: Statement(lambda thing, at: _about(at, themes=thing)),
}


def _published(at: datetime) -> QuerySet[Author]:
    return Author.objects.filter(post__in=Post.objects.published(at)).select_related("member")
