"""Statements whose plan their connection keeps: Postgres takes longer to plan what we ask than to answer it.

psycopg2 prepares nothing by itself, so this says PREPARE once on each connection and EXECUTE from then on
(PostgreSQL, SQL Commands). A plan lasts as long as its connection, whatever becomes of transactions, and
Postgres makes a new one when a table changes. A pooler that gives each transaction another connection knows
none of it: behind one (Django's ``DISABLE_SERVER_SIDE_CURSORS``) the text itself is sent, as ever.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import NotSupportedError
from django.db.backends.utils import CursorWrapper

Values = Mapping[str, Any] | Sequence[Any]
#: What a value is, where what stands around it does not say it by itself.
_TYPES = {bool: "boolean", int: "bigint", datetime: "timestamptz", timedelta: "interval"}
#: ``%s``, ``%(name)s`` and ``%%``, as psycopg2 writes them.
_PLACE = re.compile(r"%(?:\((\w+)\)s|(s)|%)")


class _Text(NamedTuple):
    """A statement as it is prepared, the names of its values in order, and how they stand in its call."""

    name: str
    body: str
    names: tuple[str | int, ...]
    places: str


def execute(cursor: CursorWrapper, sql: str, values: Values) -> None:
    """Execute ``sql`` with these values, as ``cursor.execute`` does."""
    with asked_anew_next_time(cursor.db):
        cursor.execute(*called(cursor.db, sql, values))


@contextmanager
def asked_anew_next_time(connection: Any) -> Iterator[None]:
    """Let a connection forget what it prepared where a migration has changed the kind of a column of it.

    Postgres refuses such a plan once (0A000, "cached plan must not change result type"), which is an error of
    this one request, and not of all that the connection answers after it.
    """
    try:
        yield
    except NotSupportedError:
        _, _, times = _prepared_on(connection)
        connection.prepared = (connection.connection, set(), times + 1)
        raise


def called(connection: Any, sql: str, values: Values) -> tuple[str, Values]:
    """Return what to execute in place of ``sql``, prepared on this connection if it was not before."""
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return sql, values
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    text = _text(sql)
    _, there, times = _prepared_on(connection)
    name = f"{text.name}_{times}"
    if text.name not in there:
        types = ", ".join(_TYPES.get(type(_value(values, one)), "unknown") for one in text.names)
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} {f'({types})' if types else ''} AS {text.body}")
        there.add(text.name)
    return f"EXECUTE {name}{text.places}", values


def _value(values: Any, name: str | int) -> object:
    value: object = values[name]
    return value


def _prepared_on(connection: Any) -> tuple[Any, set[str], int]:
    """Return the connection that is open now, what was prepared on it, and how often it began anew."""
    known: tuple[Any, set[str], int] = getattr(connection, "prepared", (None, set(), 0))
    if known[0] is not connection.connection:
        known = connection.prepared = (connection.connection, set(), 0)
    return known


@lru_cache(maxsize=1024)
def _text(sql: str) -> _Text:
    names: list[str | int] = []

    def place(found: re.Match[str]) -> str:
        named, plain = found.groups()
        if not (named or plain):
            return "%"
        name = named or len(names)
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    body = _PLACE.sub(place, sql)
    name = f"q_{sha256(sql.encode()).hexdigest()[:16]}"
    places = ", ".join("%s" if isinstance(one, int) else f"%({one})s" for one in names)
    return _Text(name, body, tuple(names), f" ({places})" if names else "")
