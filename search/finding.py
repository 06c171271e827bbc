"""What the search finds: published posts, sessions of public events, what to take away, events and themes.

Postgres's full text search in English: words are compared by their stems, whatever their accents, apostrophes
and hyphens (``events.search_words``); what a search says is for ``search.query``. Titles weigh more
than standfirsts, those more than the text. A post is also found by its author's name, a session by its
host's. What is a draft, scheduled or withdrawn is never looked at, and of a session only what everybody may
read: neither how to join nor the transcript.

One query asks what is meant, one finds what matches, whatever the kind; then one a kind reads what a page
shows, and one marks it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache, reduce
from operator import and_, itemgetter, or_
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchRank
from django.db.models import CharField, F, FloatField, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Cast, Concat, Replace
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from blog.models import Author, Post
from common.folding import PARTS, Folded, NameFolded
from common.statements import Among, Statement
from events.models import Contributor, Event, Session, SessionContributor, Theme
from members.models import Member
from recordings.models import TakeAway
from search.query import Meaning, Ready, Term, meaning_of, terms_of

#: The longest search, in characters.
MAX_QUERY_CHARS: Final = 200
#: What D, C, B and A weigh. D holds what is there for phrases alone.
WEIGHTS: Final = [0.0, 0.2, 0.4, 1.0]
#: So many of each kind are weighed, the newest: what stands everywhere is found fast too.
MAX_WEIGHED: Final = 500
#: What a name of an author or host weighs, where a title weighs about 0.6.
NAME_RANK: Final = 0.5
#: A shorter search is in too many names; a shorter word of it must begin one of a name's.
SHORTEST_NAME: Final = 3


class Kind(TextChoices):
    """What can be found."""

    POST = "posts", gettext_lazy("Posts")
    SESSION = "sessions", gettext_lazy("Sessions")
    TAKE_AWAY = "take-aways", gettext_lazy("What to take away")
    THEME = "themes", gettext_lazy("Themes")
    EVENT = "events", gettext_lazy("Events")


@dataclass(frozen=True)
class Asked:
    """What the reader searches for: their words, and a kind or "" for everything."""

    q: str = ""
    kind: str = ""
    was_cut: bool = False

    @property
    def query(self) -> str:
        """The address's part after the question mark; or empty."""
        given = {name: value for name, value in (("q", self.q), ("kind", self.kind)) if value}
        return f"?{urlencode(given)}" if given else ""

    @cached_property
    def meaning(self) -> Meaning:
        """The words as Postgres reads them; any text is a search. One query."""
        return meaning_of(self.q)

    @property
    def everywhere(self) -> str:
        """The same part of an address for every kind."""
        return replace(self, kind="").query


class Hit(NamedTuple):
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
        of_each = Counter(map(itemgetter(0), self.every))
        return {"": len(self.every)} | {kind.value: number for kind, number in of_each.items()}


def parse_query(query: QueryDict) -> Asked:
    """Read the search from an address, whatever stands in it."""
    words = " ".join((query.get("q") or "").replace("\0", " ").split())
    kind = query.get("kind") or ""
    return Asked(
        words[:MAX_QUERY_CHARS].rstrip(), kind if kind in Kind.values else "", len(words) > MAX_QUERY_CHARS
    )


def find(asked: Asked, *, at: datetime) -> Found:
    """Return what everybody may read at ``at`` and matches, of every kind.

    Two queries; none without words.
    """
    if not terms_of(asked.q):
        return Found(asked, ())
    shape, words = _shape(asked.q)
    rows = _found(shape).all(at=at, query=asked.meaning.query.written, **words)
    ranks: dict[tuple[str, int], float] = {}
    for kind, pk, rank in rows:
        if rank > ranks.get((kind, pk), -1.0):
            ranks[kind, pk] = rank
    numbers = Counter(map(itemgetter(0), rows))
    kinds = {kind.value: kind for kind in Kind}
    best = sorted(((rank, pk, kind) for (kind, pk), rank in ranks.items()), key=_BETTER, reverse=True)
    every = tuple(Hit(kinds[kind], pk) for _, pk, kind in best)
    return Found(asked, every, is_cut=max(numbers.values(), default=0) >= MAX_WEIGHED)


#: The better one is told by its rank; of equals the newer.
_BETTER: Final = itemgetter(0, 1)


def public(kind: Kind, at: Any) -> "QuerySet[Any]":
    """Return everything of one kind that everybody may read at ``at``."""
    of_public_events = Q(event__in=Event.objects.public())
    every: dict[Kind, QuerySet[Any]] = {
        Kind.POST: Post.objects.published(at),
        Kind.SESSION: Session.objects.public().filter(of_public_events),
        Kind.TAKE_AWAY: TakeAway.objects.shown(),
        Kind.THEME: Theme.objects.filter(of_public_events),
        Kind.EVENT: Event.objects.public(),
    }
    return every[kind]


class _How(TextChoices):
    """How a word is looked for among those of a name."""

    PHRASE = "phrase"
    TYPED = "typed"
    BEGINS = "begins"


#: Of each alternative, how its words are looked for: what decides the text of the statement.
_Shape = tuple[tuple[_How, ...], ...]


def _shape(q: str) -> tuple[_Shape, dict[str, str]]:
    """Return how names are looked for, and by which words; nothing where too little is said."""
    alternatives = [
        [one for term in terms for one in _words(term)]
        for terms in terms_of(q)
        if not any(term.is_left_out for term in terms)
        and sum(len(term.text) for term in terms) >= SHORTEST_NAME
    ]
    words = [word for terms in alternatives for _, word in terms]
    shape = tuple(tuple(how for how, _ in terms) for terms in alternatives)
    return shape, {f"word{number}": word for number, word in enumerate(words)}


def _words(term: Term) -> list[tuple[_How, str]]:
    if term.is_phrase:
        return [(_How.PHRASE, term.text)]
    if len(term.text) < SHORTEST_NAME:
        return [(_How.BEGINS, term.text)]
    return [(_How.TYPED, word) for word in PARTS.split(term.text) if word]


@lru_cache(maxsize=64)
def _found(shape: _Shape) -> "Statement[tuple[str, int, float]]":
    """Return the statement of a search of this shape: kind, number and rank of each thing, however found."""

    def every(at: Any, query: Any, **words: Any) -> "QuerySet[Any, tuple[str, int, float]]":
        first, *others = _branches(shape, at, query, list(words.values()))
        return first.union(*others, all=True)

    return Statement(every, is_planned_once=False)


def _branches(
    shape: _Shape, at: Any, query: Any, words: list[Any]
) -> Iterator["QuerySet[Any, tuple[str, int, float]]"]:
    """Yield for each way of being found what is found so: kind, number, rank."""
    posts = public(Kind.POST, at).order_by("-published_at")
    sessions = public(Kind.SESSION, at).order_by("-starts_at")
    yield _by_words(Kind.POST, posts, query)
    yield _by_words(Kind.SESSION, sessions, query)
    yield _by_words(Kind.TAKE_AWAY, public(Kind.TAKE_AWAY, at).order_by("-pk"), query)
    yield _by_words(Kind.THEME, public(Kind.THEME, at).order_by("-pk"), query)
    yield _by_words(Kind.EVENT, public(Kind.EVENT, at).order_by("-pk"), query)
    if shape:
        is_named = _named("name_folded", shape, words)
        members = Member.objects.filter(is_named).values("pk")
        authors = Author.objects.filter(is_named | Q(Among("member", members), name="")).values("post")
        yield _ranked(Kind.POST, posts.filter(Among("pk", authors)), Value(NAME_RANK))
        people = Contributor.objects.filter(is_named).values("pk")
        hosts = SessionContributor.objects.filter(Among("contributor", people)).values("session")
        yield _ranked(Kind.SESSION, sessions.filter(Among("pk", hosts)), Value(NAME_RANK))


def _named(column: str, shape: _Shape, words: Iterable[Any]) -> Q:
    """Return whether a column of names has all words of an alternative."""
    left = iter(words)
    alternatives = (reduce(and_, [_has(column, how, next(left)) for how in terms]) for terms in shape)
    return reduce(or_, list(alternatives))


def _has(column: str, how: _How, word: Any) -> Q:
    if how is _How.PHRASE:
        return Q(**{f"{column}__contains": NameFolded(Replace(Folded(word), Value("-"), Value(" ")))})
    if how is _How.TYPED:
        return Q(**{f"{column}__contains": NameFolded(word)})
    begins = NameFolded(word)
    return Q(**{f"{column}__startswith": begins}) | Q(**{f"{column}__contains": Concat(Value(" "), begins)})


def _by_words(kind: Kind, rows: "QuerySet[Any]", query: Any) -> "QuerySet[Any, tuple[str, int, float]]":
    query = Ready(query)
    newest = rows.filter(search=query).values("pk")[:MAX_WEIGHED]
    matching: QuerySet[Any] = rows.model._default_manager.filter(Among("pk", newest)).order_by()
    return _ranked(kind, matching, SearchRank(F("search"), query, weights=WEIGHTS))


def _ranked(kind: Kind, rows: "QuerySet[Any]", rank: Any) -> "QuerySet[Any, tuple[str, int, float]]":
    named = rows.annotate(found=Value(kind.value, CharField()), weight=Cast(rank, FloatField()))
    ranked: QuerySet[Any, tuple[str, int, float]] = named.values_list("found", "pk", "weight")[:MAX_WEIGHED]
    return ranked
