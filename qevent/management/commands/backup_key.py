"""``manage.py backup_key FILE``: make the pair of keys of backups, the secret one into a file of its own."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from qevent.recovery import sealed


class Command(BaseCommand):
    """Makes an identity, which opens backups, and says its recipient, for whom they are encrypted."""

    help = "Make a key for backups: FILE opens them, and is kept away from the server."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, file: Path, **__: Any) -> None:
        """Write the identity, and say the recipient."""
        identity, recipient = sealed.new_identity()
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
                opened.write(f"# recipient: {recipient}\n{identity}\n")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"BACKUP_RECIPIENT={recipient}")
        self.stderr.write(f"{file} opens backups: keep it, with the SECRET_KEY, away from this machine.")
