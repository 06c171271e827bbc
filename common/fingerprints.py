"""Short names for what is shown: a page that carries another one is out of date."""

import zlib
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings


def fingerprint(*shown: object) -> str:
    """Return a name of the values, by how Python writes them: the same for equal ones, another for others."""
    return f"{zlib.crc32(repr(shown).encode()):x}"


def release(*made_by: Path) -> str:
    """Return a name of the code in these files and folders and of all translations: what makes a text.

    What is kept under it is never taken for what another release would say. Read once in a process.
    """
    return _digest(made_by, tuple(settings.LOCALE_PATHS))


@lru_cache
def _digest(made_by: tuple[Path, ...], translations: tuple[str | Path, ...]) -> str:
    code = [one for path in made_by for one in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    said = [one for folder in translations for one in sorted(Path(folder).rglob("*.mo"))]
    return sha256(b"".join(path.read_bytes() for path in (*code, *said))).hexdigest()[:12]


def with_number(number: int, facts: str) -> str:
    """Return what a page carries of what an act would do to so many people: compared by ``is_as_seen``."""
    return f"{number} {facts}"


def is_as_seen(seen: str, now: str) -> bool:
    """Whether an act does what was seen (``with_number``): the same, to as many but for one in a hundred.

    Booking goes on while somebody reads, and in a rush nobody could press anything otherwise.
    """
    (number, _, facts), (number_now, _, facts_now) = seen.partition(" "), now.partition(" ")
    if not (number.isdecimal() and len(number) < 10) or facts != facts_now:
        return False
    return abs(int(number) - int(number_now)) * 100 <= int(number_now)
