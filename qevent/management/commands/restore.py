"""``manage.py restore FILE``: let a backup be the site, once it was restored beside it and found whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qevent.recovery import restore, sealed
from qevent.recovery.refusals import RecoveryRefused

NOT_WHOLE = "It is not whole, and the site is as it was. (--despite-problems puts it in place all the same.)"


class Command(BaseCommand):
    """Restores; with ``--check`` it only says what there is, and leaves the site alone."""

    help = "Restore a backup beside the site, check it, and put it in the site's place."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and how far to go."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="put nothing in place")
        parser.add_argument("--despite-problems", action="store_true", help="in place though not whole")

    def handle(self, *_: Any, file: Path, check: bool, despite_problems: bool, **__: Any) -> None:
        """Restore, say what was found, and put it in place."""
        at = timezone.now()
        try:
            by = sealed.identities(settings.BACKUP_IDENTITY)
            if not check:
                restore.refuse_in_use()
            with restore.beside(file, by, at=at) as restored:
                self._tell(restored)
                if restored.problems and (check or not despite_problems):
                    raise CommandError(NOT_WHOLE)
                if not check:
                    self._say(restore.put_in_place(restored, at=at))
        except RecoveryRefused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write("It is whole." if check else "The site is what was restored: start it again.")

    def _tell(self, restored: restore.Restored) -> None:
        told = restored.manifest
        self.stdout.write(f"Backup of {told.made_at:%d %B %Y, %H:%M} UTC, release {told.release}.")
        self._say(restored.said)
        for problem in restored.problems:
            self.stderr.write(f"PROBLEM: {problem}")

    def _say(self, lines: list[str]) -> None:
        for line in lines:
            self.stdout.write(line)
