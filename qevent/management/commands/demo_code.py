"""``manage.py demo_code``: the codes that an app with the key of the demo's team would show."""

import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qevent.demo.people import SECRET


class Command(BaseCommand):
    """Prints the code of now, and the next, which is good as well: each is taken once."""

    help = "Print the code of the demo's team accounts for their second step. Loopback only."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Print the codes; raises ``CommandError`` where this is not the demo."""
        if not settings.DEMO:
            raise CommandError("This is not the demo: its key opens nothing here.")
        step = int(time.time()) // app_settings.TOTP_PERIOD
        now, following = (format_hotp_value(hotp_value(SECRET, one)) for one in (step, step + 1))
        self.stdout.write(f"{now}\n{following} if you have used the first already")
