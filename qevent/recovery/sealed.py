"""Encryption of backups: the format of age (age-encryption.org/v1), written and read as a stream.

Who makes backups knows a *recipient* alone, which opens nothing; its *identity* is kept elsewhere and needed
for a restore only. Every chunk is authenticated, the last as the last: a file that was changed or cut off
does not open. Nothing but ``age -d -i identity`` is needed to open one by hand.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from pyrage import x25519

from qevent.recovery.refusals import RecoveryRefused

HOW = "Make a pair with: manage.py backup_key FILE"


def new_identity() -> tuple[str, str]:
    """Return a new identity, and its recipient."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipients(text: str) -> list[x25519.Recipient]:
    """Return the recipients of BACKUP_RECIPIENT. Raises ``RecoveryRefused`` for none, or nonsense."""
    try:
        found = [x25519.Recipient.from_str(one) for one in text.split()]
    except pyrage.RecipientError:
        raise RecoveryRefused(f"BACKUP_RECIPIENT must be what begins with age1. {HOW}") from None
    if not found:
        raise RecoveryRefused(f"BACKUP_RECIPIENT says for whom backups are encrypted, and is not set. {HOW}")
    return found


def identities(file: str) -> list[x25519.Identity]:
    """Return the identities in the file that BACKUP_IDENTITY names. Raises ``RecoveryRefused``."""
    if not file:
        raise RecoveryRefused("BACKUP_IDENTITY must name the file with the identity that opens the backup.")
    try:
        lines = [line.strip() for line in Path(file).read_text().splitlines()]
        return [x25519.Identity.from_str(one) for one in lines if one and not one.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise RecoveryRefused(f"{file} holds no identity ({type(error).__name__}).") from None


@contextmanager
def writing(file: IO[bytes], to: list[x25519.Recipient]) -> Iterator[IO[bytes]]:
    """What is written to the stream goes encrypted into ``file``. Raises ``OSError`` as the disk does."""
    reader, writer = os.pipe()

    def encrypt() -> None:
        with os.fdopen(reader, "rb") as plain:
            pyrage.encrypt_io(plain, file, to)  # type: ignore[arg-type]  # any file of bytes

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(encrypt)
        with _ended(done, writer, "wb") as stream:
            yield stream


@contextmanager
def reading(file: IO[bytes], by: list[x25519.Identity]) -> Iterator[IO[bytes]]:
    """The stream gives what ``file`` holds. Raises ``RecoveryRefused`` where that does not open whole."""
    reader, writer = os.pipe()

    def decrypt() -> None:
        with os.fdopen(writer, "wb") as plain:
            pyrage.decrypt_io(file, plain, by)  # type: ignore[arg-type]  # any file of bytes

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(decrypt)
        try:
            with _ended(done, reader, "rb") as stream:
                yield stream
                stream.read()  # to its end: what was cut off shows there
        except pyrage.DecryptError as error:
            raise RecoveryRefused(f"BACKUP_IDENTITY does not open this backup: {error}.") from None
        except OSError as error:
            raise RecoveryRefused(f"The backup is damaged or cut off: {error}.") from None


@contextmanager
def _ended(done: "Future[None]", end: int, mode: str) -> Iterator[Any]:
    """One end of a pipe whose other a thread uses: what the thread raised came first, and is raised."""
    try:
        with os.fdopen(end, mode) as stream:
            yield stream
    except BaseException as error:
        problem = done.exception()
        if problem is not None and not isinstance(problem, BrokenPipeError) and isinstance(error, Exception):
            raise problem from None
        raise
    done.result()
