"""Before an upgrade: what would stop it is said, and so is the way back."""

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from pytest_django import Settings

from members.privacy import erased_list
from qevent.recovery import preflight
from tests.qevent.recovery.conftest import said

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def newest(settings: Settings, tmp_path: Path) -> Path:
    """The newest backup, just made."""
    settings.BACKUP_DIR, settings.ERASED_ROOT = tmp_path, tmp_path / "erased"
    file = tmp_path / "qevent-20261102T100000Z.backup.age"
    file.write_bytes(b"")
    return file


def take_back(app: str, name: str) -> None:
    """Let the database be as it was before a migration, as far as its list goes."""
    MigrationRecorder(connection).record_unapplied(app, name)


def test_where_nothing_is_to_come_it_says_so(newest):
    answer = said("preflight")

    assert "No migration is to come." in answer
    assert "way back" not in answer


def test_what_is_to_come_is_named_with_the_way_back_and_nothing_is_changed(newest):
    last, before = "0009_emails_of_one_cause", "0008_emails_that_may_have_been_sent"
    take_back("notifications", last)

    answer = said("preflight")

    assert f"Migrations to come: notifications.{last}." in answer
    [file] = newest.parent.glob("way-back-*.txt")
    assert file.read_text() == f".venv/bin/python manage.py migrate notifications {before}\n"
    assert ("notifications", last) not in MigrationRecorder(connection).applied_migrations()


def without_the_key_of_the_erased(newest: Path) -> None:
    erased_list.digest_of("ada@example.org")
    (newest.parent / "erased" / erased_list.KEY).unlink()


def without_a_backup(newest: Path) -> None:
    newest.unlink()


def with_an_old_backup(newest: Path) -> None:
    then = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(newest, (then, then))


def with_a_later_database(newest: Path) -> None:
    MigrationRecorder(connection).record_applied("events", "0999_of_a_later_release")


@pytest.mark.parametrize(
    ("lacks", "problem"),
    [
        (without_a_backup, "There is no backup in"),
        (with_an_old_backup, "is older than a day"),
        (without_the_key_of_the_erased, "key is missing: bring it back"),
        (with_a_later_database, "does not know: events.0999_of_a_later_release"),
    ],
)
def test_what_must_be_put_right_stops_it(newest, lacks, problem):
    lacks(newest)

    with pytest.raises(CommandError, match=problem):
        said("preflight")


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("qevent.recovery.preflight.PYTHON", (9, 0), "Python is older"),
        ("qevent.recovery.preflight.POSTGRES", 99, "Postgres is older than 99"),
        ("shutil.disk_usage", lambda _: SimpleNamespace(free=0), "GiB left"),
    ],
)
def test_a_machine_that_is_too_old_or_too_full_stops_it(newest, monkeypatch, name, value, problem):
    monkeypatch.setattr(name, value)

    assert any(problem in line for line in preflight.problems(at=timezone.now()))


def test_without_programs_of_postgres_it_does_not_begin(newest, monkeypatch, tmp_path):
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))

    with pytest.raises(CommandError, match="There is no pg_dump"):
        said("preflight")
