"""The words by which texts are searched, as the functions of migration 0009 have them.

Accents, apostrophes and hyphens make no difference; compounds are found parted and joined, and acronyms that
are also words (IT, WHO) by themselves, though English drops these words. Weights are those of Postgres: A for
titles down to C for texts.
"""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchWords(models.Func):
    """The words of one text, with a weight."""

    function = "search_words"
    template = "%(function)s(%(expressions)s, '%(weight)s')"
    output_field = SearchVectorField()

    def __init__(self, expression: Any, *, weight: str) -> None:
        super().__init__(expression, weight=weight)


class AllWords(models.Func):
    """The words of several texts together."""

    template = "%(expressions)s"
    arg_joiner = " || "
    output_field = SearchVectorField()


def searched(*fields: str) -> models.GeneratedField:
    """Return the column of the words of these texts, the first weighing most; give it a ``GinIndex``."""
    words = [SearchWords(field, weight=weight) for field, weight in zip(fields, "ABC", strict=True)]
    return models.GeneratedField(
        expression=AllWords(*words), output_field=SearchVectorField(), db_persist=True
    )
