"""Statements whose plan their connection keeps: Postgres takes longer to plan what we ask than to answer it.

psycopg2 prepares nothing by itself, so this says PREPARE once on each connection and EXECUTE from then on
(PostgreSQL, SQL Commands). A plan lasts as long as its connection, whatever becomes of transactions, and
Postgres makes a new one when a table changes. A pooler that gives each transaction another connection knows
none of it: behind one (Django's ``DISABLE_SERVER_SIDE_CURSORS``) the text itself is sent, as ever.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

Values = Mapping[str, Any] | Sequence[Any]
#: What a value is, where what stands around it does not say it by itself.
_TYPES = {bool: "boolean", int: "bigint", datetime: "timestamptz", timedelta: "interval"}
#: ``%s``, ``%(name)s`` and ``%%``, as psycopg2 writes them.
_PLACE = re.compile(r"%(?:\((\w+)\)s|(s)|%)")


class _Text(NamedTuple):
    """A statement as it is prepared, the names of its values in order, and how it is called."""

    name: str
    body: str
    names: tuple[str | int, ...]
    call: str


def execute(cursor: CursorWrapper, sql: str, values: Values) -> None:
    """Execute ``sql`` with these values, as ``cursor.execute`` does."""
    cursor.execute(*called(cursor.db, sql, values))


def called(connection: Any, sql: str, values: Values) -> tuple[str, Values]:
    """Return what to execute in place of ``sql``, prepared on this connection if it was not before."""
    if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
        return sql, values
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    text, there = _text(sql), _prepared_on(connection)
    if text.name not in there:
        types = ", ".join(_TYPES.get(type(_value(values, name)), "unknown") for name in text.names)
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {text.name} {f'({types})' if types else ''} AS {text.body}")
        there.add(text.name)
    return text.call, values


def _value(values: Any, name: str | int) -> object:
    value: object = values[name]
    return value


def _prepared_on(connection: Any) -> set[str]:
    """Return the names of what was prepared on the connection that is open now."""
    session, names = getattr(connection, "prepared", (None, set()))
    if session is not connection.connection:
        names = set()
        connection.prepared = (connection.connection, names)
    return names


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
    return _Text(name, body, tuple(names), f"EXECUTE {name}{f' ({places})' if names else ''}")
