"""A site of the test's own on the server of the run: a database that may be renamed, uploads, and a key."""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from qevent.recovery import scratch
from tests import databases, servers


@pytest.fixture
def own_site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The test plays in a database of its own; returns its name."""
    name = f"{connection.settings_dict['NAME']}_own"
    migrated = databases.migrated()
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.RECORDINGS_ROOT = tmp_path / "recordings"
    settings.BACKUP_DIR, settings.ERASED_ROOT = tmp_path / "backups", tmp_path / "erased"
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "qevent.storage.WholeFiles", "OPTIONS": {"location": tmp_path / "private"}},
        "recordings": {
            "BACKEND": "qevent.storage.WholeFiles",
            "OPTIONS": {"location": tmp_path / "recordings"},
        },
    }
    drop_all(name)
    with closing(servers.connect("postgres")) as server, server.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')
    with scratch.connected_to(name):
        yield name
    drop_all(name)


def drop_all(name: str) -> None:
    """Drop the database and what was made beside it."""
    with closing(servers.connect("postgres")) as server, server.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name[:40]])
        for (one,) in cursor.fetchall():
            if one == name or "_before_" in one or "_restoring_" in one:
                cursor.execute(f'DROP DATABASE IF EXISTS "{one}" WITH (FORCE)')


@pytest.fixture
def key(settings: Settings, tmp_path: Path) -> Path:
    """A pair of keys for backups, as settings name it."""
    file = tmp_path / "identity"
    settings.BACKUP_RECIPIENT = said("backup_key", file).splitlines()[0].removeprefix("BACKUP_RECIPIENT=")
    settings.BACKUP_IDENTITY = str(file)
    return file


@pytest.fixture
def backup(own_site: str, key: Path, settings: Settings) -> Callable[[], Path]:
    """Make a backup of the site; returns its file."""

    def make() -> Path:
        said("backup")
        file: Path = max(settings.BACKUP_DIR.iterdir())
        return file

    return make


def said(command: str, *arguments: object, **options: Any) -> str:
    """Call a command of manage.py; return what it says."""
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=out, **options)
    return out.getvalue()
