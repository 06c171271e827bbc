"""What readers get of the blog: the list by theme, year and type, one post, and posts that are like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear, JSONObject

from blog.models import Author, Post, PostQuerySet
from events.models import Event, Session, Theme

#: Posts on a page of the list.
PAGE_SIZE: Final = 20
#: Posts that are named below one.
RELATED: Final = 3
#: The years that there can be, in four figures.
YEARS: Final = range(1970, 10_000)


@dataclass(frozen=True)
class Wanted:
    """What the list is filtered by; empty where it is not."""

    theme: str = ""
    year: str = ""
    kind: str = ""

    def __bool__(self) -> bool:
        return bool(self.theme or self.year or self.kind)


@dataclass(frozen=True)
class Options:
    """What the list can be filtered by: pairs of value and words."""

    themes: list[tuple[str, str]]
    years: list[tuple[str, str]]

    def wanted(self, asked: Mapping[str, str]) -> Wanted:
        """Return of what an address asks for that which there is."""
        kinds = [(value, str(label)) for value, label in Post.Kind.choices]

        def known(name: str, offered: list[tuple[str, str]]) -> str:
            value = asked.get(name, "")
            return value if value in [one for one, _ in offered] else ""

        return Wanted(known("theme", self.themes), known("year", self.years), known("type", kinds))


def options(at: datetime) -> Options:
    """Return the themes and years that published posts have. Two queries."""
    published = Post.objects.published(at)
    themes = Theme.objects.filter(posts__in=published).exclude(event__status=Event.Status.DRAFT)
    titles = dict(themes.order_by("event__first_day", "title").values_list("slug", "title"))
    # In UTC, for Postgres has zone data of its own: at the turn of a year UK and Irish clocks show the same.
    years = published.annotate(year=ExtractYear("published_at", tzinfo=UTC)).order_by("-year")
    found = years.values_list("year", flat=True).distinct()
    return Options(sorted(titles.items(), key=lambda one: one[1]), [(str(year), str(year)) for year in found])


def listed(at: datetime, wanted: Wanted | None = None) -> PostQuerySet:
    """Return published posts, the newest first, with what a list shows of each. Two queries, with authors."""
    posts = with_comments(Post.objects.published(at)).newest_first()
    wanted = wanted or Wanted()
    if wanted.theme:
        posts = posts.filter(
            pk__in=Post.themes.through.objects.filter(theme__slug=wanted.theme).values("post")
        )
    if wanted.year:
        posts = posts.filter(published_at__year=int(wanted.year))
    if wanted.kind:
        posts = posts.filter(kind=wanted.kind)
    return posts.select_related("lead_picture").prefetch_related(_authors()).defer("body", "search")


def for_page() -> PostQuerySet:
    """Return posts with all that the page of one shows but its blocks. Two queries, with authors.

    ``shown_themes`` are its themes as dictionaries; ``comment_count`` counts what is public.
    """
    themes = Theme.objects.filter(posts=OuterRef("pk")).exclude(event__status=Event.Status.DRAFT)
    theme = JSONObject(
        pk=F("pk"), title=F("title"), slug=F("slug"), colour=F("colour"), event=F("event__slug")
    )
    posts = with_comments(Post.objects.all()).annotate(
        shown_themes=ArraySubquery(themes.order_by("title").values(theme=theme))
    )
    return posts.select_related("event__places", "session__event", "lead_picture").prefetch_related(
        _authors()
    )


def with_comments(posts: PostQuerySet) -> PostQuerySet:
    """Return the posts with ``comment_count``: how many comments everybody may read."""
    rows = Post.objects.filter(pk=OuterRef("pk"), comments__status="published").values("pk")
    counted = rows.annotate(number=Count("comments")).values("number")
    with_count: PostQuerySet = posts.annotate(comment_count=Coalesce(Subquery(counted), 0))
    return with_count


def subjects(post: Post) -> list[tuple[str, Session | Event]]:
    """Return what a post of ``for_page`` is about, each with its kind; readers see no draft."""
    found: list[tuple[str, Session | Event]] = []
    session, event = post.session, post.event
    if session and session.status != Session.Status.DRAFT and session.event.status != Event.Status.DRAFT:
        found.append(("session", session))
    if event and event.status != Event.Status.DRAFT:
        found.append(("event", event))
    return found


def related(post: Post, at: datetime) -> list[Post]:
    """Return the newest posts that share a theme, the event or an author with one of ``for_page``."""
    themes = [theme["pk"] for theme in post.shown_themes]  # type: ignore[attr-defined]  # of for_page
    authors = [one.member_id for one in post.authors.all() if one.member_id]
    alike = Q(themes__in=themes) | Q(authors__member__in=authors)
    if post.event_id:
        alike |= Q(event=post.event_id)
    if not themes and not authors and not post.event_id:
        return []
    posts = Post.objects.published(at).filter(alike).exclude(pk=post.pk).distinct()
    return list(posts.defer("body", "text", "search").newest_first()[:RELATED])


def _authors() -> "Prefetch[str, QuerySet[Author], str]":
    return Prefetch("authors", Author.objects.select_related("member"))
