"""``manage.py reset_second_factor ADDRESS``: for whom no colleague can help."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.actors import COMMAND
from members.accounts import factor_reset
from members.models import Member


class Command(BaseCommand):
    """Take away somebody's second step; their next visit to the team's pages sets up a new one."""

    help = "Take away the second step of the account with this address. Its owner is told by email."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the account."""
        parser.add_argument("address")

    def handle(self, *_: Any, **options: Any) -> None:
        """Reset; raises ``CommandError`` where there is no such account."""
        member = Member.objects.filter(email__lower=options["address"].lower()).first()
        if member is None:
            raise CommandError(f"There is no account with the address {options['address']}.")
        factor_reset.reset(member, by=COMMAND, at=timezone.now())
        self.stdout.write(
            f"{member} is logged out everywhere, and sets up a new second step at the next visit."
        )
