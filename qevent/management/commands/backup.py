"""``manage.py backup [--to FOLDER] [--keep DAYS]``: database and uploads into one encrypted file."""

from argparse import ArgumentParser, ArgumentTypeError
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
        """Take the folder, and for how many days those before are kept."""
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_DIR), help="a folder")
        parser.add_argument("--keep", type=_days, help="then take away what is older than so many days")

    def handle(self, *_: Any, to: Path, keep: int | None, **__: Any) -> None:
        """Make it, and say where it is; those before go only once it is there."""
        at = timezone.now()
        try:
            made = backup.make(to, sealed.recipients(settings.BACKUP_RECIPIENT), at=at)
            self.stdout.write(f"{made} ({made.stat().st_size / 2**20:.1f} MiB)")
            gone = backup.forget(to, days=keep, at=at) if keep else []
        except (RecoveryRefused, OSError) as error:
            raise CommandError(str(error)) from None
        for path in gone:
            self.stdout.write(f"{path} is older than {keep} days, and gone.")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) > 0):
        raise ArgumentTypeError("a number of days, 1 at least")
    return int(text)
