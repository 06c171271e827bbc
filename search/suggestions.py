"""What readers may have meant, where their words find nothing: by trigrams, so one wrong letter is no wall.

Words are compared with those of titles and standfirsts that everybody may read, and with the names of
authors and hosts; a search in better words is offered only if it finds something. Otherwise the
nearest titles are.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from blog.models import Author
from events.models import SessionContributor
from search.finding import Asked, Found, Kind, find, public

#: A word of the reader's: letters and figures, with what stands inside words.
WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
#: Words that tell the search how to look.
OPERATORS: Final = frozenset({"or"})
#: So many words of a long search are looked at.
MAX_WORDS: Final = 8
#: One wrong letter in a word of four leaves a quarter of its trigrams.
LEAST_SIMILARITY: Final = 0.25
#: Titles are offered from here on, and no more than so many.
LEAST_NEARNESS: Final = 0.4
MAX_TITLES: Final = 3
#: The newest posts and sessions give the words, so many of each.
MAX_TEXTS: Final = 1000

NEAREST: Final = r"""
    WITH words AS (
        SELECT word, count(*) AS times
        FROM ({texts}) AS every (text), regexp_split_to_table(lower(text), '[^[:alnum:]''’-]+') AS word
        WHERE length(word) > 2
        GROUP BY word
    )
    SELECT DISTINCT ON (typed) typed, word
    FROM unnest(%s) AS typed JOIN words ON similarity(word, typed) >= %s
    ORDER BY typed, similarity(word, typed) DESC, abs(length(word) - length(typed)), times DESC, word
"""


def did_you_mean(asked: Asked, *, at: datetime) -> Found | None:
    """Return the search that they may have meant, with what it finds; ``None`` where there is none.

    Three queries.
    """
    typed = [word for word in _words(asked.q) if word not in OPERATORS][:MAX_WORDS]
    if not typed:
        return None
    nearest = _nearest(typed, at)
    meant = WORD.sub(lambda match: nearest.get(match[0].lower(), match[0]), asked.q)
    if meant.lower() == asked.q.lower():
        return None
    found = find(replace(asked, q=meant), at=at)
    return found if found.hits else None


def titles(asked: Asked, *, at: datetime) -> list[tuple[str, str]]:
    """Return title and address of what sounds most like their words. Two queries."""
    near: list[tuple[float, str, str]] = []
    for kind in (Kind.POST, Kind.SESSION):
        records = public(kind, at).annotate(nearness=TrigramWordSimilarity(asked.q, "title"))
        if kind is Kind.SESSION:
            records = records.select_related("event")
        nearest = records.filter(nearness__gte=LEAST_NEARNESS).order_by("-nearness", "-pk")[:MAX_TITLES]
        near += [(one.nearness, one.title, one.get_absolute_url()) for one in nearest]
    near.sort(key=lambda one: -one[0])
    return [(title, url) for _, title, url in near[:MAX_TITLES]]


def _words(text: str) -> Iterable[str]:
    return dict.fromkeys(word.lower() for word in WORD.findall(text))


def _nearest(typed: list[str], at: datetime) -> dict[str, str]:
    """Return for each word that was typed the most similar one that stands somewhere public."""
    first, *others = _texts(at)
    texts, values = first.union(*others, all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(NEAREST.format(texts=texts), [*values, typed, LEAST_SIMILARITY])
        return dict(cursor.fetchall())


def _texts(at: datetime) -> Iterable["QuerySet[Any]"]:
    posts = public(Kind.POST, at).order_by("-published_at")
    sessions = public(Kind.SESSION, at).order_by("-starts_at")
    themes = public(Kind.THEME, at).order_by("-pk")
    authors = Author.objects.filter(post__in=posts.order_by()).order_by("-pk")
    hosts = SessionContributor.objects.filter(session__in=sessions.order_by()).order_by("-pk")
    for rows, field in (
        (posts, "title"),
        (posts, "standfirst"),
        (sessions, "title"),
        (sessions, "summary"),
        (themes, "title"),
        (authors, "name"),
        (authors, "member__name"),
        (hosts, "contributor__name"),
    ):
        yield rows.values_list(Cast(field, TextField()))[:MAX_TEXTS]
