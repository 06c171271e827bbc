"""Who may hash a password now: two at once on a machine, so that pages have their share of it.

A hash takes a processor for as long as ten pages do. Each of ``settings.HASHING_TURNS`` is a file: whoever
holds its lock hashes, and a lock ends with its process, however that ends. One thread of a process waits for
a turn, for two seconds at most; who comes then is ``Busy``, and is asked to press again in a moment.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from common import turns

WAIT_SECONDS = 2.0
PAUSE_SECONDS = 0.005

#: Of this process: who hashes, and who waits.
_places = threading.BoundedSemaphore(2)
_mine = threading.local()


class Busy(Exception):
    """As many hash as may, and as many wait."""


@contextmanager
def turn() -> Iterator[None]:
    """Hold a turn to hash inside; raises ``Busy``. Other threads answer meanwhile.

    Whoever holds one and hashes once more is asked nothing: what was begun is not broken off.
    """
    if getattr(_mine, "is_held", False):
        yield
        return
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        with turns.others_go_first():
            lock = _wait()
            _mine.is_held = True
            try:
                yield
            finally:
                _mine.is_held = False
                os.close(lock)
    finally:
        _places.release()


def is_free() -> bool:
    """Whether somebody could have a turn at this moment."""
    lock = _take()
    if lock is None:
        return False
    os.close(lock)
    return True


def _wait() -> int:
    """Return the open file whose lock is ours; raises ``Busy``."""
    give_up = time.monotonic() + WAIT_SECONDS
    while (lock := _take()) is None:
        if time.monotonic() > give_up:
            raise Busy
        time.sleep(PAUSE_SECONDS)
    return lock


def _take() -> int | None:
    """Return the open file whose lock is ours; nothing where all are others'."""
    for path in settings.HASHING_TURNS:
        lock = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return lock
    return None
