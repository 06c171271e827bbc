"""What a search says: words, "words that stand together", OR between them, a minus before what is left out.

Any text says something: signs that mean nothing here are passed over. (Postgres' own
``websearch_to_tsquery`` says the same of most, but gives up at forty hyphens: "tsquery stack too small".)
What a word matches is for the functions of ``events.search_words``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery
from django.db import connection

#: A minus before a phrase or word, a phrase (its end may be missing), or anything up to the next space.
SAID: Final = re.compile(r'(-?)"([^"]*)"?|(-*)(\S+)')


@dataclass(frozen=True)
class Term:
    """One word, or words that stand together."""

    text: str
    is_phrase: bool = False
    is_left_out: bool = False


#: Any of these, of each all.
Alternatives = list[list[Term]]


def terms_of(q: str) -> Alternatives:
    """Return the terms of each alternative; none where nothing is said."""
    alternatives: Alternatives = [[]]
    for phrase_minus, phrase, minus, word in SAID.findall(q):
        if word.lower() == "or":
            alternatives.append([])
        elif any(letter.isalnum() for letter in phrase or word):
            is_left_out = bool(phrase_minus or minus)
            alternatives[-1].append(Term(phrase or word, bool(phrase), is_left_out))
    return [terms for terms in alternatives if terms]


class Ready(SearchQuery):
    """A query as Postgres writes it, which it need not understand again."""

    template = "%(expressions)s::tsquery"

    def __init__(self, written: Any) -> None:
        super().__init__(written)
        self.written = written


@dataclass(frozen=True)
class Meaning:
    """What is matched, and what is marked in what was found: any word of it."""

    query: Ready
    marks: "Marks"


@dataclass(frozen=True)
class Marks:
    """Any word of a search, and how many there are."""

    query: str
    number: int


def meaning_of(q: str) -> Meaning:
    """Ask Postgres what is meant. One query; none where nothing is said."""
    alternatives = terms_of(q)
    if not alternatives:
        return Meaning(Ready(""), Marks("", 0))
    whole, values = _sql(alternatives)
    marked = [term.text for terms in alternatives for term in terms if not term.is_left_out]
    words = [word for text in marked for word in text.split()]
    marks = " || ".join(["search_term(%s)"] * len(words)) or "''::tsquery"
    ask = f"SELECT search_otherwise({whole}, %s)::text, search_otherwise({marks}, %s)::text"  # of constants
    with connection.cursor() as cursor:
        cursor.execute(ask, [*values, q, *words, q])
        query, any_word = cursor.fetchone()
    return Meaning(Ready(query), Marks(any_word, len(words)))


def _sql(alternatives: Sequence[Sequence[Term]]) -> tuple[str, list[str]]:
    parts = [
        " && ".join("!!search_term(%s)" if term.is_left_out else "search_term(%s)" for term in terms)
        for terms in alternatives
    ]
    values = [term.text for terms in alternatives for term in terms]
    return " || ".join(f"({part})" for part in parts), values
