"""Texts as people type them: accents, apostrophes, hyphens, capitals and invisible signs make no difference.

One folding for all that is searched or compared, in SQL (migration 0003), so that columns and indexes can
hold it and every app asks the same; Python asks it too, once for a list. ``folded`` is a text in plain small
letters with as many spaces and hyphens as before. ``name_folded`` is its words, parted by one space,
compounds both parted and joined: "sian fon jones fonjones". Two names are the same where they share a key,
in whichever order; what only looks the same (letters of other alphabets, l and 1) shares a look.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any, Final, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.functions import Lower
from django.db.models.lookups import Lookup

Said = TypeVar("Said")
#: Where a search is parted into words: spaces, hyphens and dashes.
PARTS: Final = re.compile(r"[\s\u2010-\u2015\u2212-]+")


class Folded(models.Func):
    """A text in small letters without marks and apostrophes, word for word as it was."""

    function = "folded"
    arity = 1
    output_field = models.TextField()


class NameFolded(Folded):
    """The words of a name or title, compounds both parted and joined."""

    function = "name_folded"


class NameKeys(models.Func):
    """What two names share that are the same, whatever the order of their parts."""

    function = "name_keys"
    arity = 1
    output_field = ArrayField(models.TextField())


class NameLooks(NameKeys):
    """What two names share that look the same."""

    function = "name_looks"


class Typed(Lookup):
    """Whether a text has each of the words that somebody typed, folded, anywhere: ``title__typed="cafe"``."""

    lookup_name = "typed"
    prepare_rhs = False
    wrapping = "name_folded({})"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return one LIKE a word; a word without letters or figures is in every text."""
        column, values = self.process_lhs(compiler, connection)
        words = [word for word in PARTS.split(str(self.rhs)) if word]
        like = f"{self.wrapping.format(column)} LIKE '%%' || name_folded(%s) || '%%'"
        found = " AND ".join([like] * len(words)) or "TRUE"
        return f"({found})", [one for word in words for one in (*values, word)]


class TypedName(Typed):
    """The same where the column is folded already."""

    wrapping = "{}"


class FoldedNameField(models.TextField):  # type: ignore[type-arg]  # not subscriptable at run time
    """What a generated column of ``NameFolded`` holds; ask it by ``__typed``."""


# ``email__lower=`` compares addresses: in capitals, as ``iexact`` has them, a dotless i is an I, and one
# domain another.
models.CharField.register_lookup(Lower)
models.CharField.register_lookup(Typed)
models.TextField.register_lookup(Typed)
FoldedNameField.register_lookup(TypedName)


def found_by(name: str) -> models.GeneratedField:
    """Return the column by which a name is found as people type it."""
    return models.GeneratedField(expression=NameFolded(name), output_field=FoldedNameField(), db_persist=True)


def same_as(name: str) -> models.GeneratedField:
    """Return the column that tells whether two names are the same."""
    return models.GeneratedField(
        expression=NameKeys(name), output_field=ArrayField(models.TextField()), db_persist=True
    )


def looks_like(name: str) -> models.GeneratedField:
    """Return the column that tells whether two names look the same."""
    return models.GeneratedField(
        expression=NameLooks(name), output_field=ArrayField(models.TextField()), db_persist=True
    )


def folded(texts: Collection[str]) -> dict[str, str]:
    """Return each text folded. One query; none for no texts."""
    return _asked("folded", texts)


def words(text: str) -> tuple[str, ...]:
    """Return the words of a search as ``name_folded`` has them, for what must have each. One query."""
    parts = [part for part in PARTS.split(text) if part]
    plain = name_folded(parts)
    return tuple(plain[part] for part in parts)


def name_folded(texts: Collection[str]) -> dict[str, str]:
    """Return the words of each text, compounds both parted and joined. One query."""
    return _asked("name_folded", texts)


def keys(names: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the keys of each name: one, or two for a compound; none where there is no letter. One query."""
    return _sets("name_keys", names)


def looks(names: Collection[str]) -> dict[str, frozenset[str]]:
    """Return the looks of each name. One query."""
    return _sets("name_looks", names)


def _sets(function: str, names: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = _asked(function, names)
    return {name: frozenset(ones) for name, ones in found.items()}


def _asked(function: str, texts: Iterable[str]) -> dict[str, Any]:
    different = list(set(texts))
    if not different:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT said, {function}(said) FROM unnest(%s::text[]) AS said", [different])  # noqa: S608  # a name of ours
        return dict(cursor.fetchall())
