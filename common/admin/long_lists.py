"""Lists of the admin that take no longer the more rows there are.

Django's search joins what each row belongs to (its member, its session) and compares the words with every
row. Here members and sessions are searched first, of which there are far fewer, and the rows are those of
whatever was found, which an index knows. And a list counts its rows up to a bound.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

if TYPE_CHECKING:
    AnyPaginator = Paginator[Any]
else:  # generic to the type checker only
    AnyPaginator = Paginator

#: As many rows as are counted.
MOST_COUNTED: Final = 10_000
#: As many members or sessions as are named to the database. Where a word fits more, it fits so many rows that
#: a page of them is found soon, whichever way.
MOST_NAMED: Final = 2_000


class CountedToABound(AnyPaginator):
    """The pages of the first rows; ``is_cut`` where there are more."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, ``MOST_COUNTED`` at most."""
        return min(self._counted, MOST_COUNTED)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._counted > MOST_COUNTED

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        counted: int = rows.order_by()[: MOST_COUNTED + 1].count()
        return counted


class LongList(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    """An admin of more rows than anybody reads; it may be searched by fields of what a row belongs to."""

    paginator = CountedToABound

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find the rows that every word fits, as Django parts them: quotation marks keep words together."""
        for word in _words(search_term):
            queryset = queryset.filter(self.fits(request, word))
        return queryset, False

    def fits(self, request: HttpRequest, word: str) -> Q:
        """Return what a row must be for a word to fit it. One query for each thing that rows belong to."""
        own: list[str] = []
        of_others: dict[str, list[str]] = {}
        for name in self.get_search_fields(request):
            relation, _, rest = name.partition(LOOKUP_SEP)
            if self.opts.get_field(relation).is_relation:
                of_others.setdefault(relation, []).append(rest)
            else:
                own.append(name)
        fits = _any_has(own, word)
        for relation, names in of_others.items():
            fits |= _belongs(self.model, relation, _any_has(names, word))
        return fits


def _words(search_term: str) -> Iterator[str]:
    for word in smart_split(search_term):
        is_quoted = word[0] in "\"'" and word[0] == word[-1]
        yield unescape_string_literal(word) if is_quoted else word


def _any_has(names: Iterable[str], word: str) -> Q:
    """Return whether one of the fields has the word; a name may say how they are compared."""
    lookups = [name if LOOKUP_SEP in name else f"{name}{LOOKUP_SEP}icontains" for name in names]
    return Q.create([(lookup, word) for lookup in lookups], connector=Q.OR)


def _belongs(model: type[Model], relation: str, is_found: Q) -> Q:
    """Return whether a row belongs to one of those found: by their ids, or where they are many by a query."""
    related: Any = model._meta.get_field(relation).related_model
    rows = related._default_manager.filter(is_found).order_by().values_list("pk", flat=True)
    found = list(rows[: MOST_NAMED + 1])
    return Q(**{f"{relation}__in": found if len(found) <= MOST_NAMED else rows})
