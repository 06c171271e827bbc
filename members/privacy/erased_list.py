"""Who was erased, kept outside of the database: a restored backup brings nobody back.

The folder ``ERASED_ROOT`` holds a file with a line for each: the account's id, and digests (HMAC-SHA256) of
when it was made and of its addresses, with a key of its own beside it, which outlives that of the site. From
the list alone nobody learns an address; with both files one can ask whether an address is on it, as imports
do. An id alone says nothing: after a restore a newcomer may bear it. An address that they had left is on it
with when they did: what came later under it is somebody else's.
"""

import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from members.models import Member

LIST: Final = "erased.jsonl"
KEY: Final = "key"
#: What an import says of a row whose address is on the list.
ON_THE_LIST: Final = (
    "The person with this address asked us to erase them, so it is not imported. Leave them out of your "
    "list, too; they can make a new account themselves."
)


#: What forms and imports of the team say where the list cannot be read.
NOT_WITHOUT: Final = (
    "Nothing is saved: the list of those whom we have erased cannot be read, so one of them could come back "
    "unasked. Ask whoever runs the server to put this right, and try again. {}"
)


class KeyIsGone(Exception):
    """The list cannot be read: its key does not lie beside it, or it is no such list."""


@dataclass(frozen=True)
class Erased:
    """One line: the account's id and digest, digests of its addresses, and of former ones with when left."""

    id: int
    account: str
    addresses: frozenset[str]
    former: Mapping[str, datetime] = field(default_factory=dict)


class ErasedList:
    """The list as it was when it was read."""

    def __init__(self) -> None:
        """Read it. Raises ``KeyIsGone``."""
        self.entries = list(_entries())
        self._key = _key() if _path(LIST).exists() else b""
        self._addresses = frozenset(one for entry in self.entries for one in entry.addresses)
        self._accounts = {(entry.id, entry.account) for entry in self.entries}
        self._former: dict[str, datetime] = {}
        for digest, at in (one for entry in self.entries for one in entry.former.items()):
            self._former[digest] = max(at, self._former.get(digest, at))

    def has_address(self, address: str) -> bool:
        """Whether somebody was erased who has, or had, this address."""
        digest = _digest(self._key, address.lower())
        return digest in self._addresses or digest in self._former

    def left_at(self, address: str) -> datetime | None:
        """Return when who was erased had left the address; ``None`` where it was theirs to the end."""
        digest = _digest(self._key, address.lower())
        return None if digest in self._addresses else self._former.get(digest)

    def refuses(self, address: str) -> bool:
        """Whether an import leaves an address out: it is on the list, and they have not come back."""
        return self.has_address(address) and not Member.objects.filter(email=address.lower()).exists()

    def has_account(self, pk: int, made_at: datetime) -> bool:
        """Whether this very account was erased."""
        return (pk, _account(self._key, pk, made_at)) in self._accounts


def problem() -> str:
    """Return what must be put right before anything is imported or anybody erased; nothing if all is well."""
    try:
        ErasedList()
    except KeyIsGone as gone:
        return str(gone)
    return ""


def number() -> int:
    """Return how many are on the list."""
    return sum(1 for _ in _entries())


def digest_of(address: str) -> str:
    """Return the digest under which an address stands on the list. Raises ``KeyIsGone``."""
    return _digest(_key(), address.lower())


def note(
    pk: int, made_at: datetime, addresses: Iterable[str], former: Mapping[str, datetime] | None = None
) -> None:
    """Put an account on the list, on the disk before this returns; one that stands there is not put twice.

    ``former``: digests of addresses that they had left, and when.
    """
    with _alone():
        key = _key()
        account = _account(key, pk, made_at)
        if any((one.id, one.account) == (pk, account) for one in _entries()):
            return
        digests = sorted(_digest(key, one.lower()) for one in addresses)
        line: dict[str, Any] = {"id": pk, "account": account, "addresses": digests}
        if former:
            line["former"] = {digest: at.isoformat() for digest, at in former.items()}
        _write([*_lines(), json.dumps(line)])


def strike(pk: int, made_at: datetime) -> None:
    """Take an account off the list that stands there and was not erased: what failed then was taken back."""
    with _alone():
        if _path(LIST).exists():
            account = _account(_key(), pk, made_at)
            _write([line for line in _lines() if json.loads(line)["account"] != account])


def _entries() -> Iterator[Erased]:
    for line in _lines():
        try:
            entry = json.loads(line)
            former = {one: datetime.fromisoformat(at) for one, at in entry.get("former", {}).items()}
            yield Erased(entry["id"], entry["account"], frozenset(entry["addresses"]), former)
        except (ValueError, KeyError, TypeError) as error:
            raise KeyIsGone(f"{_path(LIST)} is damaged: bring it back from its copy.") from error


def _lines() -> list[str]:
    """Return the whole lines; one without its end was cut off while it was written: nobody was erased."""
    try:
        text = _path(LIST).read_text(encoding="utf-8") if _path(LIST).exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise KeyIsGone(f"{_path(LIST)} cannot be read ({error}).") from error
    return text.rpartition("\n")[0].splitlines()


def _write(lines: Iterable[str]) -> None:
    """Write the list anew, whole or not at all."""
    begun = _begun("".join(f"{line}\n" for line in lines).encode())
    begun.rename(_path(LIST))


def _account(key: bytes, pk: int, made_at: datetime) -> str:
    return _digest(key, f"{pk} {made_at.timestamp():.6f}")


def _digest(key: bytes, words: str) -> str:
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    """Return the key, made where there is none. Raises ``KeyIsGone``."""
    path = _path(KEY)
    if not path.exists():
        if _path(LIST).exists():
            raise KeyIsGone(f"{path} is missing: bring it back from its copy.")
        _make(path, secrets.token_bytes(32))
        _path(LIST).touch(mode=0o600)  # from now on a key that is gone is missed
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyIsGone(f"{path} cannot be read ({error.strerror}).") from error


def _make(path: Path, content: bytes) -> None:
    """Write a file that only we can read, whole or not at all; another process may be quicker."""
    begun = _begun(content)
    try:
        path.hardlink_to(begun)
    except FileExistsError:
        pass
    finally:
        begun.unlink()


def _begun(content: bytes) -> Path:
    """Write a file beside the list that only we can read; it is on the disk before this returns."""
    begun = _path(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return begun


@contextmanager
def _alone() -> Iterator[None]:
    with os.fdopen(os.open(_path("lock"), os.O_WRONLY | os.O_CREAT, 0o600), "wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _path(name: str) -> Path:
    folder = Path(settings.ERASED_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / name
