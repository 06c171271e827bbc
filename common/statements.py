"""A query whose text is written once: for what every page asks over and over, each time with other values.

Django writes the SQL of a queryset anew for each call, which costs more than Postgres takes to answer, and
Postgres plans it anew each time (``common.prepared``). A ``Statement`` is made of a function that makes the
queryset; its arguments stand for values that come later. So the words of the querysets stay the one home of
what they mean. What decides the text itself (whether something is NULL, how many things a list has) cannot be
such a value; for lists of ids there is ``Among``.
"""

import copy
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import BooleanField, Func, QuerySet, Value, prefetch_related_objects
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.transaction import TransactionManagementError

from common import prepared

T = TypeVar("T")
Row = Sequence[Any]
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


@dataclass(frozen=True)
class _Written(Generic[T]):
    """What Django wrote of a queryset: the text, its values in order, and how rows become what it finds."""

    sql: str
    places: tuple[str, ...]
    is_lock: bool
    alias: str
    made: Callable[[Iterable[Row], Any], list[T]]

    @classmethod
    def of(cls, queryset: "QuerySet[Any, T]") -> Self:
        """Let Django write it, once."""
        compiler: Any = queryset.query.get_compiler(using=queryset.db)
        sql, places = compiler.as_sql()
        return cls(
            _with_constants(sql, places, compiler.connection),
            tuple(one.name for one in places if isinstance(one, _Later)),
            queryset.query.select_for_update,
            queryset.db,
            _maker(queryset, compiler),
        )


class Statement(Generic[T]):
    """What a queryset finds: ``Statement(lambda today: Event.objects.upcoming(today))``.

    ``is_planned_once=False`` where the best plan depends on the values: words, for one, that a plan which is
    made without them folds once for each row.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any, T]"], *, is_planned_once: bool = True) -> None:
        self._make, self._is_planned_once = make, is_planned_once
        self._written: _Written[T] | None = None

    def all(self, **values: object) -> list[T]:
        """Ask with these values, one for each argument of the function. One query."""
        if self._written is None:
            self._written = _Written.of(self._make(**{name: Value(_Later(name)) for name in values}))
        written = self._written
        connection = connections[written.alias]
        if written.is_lock and connection.get_autocommit():
            raise TransactionManagementError("A lock needs a transaction.")
        given: Any = tuple([values[name] for name in written.places])
        with prepared.asked_anew_next_time(connection), connection.cursor() as cursor:
            if self._is_planned_once:
                cursor.execute(*prepared.called(connection, written.sql, given))
            else:
                cursor.execute(written.sql, given)
            rows = cursor.fetchall()
        return written.made(rows, connection)

    def first(self, **values: object) -> T | None:
        """Return the first one found, if any; the queryset says how many are looked for. One query."""
        return next(iter(self.all(**values)), None)


def _maker(queryset: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Iterable[Row], Any], list[Any]]:
    """Return what makes objects of rows, as Django's own iterables do (``django.db.models.query``)."""
    kind: Any = queryset._iterable_class
    make = _MAKERS[kind](queryset.db, compiler)
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    lookups = queryset._prefetch_related_lookups  # type: ignore[attr-defined]  # Django's own, which its types leave out

    def made(rows: Iterable[Row], connection: Any) -> list[Any]:
        if converters:
            here = copy.copy(compiler)
            here.connection = connection
            rows = here.apply_converters(rows, converters)
        found: list[Any] = make(rows)
        if lookups:
            prefetch_related_objects(found, *lookups)
        return found

    return made


def _records(alias: str, compiler: Any) -> Callable[[Iterable[Row]], list[Any]]:
    about, select = compiler.klass_info, compiler.select
    model, columns = about["model"], about["select_fields"]
    begin, end = columns[0], columns[-1] + 1
    names = [column.target.attname for column, *_ in select[begin:end]]
    beside = get_related_populators(about, select, alias)  # type: ignore[call-arg]  # typed as Django 6's
    annotated = tuple(compiler.annotation_col_map.items())

    def made(row: Row) -> Any:
        record = model.from_db(alias, names, row[begin:end])
        for other in beside:
            other.populate(row, record)
        for name, place in annotated:
            setattr(record, name, row[place])
        return record

    return lambda rows: [made(row) for row in rows]


def _tuples(_: str, __: Any) -> Callable[[Iterable[Row]], list[Any]]:
    return lambda rows: [tuple(row) for row in rows]


def _singles(_: str, __: Any) -> Callable[[Iterable[Row]], list[Any]]:
    return lambda rows: [row[0] for row in rows]


def _dictionaries(_: str, compiler: Any) -> Callable[[Iterable[Row]], list[Any]]:
    query = compiler.query
    names = list(query.selected or (*query.values_select, *query.annotation_select))
    return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]


_MAKERS: dict[Any, Any] = {
    ModelIterable: _records,
    ValuesIterable: _dictionaries,
    ValuesListIterable: _tuples,
    FlatValuesListIterable: _singles,
}


def _with_constants(sql: str, places: Sequence[object], connection: Any) -> str:
    """Write into the text what is the same each time: a plan that is kept can use a partial index by it."""
    with connection.cursor() as cursor:
        written = [
            "%s" if isinstance(one, _Later) else cursor.mogrify("%s", [one]).decode().replace("%", "%%")
            for one in places
        ]
    in_order = iter(written)
    return _PLACE.sub(lambda found: next(in_order) if found[0] == "%s" else found[0], sql)
