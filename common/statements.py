"""A query whose text is written once: for what every page asks over and over, each time with other values.

Django writes the SQL of a queryset anew for each call, which costs more than Postgres takes to answer, and
Postgres plans it anew each time (``common.prepared``). A ``Statement`` is made of a function that makes the
queryset; its arguments stand for values that come later. So the words of the querysets stay the one home of
what they mean. What decides the text itself (whether something is NULL, how many things a list has) cannot be
such a value; for lists of ids there is ``Among``.
"""

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import BooleanField, Func, QuerySet, Value
from django.db.models.sql import Query
from django.db.transaction import TransactionManagementError

from common import prepared

T = TypeVar("T")
_PLACE = re.compile("%[s%]")


class Among(Func):
    """Whether an id is one of a list, which may have any length: ``filter(Among("pk", numbers))``.

    Those of a queryset (``.values("pk")``) are found first, and then these rows by their ids: where ``IN``
    may read the whole table beside them.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    arity = 2
    output_field = BooleanField()

    def __init__(self, field: str, numbers: Any) -> None:
        if isinstance(numbers, QuerySet):
            numbers = ArraySubquery(numbers)
        super().__init__(
            field, numbers if isinstance(numbers, Value | ArraySubquery) else Value(list(numbers))
        )


@dataclass(frozen=True)
class _Later:
    """Stands in a statement for the value of that name."""

    name: str


class _Written(Query):
    """A query that has its text, and the values of this call."""

    compiler: Any
    converters: Any
    sql: str
    places: tuple[str, ...]
    given: Mapping[str, object]
    is_planned_once: bool

    def chain(self, klass: Any = None) -> Any:  # noqa: ARG002  # Django's own name
        """Return another one for the values of another call: of what is written nothing changes any more."""
        return copy.copy(self)

    def get_compiler(self, using: str | None = None, connection: Any = None, *_: Any, **__: Any) -> Any:
        """Return the compiler that wrote the text, on the connection of this thread."""
        compiler = copy.copy(self.compiler)
        compiler.connection = connection or connections[using or "default"]
        values = tuple(self.given[name] for name in self.places)
        if self.is_planned_once:
            compiler.as_sql = lambda: prepared.called(compiler.connection, self.sql, values)
        else:
            compiler.as_sql = lambda: (self.sql, values)
        compiler.get_converters = lambda _: self.converters
        return compiler


class Statement(Generic[T]):
    """What a queryset finds: ``Statement(lambda today: Event.objects.upcoming(today))``.

    ``is_planned_once=False`` where the best plan depends on the values: words, for one, that a plan which is
    made without them folds once for each row.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any, T]"], *, is_planned_once: bool = True) -> None:
        self._make, self._is_planned_once = make, is_planned_once
        self._queryset: QuerySet[Any, T] | None = None

    def all(self, **values: object) -> list[T]:
        """Ask with these values, one for each argument of the function. One query."""
        if self._queryset is None:
            self._queryset = self._written(values)
        queryset: Any = self._queryset.all()
        if queryset.query.select_for_update and connections[queryset.db].get_autocommit():
            raise TransactionManagementError("A lock needs a transaction.")
        queryset.query.given = values
        with prepared.asked_anew_next_time(connections[queryset.db]):
            return list(queryset)

    def first(self, **values: object) -> T | None:
        """Return the first one found, if any; the queryset says how many are looked for. One query."""
        return next(iter(self.all(**values)), None)

    def _written(self, names: Mapping[str, object]) -> "QuerySet[Any, T]":
        queryset = self._make(**{name: Value(_Later(name)) for name in names})
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, places = compiler.as_sql()
        query: Any = queryset.query
        query.__class__ = _Written
        query.compiler, query.sql = compiler, _with_constants(sql, places, connections[queryset.db])
        query.is_planned_once = self._is_planned_once
        query.places = tuple(one.name for one in places if isinstance(one, _Later))
        query.converters = compiler.get_converters([one for one, *_ in compiler.select[: compiler.col_count]])
        return queryset


def _with_constants(sql: str, places: Sequence[object], connection: Any) -> str:
    """Write into the text what is the same each time: a plan that is kept can use a partial index by it."""
    with connection.cursor() as cursor:
        written = [
            "%s" if isinstance(one, _Later) else cursor.mogrify("%s", [one]).decode().replace("%", "%%")
            for one in places
        ]
    in_order = iter(written)
    return _PLACE.sub(lambda found: next(in_order) if found[0] == "%s" else found[0], sql)
