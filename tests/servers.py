"""Real servers for the tests, started when tests/settings.py is read: before anything looks for them.

Without DATABASE_URL and REDIS_URL a Postgres of the checkout's own (which saves nothing to disk)
and a Valkey of this run's own are started; both die with the run. Each run has databases of its
own name, so runs beside each other do not meet; what killed runs left is dropped by the next.
xdist workers inherit all of it from the process that started them.
"""

import atexit
import os
import shutil
import signal
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import environ
import psycopg2
import pytest
from psycopg2 import sql

from qevent.environment import redis_database
from qevent.localservices.paths import Home, home
from qevent.localservices.services import Services
from qevent.localservices.trouble import Trouble

RUN = "QEVENT_TEST_RUN"
#: Names this run's database, and its connection that shows other runs that it lives.
PREFIX = "test_run_"

_opened: list[Services] = []
_alive: list["psycopg2.extensions.connection"] = []
_folders: list[Path] = []


def ready() -> None:
    """Start what this run needs, unless the process that started this one has done so.

    Raises ``pytest.UsageError`` that says what is missing.
    """
    if RUN not in os.environ:
        atexit.register(_stop)
        try:
            _prepare()
        except Trouble as trouble:
            raise pytest.UsageError(str(trouble)) from None


def redis_url() -> str:
    """Return the address of this process's own Redis database: each xdist worker has one."""
    return redis_database(os.environ["REDIS_URL"], _redis_number() + int(worker().removeprefix("gw")))


def worker() -> str:
    """Return the name of this process among those of the run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def connect(database: str, **options: str) -> "psycopg2.extensions.connection":
    """Open a connection to another database of the run's server; each statement is its own transaction."""
    address = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    host = dict(address.get("OPTIONS") or {}).get("host") or address.get("HOST") or None
    try:
        connection = psycopg2.connect(
            host=host,
            port=address.get("PORT") or None,
            user=address.get("USER") or None,
            password=address.get("PASSWORD") or None,
            dbname=database,
            **options,
        )
    except psycopg2.OperationalError as error:
        raise Trouble(f"The database of DATABASE_URL does not answer: {str(error).strip()}") from None
    connection.autocommit = True
    return connection


def _stop() -> None:
    for connection in _alive:
        connection.close()
    for services in reversed(_opened):
        services.stop()
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare() -> None:
    os.environ["ENV_FILE"] = os.devnull
    for name, value in {"SECRET_KEY": "for-tests-only", "SITE_URL": "http://localhost:8000"}.items():
        os.environ[name] = value
    for name in ("DEBUG", "DEMO", "EMAIL_URL", "CACHE_URL", "MEMBERSHIP_APPROVAL", "LOG_LEVEL"):
        os.environ.pop(name, None)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if not os.environ.get("DATABASE_URL"):
        _start(Services(home("test"), has_valkey=False, is_safe=False, say=_silence))
        os.environ["DATABASE_URL"] = _opened[-1].home.database_url
    if not os.environ.get("REDIS_URL"):
        folder = Path(tempfile.mkdtemp(prefix="qevent-test-"))
        _folders.append(folder)
        _start(Services(Home(folder, folder / "run"), has_postgres=False, is_safe=False, say=_silence))
        os.environ["REDIS_URL"] = _opened[-1].home.redis_url
    os.environ[RUN] = f"{PREFIX}{os.getpid()}"
    _claim_database()


def _start(services: Services) -> None:
    _opened.append(services)
    services.start()


def _claim_database() -> None:
    """Give this run a database name of its own, and drop what killed runs have left."""
    run = os.environ[RUN]
    connection = connect("postgres", application_name=run)
    _alive.append(connection)
    with closing(connection.cursor()) as cursor:
        cursor.execute("SELECT application_name FROM pg_stat_activity")
        living = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        for (name,) in cursor.fetchall():
            if "_".join(name.split("_")[:3]) not in living:
                cursor.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
    parts = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{run.removeprefix('test_')}"))


def _redis_number() -> int:
    parts = urlsplit(os.environ["REDIS_URL"])
    number = parts.query.rpartition("db=")[2] if parts.scheme == "unix" else parts.path.strip("/")
    return int(number or 0)


def _silence(line: str) -> None:
    """Say nothing: pytest has the terminal."""
