"""Restoring: beside the site first, settled and checked there; then it takes the site's place.

What was the site until then stays beside it, under names that are said: that is the way back. Nothing of the
site is touched until all that was restored is found whole.
"""

import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from pyrage import x25519

from qevent.recovery import backup, checks, manifest, postgres, scratch, sealed, settling
from qevent.recovery.manifest import Manifest
from qevent.recovery.refusals import RecoveryRefused

#: Roles and their rights are the server's own; comments stand on extensions, which are not ours.
RESTORING = ("--exit-on-error", "--no-owner", "--no-acl", "--no-comments")
#: Name in a backup → where what is below it is restored.
Folders = Mapping[str, Path]
STOP = "The site is in use ({} connections to its database): stop web, worker, bulk mail and beat first."


@dataclass
class Restored:
    """A backup, restored beside the site: ``said`` tells of it, ``problems`` keep it from being the site."""

    database: str
    media: Path
    recordings: Path
    manifest: Manifest
    said: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@contextmanager
def beside(file: Path, by: list[x25519.Identity], *, at: datetime) -> Iterator[Restored]:
    """Restore a backup beside the site, settle and check it. What is still there afterwards is taken away.

    Raises ``RecoveryRefused``.
    """
    name = scratch.beside("restoring", at)
    media, recordings = _folders_beside("restoring", at)
    scratch.create(name)
    try:
        for folder in (media, recordings):
            folder.mkdir(mode=0o700, parents=True)
        told = _load(file, by, name, {backup.MEDIA: media, backup.RECORDINGS: recordings})
        restored = Restored(name, media, recordings, told)
        with scratch.connected_to(name), scratch.own_folders(media, recordings):
            _settle(restored, at)
        yield restored
    finally:
        scratch.drop(name)
        for folder in (media, recordings):
            shutil.rmtree(folder, ignore_errors=True)


def put_in_place(restored: Restored, *, at: datetime) -> list[str]:
    """Let what was restored be the site; return where is what was the site. Raises ``RecoveryRefused``."""
    refuse_in_use()
    kept = _folders_beside("before", at)
    moved: list[tuple[Path, Path]] = []
    try:
        for root, before, new in zip(_folders(), kept, (restored.media, restored.recordings), strict=True):
            for old, place in ((root, before), (new, root)):
                _move(old, place)
                moved.append((old, place))
        database = _swap_databases(restored.database, at)
    except BaseException:
        for old, place in reversed(moved):
            _move(place, old)
        raise
    Path(settings.MEDIA_ROOT).chmod(0o755)
    cache.clear()
    said = [f"The database of before is {database}."] if database else []
    names = zip(("uploads", "recordings"), kept, strict=True)
    return [*said, *(f"The {what} of before are in {place}." for what, place in names if place.exists())]


def refuse_in_use() -> None:
    """Raise ``RecoveryRefused`` while something of the site runs."""
    connection.close()
    site = scratch.site()
    if scratch.exists(site) and (users := scratch.users(site)):
        raise RecoveryRefused(STOP.format(users))


def _swap_databases(restored: str, at: datetime) -> str:
    """Let the restored database be the site's; return how that of before is called now, "" without one."""
    site, kept = scratch.site(), scratch.beside("before", at)
    was_there = scratch.exists(site)
    if was_there:
        scratch.rename(site, kept)
    try:
        scratch.rename(restored, site)
    except BaseException:
        if was_there:
            scratch.rename(kept, site)
        raise
    return kept if was_there else ""


def _move(old: Path, new: Path) -> None:
    """Move a folder, if it is there. Raises ``RecoveryRefused``."""
    try:
        if old.exists():
            old.rename(new)
    except OSError as error:
        raise RecoveryRefused(
            f"The uploads cannot be put in place ({error.strerror}): MEDIA_ROOT and RECORDINGS_ROOT must be "
            "folders beside which you may write, and no mounts of their own."
        ) from None


def _folders() -> tuple[Path, Path]:
    return Path(settings.MEDIA_ROOT), Path(settings.RECORDINGS_ROOT)


def _folders_beside(purpose: str, at: datetime) -> tuple[Path, Path]:
    """Return the folders beside those of uploads and recordings."""
    media, recordings = (root.with_name(f"{root.name}.{purpose}-{at:%Y%m%dT%H%M%S}") for root in _folders())
    return media, recordings


def _settle(restored: Restored, at: datetime) -> None:
    told = restored.manifest
    restored.problems += [*checks.counts(told.counts, manifest.counts()), *checks.erased(told)]
    settled = settling.settle(backup_at=told.made_at, at=at)
    restored.said += settled.said
    restored.problems += settled.problems
    restored.said.append(checks.secret_key(told))
    restored.problems += [*checks.places(), *checks.files(restored.media, restored.recordings)]


def _load(file: Path, by: list[x25519.Identity], database: str, folders: Folders) -> Manifest:
    try:
        with file.open("rb") as opened, sealed.reading(opened, by) as stream:
            return _unpack(stream, database, folders)
    except FileNotFoundError:
        raise RecoveryRefused(f"There is no backup at {file}.") from None
    except tarfile.TarError as error:
        raise RecoveryRefused(f"This is no backup of the site ({error}).") from None


def _unpack(stream: IO[bytes], database: str, folders: Folders) -> Manifest:
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        parts = iter(tar)
        first = next(parts, None)
        if first is None or first.name != backup.MANIFEST:
            raise RecoveryRefused("This is no backup of the site.")
        told = manifest.read(_content(tar, first).read())
        dumped, rest = _restore(tar, parts, database, told)
        files, complete = 0, None
        while rest is not None:
            if rest.name == backup.COMPLETE:
                complete = json.loads(_content(tar, rest).read())
            else:
                _keep(tar, rest, folders)
                files += 1
            rest = next(parts, None)
    if complete != {"dump_bytes": dumped, "media_files": files}:
        raise RecoveryRefused("The backup is not whole.")
    return told


def _restore(
    tar: tarfile.TarFile, parts: Iterator[tarfile.TarInfo], database: str, told: Manifest
) -> tuple[int, tarfile.TarInfo | None]:
    """Restore the dump; return its size, and what follows it in the backup."""
    with scratch.connected_to(database):
        server = postgres.server_major()
        environment = postgres.environment()
    if server < told.postgres:
        raise RecoveryRefused(f"The backup is of Postgres {told.postgres}, and this server is of {server}.")
    command = os.fspath(postgres.program("pg_restore", server=told.postgres))
    size, one = 0, next(parts, None)
    with subprocess.Popen(  # noqa: S603  # our own command line
        [command, *RESTORING, f"--dbname={database}"],
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        takes: Any = process.stdin
        try:
            while one is not None and one.name.startswith(f"{backup.DUMP}/"):
                size += one.size
                shutil.copyfileobj(_content(tar, one), takes, backup.PART)
                one = next(parts, None)
            takes.close()
        except BrokenPipeError:
            pass  # why it ended is said below
        says: Any = process.stderr
        words = says.read().decode(errors="replace").strip()
    if process.returncode:
        raise RecoveryRefused(f"pg_restore failed: {words}")
    return size, one


def _keep(tar: tarfile.TarFile, one: tarfile.TarInfo, folders: Folders) -> None:
    """Write one upload or recording where it was. Raises ``RecoveryRefused`` for what is none."""
    name, _slash, rest = one.name.partition("/")
    folder = folders.get(name, folders[backup.MEDIA])
    path = (folder / rest).resolve()
    if name not in folders or not one.isfile() or not path.is_relative_to(folder.resolve()):
        raise RecoveryRefused("The backup holds something that is no upload.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        shutil.copyfileobj(_content(tar, one), file)
    path.chmod(0o644 if name == backup.MEDIA else 0o600)


def _content(tar: tarfile.TarFile, one: tarfile.TarInfo) -> IO[bytes]:
    found = tar.extractfile(one)
    if found is None:
        raise RecoveryRefused("The backup holds something that is no file.")
    return found
