"""Of a process's threads one works on a request at a time: Python runs one, and who shares it is slow.

So an answer takes as long as its own work, and what waits, waits outside. What needs no Python for a while
(hashing a password) lets others go first, so that they do not wait for it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_turn = threading.Lock()
_mine = threading.local()


@contextmanager
def taken() -> Iterator[None]:
    """Wait for this thread's turn, and have it inside."""
    with _turn:
        _mine.is_taken = True
        try:
            yield
        finally:
            _mine.is_taken = False


@contextmanager
def others_go_first() -> Iterator[None]:
    """Let others have their turn inside, unless in a transaction: they might wait for its rows."""
    if not getattr(_mine, "is_taken", False) or connection.in_atomic_block:
        yield
        return
    _turn.release()
    try:
        yield
    finally:
        _turn.acquire()
