"""``manage.py serve``: the whole site on this machine, for development and the demo.

``make run`` and ``make dev`` call it. It starts Postgres and Valkey where they are the checkout's own,
prepares the database and the static files, and runs web, workers and beat until Ctrl-C or SIGTERM.
"""

import argparse
import hashlib
import io
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from qevent.localservices import processes
from qevent.localservices.paths import home
from qevent.localservices.services import Services
from qevent.localservices.supervisor import Supervisor, children
from qevent.localservices.trouble import Trouble

WEB_SECONDS = 60


class Command(BaseCommand):
    """Runs the site until it is told to stop."""

    help = "Run the site on this machine: services, web, worker and beat. For development and the demo."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--reload", action="store_true", help="start again when the code changes")
        parser.add_argument("--with-parent", action="store_true", help="stop when the caller dies")

    def handle(self, *_: Any, **options: Any) -> None:
        """Run until a signal says stop."""
        if options["with_parent"]:
            processes.die_with_parent(signal.SIGTERM, os.getppid())
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        port = urlsplit(settings.SITE_URL).port or 80
        services = _services(self._say)
        site = children(port, workers=min(4, max(2, os.cpu_count() or 1)))
        watched = settings.BASE_DIR if options["reload"] else None
        supervisor = Supervisor(services, site, self._say, watched)
        failure = ""
        try:
            self._run(supervisor, port)
        except KeyboardInterrupt:
            self._say("Stopping.")
        except Trouble as trouble:
            failure = str(trouble)
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            supervisor.stop()
            services.stop()
        if failure:
            sys.exit(failure)
        self._say("Stopped.")

    def _run(self, supervisor: Supervisor, port: int) -> None:
        refuse_used_port(port)
        supervisor.services.start()
        supervisor.services.ensure_database()
        self._migrate()
        self._collect_static()
        who_can_log_in = self._load_demo() if settings.DEMO else _first_admin()
        connection.close()
        refuse_used_port(port)  # once more: web servers share a port that another took in the meantime
        supervisor.start()
        _wait_for(port, supervisor)
        self._say(f"\nThe site is ready: {settings.SITE_URL}/\n")
        if who_can_log_in:
            self._say(who_can_log_in)
        if settings.EMAIL_BACKEND == "notifications.sink.EmailBackend" and settings.DEMO:
            self._say(f"Emails can be read at {settings.SITE_URL}/mail/")
        self._say("Stop with Ctrl-C.")
        supervisor.watch()

    def _migrate(self) -> None:
        self._say("Preparing the database.")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        except OperationalError as error:
            raise Trouble(
                f"The database does not answer; check DATABASE_URL. ({_first_line(error)})"
            ) from None
        finally:
            connection.close()

    def _collect_static(self) -> None:
        """Collect the static files, unless they are the same as last time."""
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        if settings.DEBUG:
            return
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        mark = _mark_of_static()
        if not stamp.exists() or stamp.read_text() != mark:
            self._say("Collecting the static files.")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            stamp.write_text(mark)

    def _load_demo(self) -> str:
        """Load the demo; return what there is to say about its accounts."""
        self._say("Loading the demo.")
        said = io.StringIO()
        call_command("load_demo", stdout=said)
        return said.getvalue()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _first_admin() -> str:
    """Say how an empty installation gets its first admin; nothing where there is one."""
    has_one = get_user_model().objects.filter(is_superuser=True).exists()
    how = "To make the first admin, in another terminal: .venv/bin/python manage.py createsuperuser"
    return "" if has_one else how


def refuse_used_port(port: int) -> None:
    """Raise ``Trouble`` where the web server could not listen on ``port``."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except PermissionError:
            raise Trouble(f"Port {port} is for root only: choose one above 1023, as in PORT=8001.") from None
        except OSError:
            raise Trouble(
                f"Port {port} is in use: stop what uses it, or choose another, as in PORT={port % 65535 + 1}."
            ) from None


def _services(say: Any) -> Services:
    place = home()
    database_host = settings.DATABASES["default"]["HOST"]
    return Services(
        place,
        has_postgres=database_host == os.fspath(place.sockets / "postgres"),
        has_valkey=settings.REDIS_URL.partition("?")[0] == place.redis_url.partition("?")[0],
        say=say,
    )


def _wait_for(port: int, supervisor: Supervisor) -> None:
    """Return once the web server takes connections; raises ``Trouble`` when that takes too long."""
    give_up = time.monotonic() + WEB_SECONDS
    while time.monotonic() < give_up:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        supervisor.look()
        time.sleep(0.05)
    raise Trouble("The web server did not start; what it said is above.")


def _mark_of_static() -> str:
    """Return a mark that changes with any static file (or the Python that compresses them)."""
    mark = hashlib.sha256(sys.version.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            mark.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}".encode())
    return mark.hexdigest()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
