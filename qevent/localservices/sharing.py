"""Several owners of one server: the first starts it, later ones join, the first waits for them.

Every owner holds a shared lock on one file for as long as it uses the server; who starts or
stops it holds the lock alone. Locks end with their process, so a killed owner leaves no trace.
"""

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from qevent.localservices.trouble import Trouble

PATIENCE_SECONDS = 60


class Server(Protocol):
    """What can be shared: a server that is started, asked whether it answers, and stopped."""

    def start(self) -> None:
        """Start it and return once it answers; raises ``Trouble``."""

    def answers(self) -> bool:
        """Whether it answers now."""

    def stop(self) -> None:
        """Stop it and return once it is gone."""


class Shared:
    """One owner's hold on a server."""

    def __init__(self, server: Server, lock_folder: Path) -> None:
        self.server = server
        self.is_starter = False
        self._decision = os.open(lock_folder / "deciding.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._owners = os.open(lock_folder / "owners.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def join(self) -> None:
        """Start the server, or join who has started it; raises ``Trouble``."""
        fcntl.flock(self._decision, fcntl.LOCK_EX)
        try:
            give_up = time.monotonic() + PATIENCE_SECONDS
            while not (self._start() or self._use_started()):
                if time.monotonic() > give_up:
                    raise Trouble("Another start or stop of the local services hangs; end it and try again.")
                time.sleep(0.05)
        finally:
            fcntl.flock(self._decision, fcntl.LOCK_UN)

    def _start(self) -> bool:
        if not _try_lock(self._owners, fcntl.LOCK_EX):
            return False
        try:
            self.server.start()
        except BaseException:
            fcntl.flock(self._owners, fcntl.LOCK_UN)
            raise
        self.is_starter = True
        fcntl.flock(self._owners, fcntl.LOCK_SH)
        return True

    def _use_started(self) -> bool:
        if not _try_lock(self._owners, fcntl.LOCK_SH):
            return False
        if self.server.answers():
            return True
        fcntl.flock(self._owners, fcntl.LOCK_UN)
        return False

    def leave(self, on_wait: Callable[[], None] = lambda: None) -> None:
        """Let go of the server; who started it waits for the other owners and stops it.

        ``on_wait`` is called once where others still use it.
        """
        if self.is_starter:
            if not _try_lock(self._owners, fcntl.LOCK_EX):
                on_wait()
                fcntl.flock(self._owners, fcntl.LOCK_EX)
            self.server.stop()
        os.close(self._owners)
        os.close(self._decision)


def _try_lock(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
