"""``manage.py preflight``: whether this release can be brought in now, and the way back."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qevent.recovery import preflight


class Command(BaseCommand):
    """Looks, changes nothing; writes the way back beside the backups."""

    help = "Say what an upgrade will do, what must be put right first, and how to go back."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Say it; raises ``CommandError`` where something must be put right."""
        for line in preflight.facts():
            self.stdout.write(line)
        if found := list(preflight.problems(at=timezone.now())):
            raise CommandError("\n".join(["The upgrade cannot begin:", *found]))
        if back := preflight.way_back():
            file = Path(settings.BACKUP_DIR) / f"way-back-{timezone.now():%Y%m%dT%H%M%SZ}.txt"
            file.write_text("\n".join([*back, ""]))
            self.stdout.write(f"The way back, with this release's code, is in {file}:")
            for line in back:
                self.stdout.write(f"  {line}")
