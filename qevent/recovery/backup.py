"""Making a backup: one file, encrypted while it is written, that only its owner can read.

It is a tar in the format of age: ``manifest.json``; the dump in Postgres' own format, in parts that are
written as they come (``cat database/* > qevent.dump`` makes it one file), without the rows of tables that
are left out (``manifest.LEFT_OUT``); uploads and recordings;
``complete.json``, without which it is not whole. The dump and the counts are of one moment (an exported
snapshot). Memory stays flat however large the site is, nothing lies on the disk unencrypted, and a backup
that fails leaves no file.
"""

import io
import json
import os
import re
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from django.db import connection, transaction
from pyrage import x25519

from qevent.recovery import manifest, postgres, sealed
from qevent.recovery.refusals import RecoveryRefused

#: Names of backups: nothing else is ever taken away.
NAMED: Final = re.compile(r"qevent-(\d{8}T\d{6}Z)\.backup\.age")
#: Of which the moment is in the name, in UTC.
MOMENT: Final = "%Y%m%dT%H%M%SZ"
#: Bytes of the dump in one part.
PART: Final = 8 * 2**20
SUFFIX: Final = ".backup.age"
MANIFEST, DUMP, COMPLETE = "manifest.json", "database", "complete.json"
MEDIA, RECORDINGS = "media", "recordings"


def make(folder: Path, to: list[x25519.Recipient], *, at: datetime) -> Path:
    """Write a backup into ``folder`` and return its file. Raises ``RecoveryRefused``, or ``OSError``."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"qevent-{at:{MOMENT}}{SUFFIX}"
    unfinished = folder / f".{path.name}.unfinished"
    if path.exists():
        raise RecoveryRefused(f"{path} is there already.")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with sealed.writing(file, to) as stream:
                _write(stream, at)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def forget(folder: Path, *, days: int, at: datetime) -> list[Path]:
    """Take away backups in ``folder`` that are older than so many days by their names; return which.

    The newest stays however old it is. Raises ``OSError``.
    """
    made = sorted(_moments(folder))
    old = [path for moment, path in made[:-1] if moment < at - timedelta(days=days)]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _moments(folder: Path) -> Iterator[tuple[datetime, Path]]:
    for path in folder.iterdir():
        if (found := NAMED.fullmatch(path.name)) and path.is_file() and not path.is_symlink():
            with suppress(ValueError):  # figures that are no moment
                yield datetime.strptime(found[1], MOMENT).replace(tzinfo=UTC), path


def _write(stream: IO[bytes], at: datetime) -> None:
    with tarfile.open(fileobj=stream, mode="w|") as tar:
        with _moment() as snapshot:
            _add(tar, MANIFEST, manifest.of_now(at=at).to_json())
            size = _add_dump(tar, snapshot)
        files = _add_media(tar, Path(settings.MEDIA_ROOT))
        files += _add_media(tar, Path(settings.RECORDINGS_ROOT), RECORDINGS)
        _add(tar, COMPLETE, json.dumps({"dump_bytes": size, "media_files": files}).encode())


@contextmanager
def _moment() -> Iterator[str]:
    """One state of the database, whatever is written meanwhile; its name, for pg_dump."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])


def _add_dump(tar: tarfile.TarFile, snapshot: str) -> int:
    """Add the dump in parts; return its size."""
    command = os.fspath(postgres.program("pg_dump", server=postgres.server_major()))
    without = [f"--exclude-table-data=public.{name}" for name in manifest.LEFT_OUT]
    size = 0
    with subprocess.Popen(  # noqa: S603  # our own command line
        [command, "--format=custom", f"--snapshot={snapshot}", *without],
        env=postgres.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as dump:
        out: Any = dump.stdout
        number = 0
        while part := out.read(PART):
            _add(tar, f"{DUMP}/{number:06}", part)
            number, size = number + 1, size + len(part)
        said: Any = dump.stderr
        words = said.read().decode(errors="replace").strip()
    if dump.returncode:
        raise RecoveryRefused(f"pg_dump failed: {words}")
    return size


def _add_media(tar: tarfile.TarFile, root: Path, name: str = MEDIA) -> int:
    """Add the uploads, or recordings; return how many. What is taken away meanwhile is left out."""
    number = 0
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            try:
                tar.add(path, f"{name}/{path.relative_to(root)}", recursive=False)
            except FileNotFoundError:
                continue
            number += 1
    return number


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, io.BytesIO(content))
