"""``python -m qevent.localservices.serve``: the whole site on this machine, for development and the demo.

``make run`` and ``make dev`` call it. It starts Postgres and Valkey where they are the checkout's own, has
the database and the static files prepared, and runs web, workers and beat until Ctrl-C or SIGTERM. It holds
the port from beginning to end, and loads no Django: what needs it runs in processes of its own, side by side.
"""

import argparse
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from qevent.listening import listen
from qevent.localservices import envfile, processes
from qevent.localservices.paths import CHECKOUT, home
from qevent.localservices.services import Services
from qevent.localservices.supervisor import STOP_SECONDS, TICK_SECONDS, Supervisor, background, web
from qevent.localservices.trouble import Trouble

HOST = "127.0.0.1"
WEB_SECONDS = 60


class Serve:
    """One run of the site, which says with ``say`` what happens."""

    def __init__(self, told: Mapping[str, str], watched: Path | None, say: Callable[[str], None]) -> None:
        self.say = say
        self.listener = take_port(urlsplit(told.get("SITE_URL", "")).port or 80)
        self.gate, self._latch = os.pipe()  # the gate opens when the latch is closed
        self.supervisor = Supervisor(_services(told, say), [], say, watched)

    def run(self) -> None:
        """Start everything and look after it until a signal interrupts; raises ``Trouble``."""
        supervisor = self.supervisor
        supervisor.begin([web(self.listener.fileno(), self.gate)])
        supervisor.services.start()
        supervisor.services.ensure_database()
        ready = _prepare()
        os.close(self._latch)
        self._wait_for_web()
        self.say(f"{ready}Stop with Ctrl-C.")
        supervisor.begin(background())
        supervisor.watch()

    def stop(self) -> None:
        """Stop everything."""
        self.supervisor.stop()
        self.supervisor.services.stop()
        self.listener.close()

    def _wait_for_web(self) -> None:
        """Return once the web server answers; raises ``Trouble`` when that takes too long."""
        give_up = time.monotonic() + WEB_SECONDS
        while time.monotonic() < give_up:
            with socket.create_connection(self.listener.getsockname()) as probe:
                probe.sendall(b"GET /health/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if self._is_answered(probe, give_up):
                    return
        raise Trouble("The web server did not start; what it said is above.")

    def _is_answered(self, probe: socket.socket, give_up: float) -> bool:
        """Wait for the first byte of an answer; False where the connection ends without."""
        probe.settimeout(TICK_SECONDS)
        while time.monotonic() < give_up:
            self.supervisor.look()
            try:
                return bool(probe.recv(1))
            except TimeoutError:
                continue
            except OSError:
                break
        return False


def take_port(port: int) -> socket.socket:
    """Return a socket that takes connections at ``port`` of this machine; raises ``Trouble``."""
    try:
        return listen(HOST, port)
    except PermissionError:
        raise Trouble(f"Port {port} is for root only: choose one above 1023, as in PORT=8001.") from None
    except OSError:
        raise Trouble(
            f"Port {port} is in use: stop what uses it, or choose another, as in PORT={port % 65535 + 1}."
        ) from None


def _services(told: Mapping[str, str], say: Callable[[str], None]) -> Services:
    place = home()
    database = dict(parse_qsl(urlsplit(told.get("DATABASE_URL", "")).query))
    return Services(
        place,
        has_postgres=database.get("host") == os.fspath(place.sockets / "postgres"),
        has_valkey=told.get("REDIS_URL", "").partition("?")[0] == place.redis_url.partition("?")[0],
        say=say,
    )


def _prepare() -> str:
    """Have the site prepared; return what is to be said when it is ready. Raises ``Trouble``."""
    with tempfile.TemporaryFile() as said:
        argv = [sys.executable, "manage.py", "prepare"]
        process = processes.start(argv, output=said, has_errors_apart=True)
        try:
            ended = process.wait()
        finally:
            processes.stop(process, signal.SIGTERM, within=STOP_SECONDS)
        if ended != 0:
            raise Trouble("The site could not be prepared: what is wrong is said above.")
        said.seek(0)
        return said.read().decode()


def main(arguments: Sequence[str]) -> str | None:
    """Run until a signal says stop; returns a sentence where that cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m qevent.localservices.serve")
    parser.add_argument("--reload", action="store_true", help="start again when the code changes")
    parser.add_argument("--with-parent", action="store_true", help="stop when the caller dies")
    options = parser.parse_args(arguments)
    if options.with_parent:
        processes.die_with_parent(signal.SIGTERM, os.getppid())
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    told = envfile.read_env_file(Path(os.environ.get("ENV_FILE", envfile.FILE))) | os.environ
    try:
        serve = Serve(told, CHECKOUT if options.reload else None, _say)
    except Trouble as trouble:
        return str(trouble)
    failure = None
    try:
        serve.run()
    except KeyboardInterrupt:
        _say("Stopping.")
    except Trouble as trouble:
        failure = str(trouble)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        serve.stop()
    if failure is None:
        _say("Stopped.")
    return failure


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
