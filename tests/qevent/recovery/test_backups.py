"""A backup is one private file that only its key opens, whole or not at all."""

import io
import json
import stat
import subprocess
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError

from members.models import Member
from qevent.recovery import backup as backups
from qevent.recovery import manifest, postgres, sealed
from qevent.recovery.manifest import Manifest
from qevent.recovery.refusals import RecoveryRefused
from tests import make
from tests.found import found
from tests.qevent.recovery.conftest import said

pytestmark = pytest.mark.slow


def opened(file: Path) -> dict[str, bytes]:
    """What stands in a backup, by name."""
    with (
        file.open("rb") as sealed_file,
        sealed.reading(sealed_file, keys()) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        return {one.name: found(tar.extractfile(one)).read() for one in tar}


def keys() -> list[Any]:
    return sealed.identities(settings.BACKUP_IDENTITY)


def packed(file: Path, parts: dict[str, bytes]) -> Path:
    """Write a backup that holds these parts."""
    with (
        file.open("wb") as out,
        sealed.writing(out, sealed.recipients(settings.BACKUP_RECIPIENT)) as stream,
        tarfile.open(fileobj=stream, mode="w|") as tar,
    ):
        for name, content in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return file


def test_it_is_one_file_that_only_its_owner_reads_and_that_says_nothing(backup):
    make.member("Ngaio Featherstonehaugh")

    file = backup()

    assert [one.name for one in settings.BACKUP_DIR.iterdir()] == [file.name]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"Featherstonehaugh" not in file.read_bytes()
    assert file.read_bytes().startswith(b"age-encryption.org/v1")


def test_it_holds_what_it_says_and_never_the_key(backup):
    make.member()
    default_storage.save("posts/a.txt", io.BytesIO(b"A"))
    storages["recordings"].save("1/a.mp4", io.BytesIO(b"B"))

    parts = opened(backup())

    told = json.loads(parts["manifest.json"])
    assert told["counts"]["members_member"] == Member.objects.count() == 1
    assert told["migrations"] == manifest.migrations()
    assert told["secret_key"] == manifest.fingerprint(settings.SECRET_KEY)
    assert parts["media/posts/a.txt"] == b"A"
    assert parts["recordings/1/a.mp4"] == b"B"
    assert json.loads(parts["complete.json"])["media_files"] == 2
    assert not [name for name, content in parts.items() if settings.SECRET_KEY.encode() in content]


def test_its_dump_opens_with_nothing_but_postgres_own_programs(backup, monkeypatch, tmp_path):
    monkeypatch.setattr(backups, "PART", 4096)
    parts = opened(backup())

    dump = tmp_path / "qevent.dump"
    names = sorted(name for name in parts if name.startswith("database/"))
    dump.write_bytes(b"".join(parts[name] for name in names))

    listed = subprocess.run(  # noqa: S603 - ours
        [postgres.program("pg_restore", server=postgres.server_major()), "--list", dump],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(names) > 3
    assert "TABLE DATA public members_member" in listed.stdout


def test_many_parts_are_restored_as_one(backup, monkeypatch):
    monkeypatch.setattr(backups, "PART", 4096)

    assert "It is whole." in said("restore", backup(), check=True)


def test_another_key_does_not_open_it(backup, settings, tmp_path):
    file = backup()
    said("backup_key", tmp_path / "other")
    settings.BACKUP_IDENTITY = str(tmp_path / "other")

    with pytest.raises(CommandError, match="BACKUP_IDENTITY does not open this backup"):
        said("restore", file, check=True)


def cut(content: bytes) -> bytes:
    return content[:-1000]


def changed(content: bytes) -> bytes:
    return content[:-1000] + bytes([content[-1000] ^ 1]) + content[-999:]


@pytest.mark.parametrize("harm", [cut, changed])
def test_what_was_cut_off_or_changed_is_not_restored(backup, harm):
    file = backup()
    file.write_bytes(harm(file.read_bytes()))

    with pytest.raises(CommandError, match="damaged or cut off"):
        said("restore", file, check=True)


def without_end(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in parts.items() if name != "complete.json"}


def without_an_upload(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in parts.items() if not name.startswith("media/")}


def with_another_file(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {**parts, "media/../../../outside": b"x"}


def of_a_later_format(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {**parts, "manifest.json": json.dumps({"format": 2}).encode()}


def without_dump(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in parts.items() if not name.startswith("database/")}


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (without_end, "not whole"),
        (without_an_upload, "not whole"),
        (with_another_file, "no upload"),
        (of_a_later_format, "later release"),
        (without_dump, "pg_restore failed"),
        (lambda parts: {"letter.txt": b"Dear"}, "no backup of the site"),
        (lambda parts: {}, "no backup of the site"),
    ],
)
def test_what_is_no_whole_backup_is_refused(backup, tmp_path, harm, why):
    default_storage.save("a.txt", io.BytesIO(b"A"))
    file = packed(tmp_path / "made.age", harm(opened(backup())))

    with pytest.raises(CommandError, match=why):
        said("restore", file, check=True)
    assert not list(tmp_path.parent.glob("outside"))


def test_a_backup_that_fails_leaves_no_file(own_site, key, monkeypatch):
    def fails(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_add_media", fails)

    with pytest.raises(CommandError, match="No space left"):
        said("backup")

    assert list(settings.BACKUP_DIR.iterdir()) == []


@pytest.mark.parametrize("recipient", ["", "age1nonsense"])
def test_without_a_recipient_none_is_made(own_site, settings, recipient):
    settings.BACKUP_RECIPIENT = recipient

    with pytest.raises(CommandError, match="backup_key"):
        said("backup")


def test_a_key_is_never_written_over(key):
    before = key.read_text()

    with pytest.raises(CommandError, match="cannot be written"):
        said("backup_key", key)

    assert (key.read_text(), stat.S_IMODE(key.stat().st_mode)) == (before, 0o600)


@pytest.mark.parametrize(
    ("made", "said_of_it"),
    [(None, "none was found"), ("15.2", "pg_dump is of 15"), ("nonsense", "none was found")],
)
def test_programs_that_are_missing_or_older_than_the_server_are_named(
    tmp_path, monkeypatch, made, said_of_it
):
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    if made:
        (tmp_path / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {made}'\n")
        (tmp_path / "pg_dump").chmod(0o755)

    with pytest.raises(RecoveryRefused, match=said_of_it):
        postgres.program("pg_dump", server=18)


def test_a_manifest_is_read_as_it_was_written():
    told = Manifest(datetime(2026, 11, 2, tzinfo=UTC), "0.2.0", "5.2", 18, {"a": "1"}, {"b": 2}, "c", "d", 3)

    assert manifest.read(told.to_json()) == told


def lying(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def test_older_ones_go_by_the_moment_in_their_names_and_nothing_else_does(tmp_path):
    old, edge = "qevent-20261001T095959Z.backup.age", "qevent-20261001T100000Z.backup.age"
    others = {"qevent-20200101T000000Z.backup.age.txt", "other-20200101T000000Z.backup.age", "notes.txt"}
    others |= {"qevent-20209999T000000Z.backup.age", ".qevent-20200101T000000Z.backup.age.unfinished"}
    for name in {old, edge, "qevent-20261030T100000Z.backup.age", *others}:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "qevent-20200101T000000Z.backup.age").mkdir()
    (tmp_path / "qevent-20200102T000000Z.backup.age").symlink_to(tmp_path / "notes.txt")

    gone = backups.forget(tmp_path, days=30, at=datetime(2026, 10, 31, 10, tzinfo=UTC))

    assert gone == [tmp_path / old]
    assert len(lying(tmp_path)) == 2 + len(others) + 2
    assert others < lying(tmp_path)


def test_the_newest_stays_however_old_it_is(tmp_path):
    for name in ("qevent-20200101T000000Z.backup.age", "qevent-20200102T000000Z.backup.age"):
        (tmp_path / name).write_bytes(b"")

    backups.forget(tmp_path, days=1, at=datetime(2026, 10, 31, tzinfo=UTC))

    assert lying(tmp_path) == {"qevent-20200102T000000Z.backup.age"}


def test_old_backups_go_only_once_a_new_one_is_there(backup, settings):
    old = settings.BACKUP_DIR / "qevent-20200101T000000Z.backup.age"
    settings.BACKUP_DIR.mkdir(exist_ok=True)
    old.write_bytes(b"")
    recipient, settings.BACKUP_RECIPIENT = settings.BACKUP_RECIPIENT, ""

    with pytest.raises(CommandError):
        said("backup", keep=30)
    assert old.exists()
    settings.BACKUP_RECIPIENT = recipient
    answer = said("backup", keep=30)

    assert f"{old} is older than 30 days, and gone." in answer
    assert len(lying(settings.BACKUP_DIR)) == 1


@pytest.mark.parametrize("days", ["0", "-1", "x", "1.5", "²"])
def test_a_number_of_days_is_asked_for(days):
    with pytest.raises(CommandError, match="a number of days, 1 at least"):
        said("backup", f"--keep={days}")
