"""What is made from the sources alone, and kept in ``.local/test`` until one of them changes.

The catalogue of pages takes half a minute to make, and several processes ask for it. Whoever needs it first
makes it while the others wait; a run after it, on the same sources, finds it made.
"""

import fcntl
import functools
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from django.conf import settings

FOLDER = settings.BASE_DIR / ".local" / "test"
#: Folders at the top that nothing of a page comes from.
LEFT_OUT = ("node_modules", "findings", "bench")
Made = TypeVar("Made")


def made_once(name: str, make: Callable[[], Made]) -> Made:
    """Return what ``make`` returned when it was last called on these very sources; it is kept as JSON."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / f"{name}-{fingerprint()}.json"
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            unfinished = kept.with_suffix(".unfinished")
            unfinished.write_text(json.dumps(make()))
            for old in FOLDER.glob(f"{name}-{'?' * 16}.json"):
                old.unlink()
            unfinished.rename(kept)
        made: Made = json.loads(kept.read_text())
        return made


@functools.cache
def fingerprint() -> str:
    """Return what tells these sources, and what is installed for them, from all others."""
    digest = hashlib.sha256(sys.version.encode())
    for path in _sources(settings.BASE_DIR):
        digest.update(f"{path}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources(top: Path) -> Iterator[Path]:
    """Every file of the checkout: whichever of them a page is made of, it is among them."""
    for folder, inside, files in os.walk(top):
        inside[:] = sorted(
            one for one in inside if not one.startswith((".", "__pycache__")) and one not in LEFT_OUT
        )
        yield from (Path(folder, one) for one in sorted(files) if not one.startswith("."))
