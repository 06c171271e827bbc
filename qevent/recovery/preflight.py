"""Before an upgrade: whether it can be begun, and how to go back should it have to be.

A migration is safe while the code of before still runs, so going back is checking out that release: its code
works with the newer tables. Only where it must not, the migrations are taken back first, by the code that
brought them; each knows how. What nobody foresaw, a backup of this very day undoes.
"""

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from members.privacy import erased_list
from qevent.recovery import backup, manifest, postgres
from qevent.recovery.refusals import RecoveryRefused

PYTHON: Final = (3, 11)
POSTGRES: Final = 15
#: How old the newest backup may be.
FRESH: Final = timedelta(hours=24)
GIB: Final = 2**30


def facts() -> Iterator[str]:
    """Yield what will be done, and on what."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield f"Release {manifest.release()}, Python {python}, Postgres {postgres.server_major()}."
    pending = [f"{app}.{name}" for app, name in _pending()]
    yield f"Migrations to come: {', '.join(pending)}." if pending else "No migration is to come."


def problems(*, at: datetime) -> Iterator[str]:
    """Yield what must be put right first."""
    if sys.version_info < PYTHON:
        yield "Python is older than 3.11."
    if postgres.server_major() < POSTGRES:
        yield f"Postgres is older than {POSTGRES}."
    try:
        postgres.program("pg_dump", server=postgres.server_major())
    except RecoveryRefused as refusal:
        yield str(refusal)
    if unknown := _unknown():
        yield f"The database has migrations that this release does not know: {', '.join(unknown)}."
    yield from _of_disk()
    yield from _of_backups(at)
    if wrong := erased_list.problem():
        yield wrong


def way_back() -> list[str]:
    """Return the commands that take the migrations to come back, last things first."""
    first: dict[str, str] = {}
    for app, name in _pending():
        first.setdefault(app, name)
    loader = MigrationExecutor(connection).loader
    return [
        f".venv/bin/python manage.py migrate {app} {_before(loader.graph.node_map, app, name)}"
        for app, name in reversed(first.items())
    ]


def _before(nodes: dict[tuple[str, str], object], app: str, name: str) -> str:
    earlier = sorted(other for one, other in nodes if one == app and other < name)
    return earlier[-1] if earlier else "zero"


def _pending() -> list[tuple[str, str]]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _ in plan]


def _unknown() -> list[str]:
    loader = MigrationExecutor(connection).loader
    ours = {app for app, _ in loader.graph.nodes}
    applied = set(loader.applied_migrations) - set(loader.graph.nodes)
    return sorted(f"{app}.{name}" for app, name in applied if app in ours)


def _of_disk() -> Iterator[str]:
    """A backup and an index that is made anew need room."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        needed = int(cursor.fetchone()[0])
    folder = Path(settings.BACKUP_DIR)
    there = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        yield f"{there} has {free / GIB:.1f} GiB left, and the database takes {needed / GIB:.1f} GiB."


def _of_backups(at: datetime) -> Iterator[str]:
    made = [one.stat().st_mtime for one in Path(settings.BACKUP_DIR).glob(f"*{backup.SUFFIX}")]
    if not made:
        yield f"There is no backup in {settings.BACKUP_DIR}: make backup."
    elif at - datetime.fromtimestamp(max(made), UTC) > FRESH:
        yield f"The newest backup in {settings.BACKUP_DIR} is older than a day: make backup."
