"""What readers get of the blog: the list by theme, year and type, one post, and posts that are like it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from blog.models import Author, Post, PostQuerySet
from common.statements import Among, Statement
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
    themes = sorted(dict(_THEMES.all(at=at)).items(), key=lambda one: one[1])
    return Options(themes, [(str(year), str(year)) for year in _years(at)])


def _themes(at: Any) -> "QuerySet[Theme, tuple[str, str]]":
    links = Post.themes.through.objects.filter(theme=OuterRef("pk"))
    published = Exists(links.filter(post__status=Post.Status.PUBLISHED, post__published_at__lte=at))
    themes = Theme.objects.filter(published).exclude(event__status=Event.Status.DRAFT)
    return themes.order_by("event__first_day", "title").values_list("slug", "title")


def _years(at: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_YEARS, {"at": at, "status": Post.Status.PUBLISHED.value})
        return [year for (year,) in cursor.fetchall()]


_THEMES = Statement(_themes)
#: Each year is looked up in the index of the newest posts, however many there are. In UTC, for Postgres has
#: zone data of its own: at the turn of a year UK and Irish clocks show the same.
_YEARS: Final = """
    SELECT year
    FROM (
        SELECT min(published_at) AS first, max(published_at) AS last
        FROM blog_post WHERE status = %(status)s AND published_at <= %(at)s
    ) AS ends,
    generate_series(
        date_part('year', first AT TIME ZONE 'UTC')::int, date_part('year', last AT TIME ZONE 'UTC')::int
    ) AS year
    WHERE EXISTS (
        SELECT FROM blog_post
        WHERE status = %(status)s AND published_at <= %(at)s
        AND published_at >= make_timestamptz(year, 1, 1, 0, 0, 0, 'UTC')
        AND published_at < make_timestamptz(year + 1, 1, 1, 0, 0, 0, 'UTC')
    )
    ORDER BY year DESC
"""


def page(number: str | None, *, at: datetime, wanted: Wanted) -> "Page[Post]":
    """Return a page of the list; a number that makes no sense is the nearest page's. Two queries."""
    fitting: Any = _Fitting(at, wanted)
    return Paginator(fitting, PAGE_SIZE).get_page(number)


@dataclass(frozen=True)
class _Fitting:
    """The published posts that are wanted, as a paginator asks for them."""

    at: datetime
    wanted: Wanted

    @cached_property
    def _asked(self) -> dict[str, object]:
        asked: dict[str, object] = {"at": self.at}
        if self.wanted.theme:
            asked["theme"] = self.wanted.theme
        if self.wanted.kind:
            asked["kind"] = self.wanted.kind
        if self.wanted.year:
            year = int(self.wanted.year)
            asked["since"] = datetime(year, 1, 1, tzinfo=UTC)
            asked["until"] = datetime(year, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
        return asked

    def __len__(self) -> int:
        return _counted(tuple(self._asked)).first(**self._asked) or 0

    def __getitem__(self, wanted: slice) -> list[Post]:
        return _part(tuple(self._asked), wanted.start).all(**self._asked)


@lru_cache(maxsize=16)
def _counted(_asked: tuple[str, ...]) -> Statement[int]:
    counted = Count("*")  # no column, so that the index is all that is read
    return Statement(
        lambda **asked: (
            _fitting(**asked).order_by().values("status").annotate(n=counted).values_list("n", flat=True)
        )
    )


@lru_cache(maxsize=128)
def _part(_asked: tuple[str, ...], start: int) -> Statement[Post]:
    """Return the statement of a page: where it begins, and what is asked, decides its text."""
    return Statement(lambda **asked: _as_listed(_fitting(**asked))[start : start + PAGE_SIZE])


def _fitting(
    at: Any, theme: Any = None, kind: Any = None, since: Any = None, until: Any = None
) -> PostQuerySet:
    posts = Post.objects.published(at)
    if theme is not None:
        posts = posts.filter(pk__in=Post.themes.through.objects.filter(theme__slug=theme).values("post"))
    if kind is not None:
        posts = posts.filter(kind=kind)
    return posts if since is None else posts.filter(published_at__range=(since, until))


def listed(at: datetime) -> PostQuerySet:
    """Return published posts, the newest first, with what a list shows of each."""
    return _as_listed(Post.objects.published(at))


def _as_listed(posts: PostQuerySet) -> PostQuerySet:
    """Return the posts with what ``entries.written`` shows: ``author_names``, ``comment_count``, picture."""
    names = Author.objects.filter(post=OuterRef("pk")).order_by("position", "pk")
    shown = names.values(shown=Coalesce(NullIf("name", Value("")), "member__name"))
    with_names: PostQuerySet = with_comments(posts).annotate(author_names=ArraySubquery(shown))
    return with_names.newest_first().select_related("lead_picture").defer("body", "search")


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
    if not themes and not authors and not post.event_id:
        return []
    return _RELATED.all(post=post.pk, themes=themes, authors=authors, event=post.event_id, at=at)


def _related(post: Any, themes: Any, authors: Any, event: Any, at: Any) -> PostQuerySet:
    by_theme = Post.themes.through.objects.filter(Among("theme", themes)).values("post")
    by_author = Author.objects.filter(Among("member", authors)).values("post")
    alike = Q(pk__in=by_theme) | Q(pk__in=by_author) | Q(event=event)
    others = Post.objects.published(at).filter(alike).exclude(pk=post)
    return others.defer("body", "text", "search").newest_first()[:RELATED]


_RELATED = Statement(_related)


def _authors() -> "Prefetch[str, QuerySet[Author], str]":
    return Prefetch("authors", Author.objects.select_related("member"))
