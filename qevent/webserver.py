"""The web server: ``python -m qevent.webserver [--host H] [--port P] [--workers N]``.

It is Granian with two things that Granian does not offer. The socket may be held by somebody else, a
supervisor (``--fd``) or systemd (socket activation): whoever connects while this process is killed and begins
again is not refused, but waits. And the site is loaded once, before the workers are forked: they share what
was loaded, and one that is started again is there at once.
"""

import argparse
import gc
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import django
from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian._granian import SocketHolder
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from qevent.listening import BACKLOG, listen
from qevent.localservices.processes import die_with_parent

SITE = "qevent.wsgi.application"
#: Threads of a worker: one answers (``common.turns``), one hashes a password, one waits to hash.
THREADS = 3
#: The first file that systemd hands on (sd_listen_fds(3)).
SYSTEMD_FD = 3


class Server(MPServer):
    """Granian on a socket that listens already, for a site that is loaded already."""

    def __init__(self, listener: socket.socket, workers: int) -> None:
        super().__init__(
            SITE,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            backlog=BACKLOG,
            websockets=False,
            respawn_failed_workers=True,
            log_level=LogLevels.error,  # it would warn of more workers than processors
        )
        self.listener = listener

    def _init_shared_socket(self) -> None:
        """Take the socket that is there, where Granian makes one."""
        self._sso = self.listener
        holder: Any = SocketHolder  # Granian's types leave out what it takes: file, whether a path, backlog
        self._shd = holder(self.listener.fileno(), False, BACKLOG)  # noqa: FBT003


def usual_workers() -> int:
    """Return one more than there are processors: while one waits for the database, another works.

    Measured on two: three that answer one request at a time 67 to 69 a second, the slowest hundredth after
    0.4 s; two of four threads each, which share Python, 47 to 59, after 2 s.
    """
    return (os.cpu_count() or 1) + 1


def main(arguments: Sequence[str]) -> None:
    """Serve until a signal says stop."""
    parser = argparse.ArgumentParser(prog="python -m qevent.webserver")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fd", type=int, help="a socket that listens already, in place of host and port")
    parser.add_argument("--gate", type=int, help="a pipe that is closed when the database is ready")
    parser.add_argument("--workers", type=int, default=usual_workers(), help="processes; %(default)s here")
    told = parser.parse_args(arguments)
    listener = _listener(told)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qevent.settings")
    django.setup()
    get_resolver().url_patterns  # noqa: B018  # loads every view
    if told.gate is not None:
        os.read(told.gate, 1)
    site = import_string(SITE)  # looks for the static files, which are there now
    gc.collect()
    gc.freeze()
    multiprocessing.set_start_method("fork")
    load = partial(_give, site, os.getpid())
    Server(listener, told.workers).serve(target_loader=load, wrap_loader=False)


def _listener(told: argparse.Namespace) -> socket.socket:
    handed = told.fd
    if handed is None and os.environ.get("LISTEN_PID") == str(os.getpid()):
        handed = SYSTEMD_FD
    return listen(told.host, told.port) if handed is None else socket.socket(fileno=handed)


def _give(site: Any, master: int) -> Any:
    """Return the site to a worker, which ends what it is at, and then itself, when ``master`` dies."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent(signal.SIGTERM, master)
    return site


if __name__ == "__main__":
    main(sys.argv[1:])
