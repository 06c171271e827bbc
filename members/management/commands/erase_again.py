"""``manage.py erase_again``: after a backup was restored, erase again whoever was erased since."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from common.words import counted
from members.privacy import erasure
from members.privacy.erased_list import KeyIsGone


class Command(BaseCommand):
    """Apply the list of the erased (``ERASED_ROOT``) to the database. Repeating it changes nothing."""

    help = "Erase again whoever was erased after the backup that was restored."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Do it, and say how many that were."""
        try:
            done = erasure.erase_again(at=timezone.now())
        except KeyIsGone as refusal:
            raise CommandError(str(refusal)) from refusal
        people = counted(done.accounts, "%(count)s account", "%(count)s accounts")
        others = counted(done.addresses, "%(count)s address", "%(count)s addresses")
        self.stdout.write(f"Erased again: {people}, and {others} without an account.")
        if done.refused:
            raise CommandError("\n".join(done.refused))
