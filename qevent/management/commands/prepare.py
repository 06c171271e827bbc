"""``manage.py prepare``: what stands between a database that answers and a site that serves.

``make run`` and ``make dev`` call it. It migrates, collects the static files and loads the demo, each only
where there is something to do. On the standard output it says what is to be said when the site is ready.
"""

import hashlib
import io
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


class Command(BaseCommand):
    """Prepares the database and the static files."""

    help = "Migrate, collect static files and load the demo, each where there is something to do."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Prepare; raises ``CommandError`` where the database does not answer."""
        try:
            self._migrate()
        except OperationalError as error:
            raise CommandError(
                f"The database does not answer; check DATABASE_URL. ({_first_line(error)})"
            ) from None
        self._collect_static()
        who_can_log_in = self._load_demo() if settings.DEMO else first_admin()
        self.stdout.write(f"\nThe site is ready: {settings.SITE_URL}/\n\n{who_can_log_in}")
        if settings.EMAIL_BACKEND == "notifications.sink.EmailBackend" and settings.DEMO:
            self.stdout.write(f"Emails can be read at {settings.SITE_URL}/mail/")

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self._say("Preparing the database.")
            call_command("migrate", verbosity=0, interactive=False)

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
        said = io.StringIO()
        call_command("load_demo", stdout=said)
        return said.getvalue()

    def _say(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
        self.stderr.flush()


def first_admin() -> str:
    """Say how an empty installation gets its first admin; nothing where there is one."""
    has_one = get_user_model().objects.filter(is_superuser=True).exists()
    how = "To make the first admin, in another terminal: .venv/bin/python manage.py createsuperuser"
    return "" if has_one else how


def _mark_of_static() -> str:
    """Return a mark that changes with any static file (or the Python that compresses them)."""
    mark = hashlib.sha256(sys.version.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            mark.update(f"{name} {storage.size(name)} {storage.get_modified_time(name)}".encode())
    return mark.hexdigest()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
