"""Databases beside the site's: where a backup is restored, and how it takes the site's place."""

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import psycopg2
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from psycopg2 import sql

from qevent.recovery.refusals import RecoveryRefused

#: Databases that every server has: whoever makes or renames one is connected to another.
OTHERS: Final = ("postgres", "template1")
#: How a database is made that has another's encoding and order of words (Postgres 15 names the order of ICU
#: otherwise than 17 does).
LIKE: Final = """
    SELECT format('ENCODING %%L LC_COLLATE %%L LC_CTYPE %%L LOCALE_PROVIDER %%s',
                  pg_encoding_to_char(encoding), datcollate, datctype,
                  CASE datlocprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' ELSE 'builtin' END)
        || CASE datlocprovider WHEN 'c' THEN '' ELSE format(
               ' %%s %%L', CASE datlocprovider WHEN 'i' THEN 'ICU_LOCALE' ELSE 'BUILTIN_LOCALE' END,
               coalesce(to_jsonb(one) ->> 'datlocale', to_jsonb(one) ->> 'daticulocale')) END
    FROM pg_database AS one WHERE datname = %s
"""
#: For how long Postgres may take to end what was closed.
ENDING_TRIES, ENDING_SECONDS = 20, 0.1
#: How long the name of a database may be.
LONGEST: Final = 63
NO_RIGHT: Final = (
    "The database's role may not create databases ({}). Let it (ALTER ROLE … CREATEDB), or name one that may "
    "in DATABASE_URL."
)


def site() -> str:
    """Return the name of the site's database."""
    return str(connection.settings_dict["NAME"])


def beside(purpose: str, at: datetime) -> str:
    """Return the name of a database of the site at a moment: "qevent_before_20261130T1200"."""
    tail = f"_{purpose}_{at:%Y%m%dT%H%M%S}"
    return f"{site()[: LONGEST - len(tail)]}{tail}"


def create(name: str) -> None:
    """Make an empty database that sorts as the site's does, where that is there.

    Raises ``RecoveryRefused`` where it may not be made.
    """
    like = _ask(LIKE, site()) or ""
    try:
        _run(f"CREATE DATABASE {{}} TEMPLATE template0 {like}", name)
    except psycopg2.errors.InsufficientPrivilege as error:
        raise RecoveryRefused(NO_RIGHT.format(str(error).strip())) from None


def drop(name: str) -> None:
    """Take a database away, if it is there."""
    _run("DROP DATABASE IF EXISTS {}", name)


def rename(old: str, new: str) -> None:
    """Give a database another name. Raises ``RecoveryRefused`` where it is in use."""
    try:
        _run("ALTER DATABASE {} RENAME TO {}", old, new)
    except psycopg2.errors.ObjectInUse as error:
        raise RecoveryRefused(f"The database {old} is in use: {str(error).strip()}") from None


def exists(name: str) -> bool:
    """Whether there is a database of this name."""
    return bool(_ask("SELECT true FROM pg_database WHERE datname = %s", name))


def users(name: str) -> int:
    """Return how many connections there are to it; one that was closed just now is given time to end."""
    statement = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
    for _ in range(ENDING_TRIES):
        if not (number := int(_ask(statement, name))):
            break
        time.sleep(ENDING_SECONDS)
    return number


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """What happens inside happens in the database of this name."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


@contextmanager
def own_folders(media: Path, recordings: Path) -> Iterator[None]:
    """What happens inside leaves the site's folders alone.

    Uploads and recordings are in these folders, what people take away is nowhere, and the list of the erased
    is a copy.
    """
    with TemporaryDirectory() as folder:
        erased, private = Path(folder, "erased"), Path(folder, "private")
        if Path(settings.ERASED_ROOT).exists():
            shutil.copytree(settings.ERASED_ROOT, erased)
        own: Any = storages["private"]
        watched: Any = storages["recordings"]
        with (
            _set(settings, ERASED_ROOT=erased, MEDIA_ROOT=media, RECORDINGS_ROOT=recordings),
            _set(own, _location=private),
            _set(watched, _location=recordings),
        ):
            yield


@contextmanager
def _set(thing: Any, **values: Path) -> Iterator[None]:
    """Inside, these are the thing's values; storages look at them anew."""
    before = {name: getattr(thing, name) for name in values}
    _put(thing, values)
    try:
        yield
    finally:
        _put(thing, before)


def _put(thing: Any, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(thing, name, value)
    for storage in (storages["default"], storages["private"], storages["recordings"]):
        for worked_out in ("base_location", "location"):
            vars(storage).pop(worked_out, None)


def _run(statement: str, *names: str) -> None:
    with closing(_connect()) as server, server.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def _ask(statement: str, name: str) -> Any:
    """Return the one value that a statement finds about a database; ``None`` where there is none."""
    with closing(_connect()) as server, server.cursor() as cursor:
        cursor.execute(statement, [name])
        found: tuple[Any, ...] = cursor.fetchone() or (None,)
        return found[0]


def _connect() -> "psycopg2.extensions.connection":
    """Open a connection to a database of the same server; each statement is its own transaction."""
    told = {name: value for name, value in connection.get_connection_params().items() if name in _WHERE}
    problem: Exception | None = None
    for name in OTHERS:
        try:
            server = psycopg2.connect(**told | {"dbname": name})
        except psycopg2.OperationalError as error:
            problem = error
        else:
            server.autocommit = True
            return server
    raise RecoveryRefused(f"The server's own databases cannot be reached: {str(problem).strip()}")


_WHERE: Final = (
    "host",
    "port",
    "user",
    "password",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "passfile",
)
