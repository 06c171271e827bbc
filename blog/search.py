"""What the search finds: published posts, sessions of public events, the events and their themes.

Postgres's full text search in English: words are compared by their stems, "quoted words" stand together,
OR gives either, a minus in front leaves out; titles weigh more than standfirsts, those more than the text.
A post is also found by its author's name, a session by its host's. What is a draft, scheduled or withdrawn
is never looked at, and of a session only what everybody may read: neither how to join nor the transcript.

One query finds what matches, whatever the kind; then one a kind reads what a page shows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import CharField, F, FloatField, Q, QuerySet, TextChoices, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Greatest
from django.http import QueryDict

from blog.models import Author, Post
from events.models import Event, Session, SessionContributor, Theme
from events.models.session import SESSION_WORDS

CONFIG: Final = "english"
#: The longest search, in characters.
LONGEST: Final = 200
#: What an event or a theme is found by; there are few.
EVENT_WORDS: Final = (
    SearchVector("title", weight="A", config=CONFIG)
    + SearchVector("summary", weight="B", config=CONFIG)
    + SearchVector("description", weight="C", config=CONFIG)
)
#: What a session is weighed by: making the words of all descriptions anew would take most of the time.
SESSION_WEIGHT: Final = SearchVector("title", weight="A", config=CONFIG) + SearchVector(
    "summary", weight="B", config=CONFIG
)
#: What a word weighs that stands in a description alone: as much as in the text of a post.
DESCRIPTION_RANK: Final = 0.12
#: So many of each kind are weighed, the newest: what stands everywhere is found fast too.
MOST: Final = 500
#: What a name of an author or host weighs, where a title weighs about 0.6.
NAME_RANK: Final = 0.5
#: A shorter part of a name is in too many.
SHORTEST_NAME: Final = 3


class Kind(TextChoices):
    """What can be found."""

    POST = "posts", "Posts"
    SESSION = "sessions", "Sessions"
    THEME = "themes", "Themes"
    EVENT = "events", "Events"


@dataclass(frozen=True)
class Asked:
    """What the reader searches for: her words, and a kind or "" for everything."""

    q: str = ""
    kind: str = ""
    was_cut: bool = False

    @property
    def query(self) -> str:
        """The address's part after the question mark; or empty."""
        given = {name: value for name, value in (("q", self.q), ("kind", self.kind)) if value}
        return f"?{urlencode(given)}" if given else ""

    @cached_property
    def words(self) -> SearchQuery:
        """The words as Postgres reads them; any text is a search."""
        return SearchQuery(self.q, config=CONFIG, search_type="websearch")

    @property
    def everywhere(self) -> str:
        """The same part of an address for every kind."""
        return replace(self, kind="").query


@dataclass(frozen=True)
class Hit:
    """One thing that matches."""

    kind: Kind
    pk: int


@dataclass(frozen=True)
class Found:
    """What matches, the best first; ``is_cut`` where there is more than was weighed."""

    asked: Asked
    every: tuple[Hit, ...]
    is_cut: bool = False

    @cached_property
    def hits(self) -> list[Hit]:
        """What is of the kind that was asked for."""
        return [hit for hit in self.every if self.asked.kind in ("", hit.kind)]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each kind; "" is all."""
        return Counter(hit.kind.value for hit in self.every) | Counter({"": len(self.every)})


def read(query: QueryDict) -> Asked:
    """Read the search from an address, whatever stands in it."""
    words = " ".join((query.get("q") or "").replace("\0", " ").split())
    kind = query.get("kind") or ""
    return Asked(words[:LONGEST].rstrip(), kind if kind in Kind.values else "", len(words) > LONGEST)


def find(asked: Asked, *, at: datetime) -> Found:
    """Return what everybody may read at ``at`` and matches, of every kind. One query; none without words."""
    if not asked.q:
        return Found(asked, ())
    first, *others = _branches(asked, at)
    ranks: dict[Hit, tuple[float, int]] = {}
    numbers: Counter[str] = Counter()
    for kind, pk, rank in first.union(*others, all=True):
        numbers[kind] += 1
        hit = Hit(Kind(kind), pk)
        ranks[hit] = max(ranks.get(hit, (0.0, 0)), (rank, pk))
    best = sorted(ranks, key=ranks.__getitem__, reverse=True)
    return Found(asked, tuple(best), is_cut=max(numbers.values(), default=0) >= MOST)


def public(kind: Kind, at: datetime) -> "QuerySet[Any]":
    """Return everything of one kind that everybody may read at ``at``."""
    of_public_events = Q(event__in=Event.objects.public())
    every: dict[Kind, QuerySet[Any]] = {
        Kind.POST: Post.objects.published(at),
        Kind.SESSION: Session.objects.public().filter(of_public_events),
        Kind.THEME: Theme.objects.filter(of_public_events),
        Kind.EVENT: Event.objects.public(),
    }
    return every[kind]


def _branches(asked: Asked, at: datetime) -> Iterator["QuerySet[Any, tuple[str, int, float]]"]:
    """Yield for each way of being found what is found so: kind, number, rank."""
    posts, sessions = public(Kind.POST, at), public(Kind.SESSION, at)
    yield _by_words(Kind.POST, posts.order_by("-published_at"), F("search"), asked)
    yield _by_words(Kind.SESSION, sessions.order_by("-starts_at"), SESSION_WORDS, asked, SESSION_WEIGHT)
    yield _by_words(Kind.THEME, public(Kind.THEME, at).order_by("-pk"), EVENT_WORDS, asked)
    yield _by_words(Kind.EVENT, public(Kind.EVENT, at).order_by("-pk"), EVENT_WORDS, asked)
    name = asked.q.strip('" ')
    if len(name) >= SHORTEST_NAME:
        is_named = Q(name__icontains=name) | Q(name="", member__name__icontains=name)
        authors = Author.objects.filter(is_named).values("post")
        yield _ranked(Kind.POST, posts.filter(pk__in=authors).order_by("-published_at"), Value(NAME_RANK))
        hosts = SessionContributor.objects.filter(contributor__name__icontains=name).values("session")
        yield _ranked(Kind.SESSION, sessions.filter(pk__in=hosts).order_by("-starts_at"), Value(NAME_RANK))


def _by_words(
    kind: Kind, rows: "QuerySet[Any]", vector: Combinable, asked: Asked, weight: Combinable | None = None
) -> "QuerySet[Any, tuple[str, int, float]]":
    newest = rows.alias(words=vector).filter(words=asked.words).values("pk")[:MOST]
    rank: Combinable = SearchRank(weight or vector, asked.words)
    if weight is not None:
        rank = Greatest(rank, Value(DESCRIPTION_RANK))
    matching: QuerySet[Any] = rows.model._default_manager.filter(pk__in=newest)
    return _ranked(kind, matching, rank)


def _ranked(kind: Kind, rows: "QuerySet[Any]", rank: Any) -> "QuerySet[Any, tuple[str, int, float]]":
    named = rows.annotate(found=Value(kind.value, CharField()), weight=Cast(rank, FloatField()))
    ranked: QuerySet[Any, tuple[str, int, float]] = named.values_list("found", "pk", "weight")[:MOST]
    return ranked
