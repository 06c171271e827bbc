"""Keeps the site's processes alive: web, workers and beat, above the checkout's own servers.

A process that dies is started again, at once at first, then ever more slowly up to half a
minute; one that lived for a minute is forgiven. All end with the supervisor, however it ends.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qevent.localservices import processes
from qevent.localservices.paths import CHECKOUT
from qevent.localservices.services import Services
from qevent.localservices.trouble import Trouble

MAX_PAUSE_SECONDS = 30.0
FORGIVEN_AFTER_SECONDS = 60.0
STOP_SECONDS = 5.0
TICK_SECONDS = 0.2
WATCHED = (".py", ".html", ".txt")


@dataclass
class Child:
    """A process of the site, and when it may be started again."""

    name: str
    argv: list[str]
    death_signal: signal.Signals = signal.SIGTERM
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    died_at: float = 0.0
    start_at: float = 0.0
    deaths: int = 0
    #: What died last: others of its group may still end what they are at.
    remains: subprocess.Popen[bytes] | None = None

    @property
    def pause(self) -> float:
        """How many seconds to wait before the next start: none after the first death."""
        return min(2.0 ** (self.deaths - 2), MAX_PAUSE_SECONDS) if self.deaths > 1 else 0.0

    def start(self) -> None:
        """Start the process now."""
        self.process = processes.start(self.argv, death_signal=self.death_signal, pass_fds=self.pass_fds)
        self.started_at = time.monotonic()

    def has_died(self) -> bool:
        """Whether the process ended by itself since it was last looked at; plans its next start."""
        if self.process is None or self.process.poll() is None:
            return False
        self.end_remains()
        self.remains = self.process
        now = self.died_at = time.monotonic()
        lived = now - self.started_at
        self.deaths = 1 if lived > FORGIVEN_AFTER_SECONDS else self.deaths + 1
        self.start_at = now + self.pause
        return True

    def end_remains(self) -> None:
        """Kill what is left of the process that died last."""
        if self.remains is not None:
            processes.kill_group(self.remains)
            self.remains = None


@dataclass
class Supervisor:
    """Starts ``children`` and looks after them and ``services`` until told to stop."""

    services: Services
    children: list[Child]
    say: Callable[[str], None]
    watched: Path | None = None
    seen: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start all children."""
        for child in self.children:
            child.start()

    def begin(self, children: Iterable[Child]) -> None:
        """Start these too, and look after them from now on."""
        self.seen = self.seen or self._newest()
        for child in children:
            child.start()
            self.children.append(child)

    def watch(self) -> None:
        """Look after the children until a signal interrupts; never returns."""
        while True:
            self.look()
            time.sleep(TICK_SECONDS)

    def look(self) -> None:
        """Start again what has died, and everything where the code has changed."""
        with suppress(Trouble):
            self.services.restart_dead()
        for child in self.children:
            if child.has_died():
                self.say(_obituary(child))
                child.process = None
            if child.process is None and time.monotonic() >= child.start_at:
                child.start()
            if time.monotonic() > child.died_at + STOP_SECONDS:
                child.end_remains()
        newest = self._newest()
        if newest > self.seen:
            self.seen = newest
            self.say("The code has changed: starting again.")
            self.stop()
            self.start()

    def _newest(self) -> float:
        return (
            max((file.stat().st_mtime for file in _sources(self.watched)), default=0.0) if self.watched else 0
        )

    def stop(self) -> None:
        """Stop all children within seconds."""
        for child in self.children:
            child.end_remains()
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            with suppress(ProcessLookupError):
                process.terminate()
        give_up = time.monotonic() + STOP_SECONDS
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, give_up - time.monotonic()))
            processes.kill_group(process)
            process.wait()


def _obituary(child: Child) -> str:
    code = child.process.returncode if child.process else 0
    how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    when = f"in {child.pause:.0f} s" if child.pause else "now"
    return f"The {child.name} process stopped ({how}); it is started again {when}."


def _sources(folder: Path) -> Iterable[Path]:
    """Return the files whose change means another start; hidden folders are skipped."""
    for path in folder.iterdir():
        if path.is_dir() and not path.name.startswith(".") and path.name not in ("node_modules", "tests"):
            yield from (file for file in path.rglob("*") if file.suffix in WATCHED and file.is_file())


_PYTHON = (sys.executable, "-W", "ignore::UserWarning:celery.platforms")


def web(listener: int, gate: int) -> Child:
    """Return the web server, on a socket that listens; it serves when the pipe ``gate`` is closed."""
    argv = [*_PYTHON, "-m", "qevent.webserver", "--fd", str(listener), "--gate", str(gate)]
    return Child("web", argv, pass_fds=(listener, gate))


def background() -> list[Child]:
    """Return the worker, who sends to many, and beat."""
    celery = ["-m", "celery", "--quiet"]
    worker = ["-A", "qevent", "worker", "--pool", "threads", "--concurrency", "4", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [
        Child("worker", [*_PYTHON, *celery, *worker], death_signal=signal.SIGKILL),
        Child("bulk mail", [*_PYTHON, str(CHECKOUT / "manage.py"), "send_bulk_mail"]),
        Child("beat", [*_PYTHON, "-m", "qevent.beat"]),
    ]
