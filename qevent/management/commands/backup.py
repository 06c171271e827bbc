"""``manage.py backup [--to FOLDER]``: database and uploads into one encrypted file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qevent.recovery import backup, sealed
from qevent.recovery.refusals import RecoveryRefused


class Command(BaseCommand):
    """Makes one backup; the site goes on meanwhile."""

    help = "Write database and uploads into one file, encrypted for BACKUP_RECIPIENT."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_DIR), help="a folder")

    def handle(self, *_: Any, to: Path, **__: Any) -> None:
        """Make it, and say where it is."""
        try:
            made = backup.make(to, sealed.recipients(settings.BACKUP_RECIPIENT), at=timezone.now())
        except (RecoveryRefused, OSError) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{made} ({made.stat().st_size / 2**20:.1f} MiB)")
