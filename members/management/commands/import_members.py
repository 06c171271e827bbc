"""``manage.py import_members FILE``: the community's list from a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.actors import COMMAND
from common.spreadsheets.tables import TableRefused
from members.list_import.importing import Plan, import_members, in_words, plan
from members.list_import.reading import read_entries


class Command(BaseCommand):
    """Import the community's list, whole or not at all."""

    help = "Import the community's list of members from a CSV or XLSX file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, and whether to write anything."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Read, then import or say what would be imported."""
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                upload = read_entries(file, path.name)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except TableRefused as refusal:
            raise CommandError(f"Nothing has been imported.\n{refusal}") from refusal
        for notice in upload.notices:
            self.stderr.write(notice)
        if options["dry_run"]:
            self._tell(plan(upload.entries))
            self.stdout.write("This was a dry run: nothing has changed.")
            return
        done = import_members(upload.entries, by=COMMAND, at=timezone.now())
        self._tell(done)
        self.stdout.write(in_words(done))

    def _tell(self, done: Plan) -> None:
        counts = {
            "new": len(done.new),
            "changed": len(done.changed),
            "unchanged": len(done.unchanged),
            "already members": done.members,
            "waiting, members by this": len(done.waiting),
            "on the list but not in the file (they stay)": len(done.gone),
        }
        for words, count in counts.items():
            self.stdout.write(f"{count:>6}  {words}")
