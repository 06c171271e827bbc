"""``manage.py send_bulk_mail``: sends what one cause tells to many, one letter at a time.

It is a process of its own with the lowest priority, so that neither pages nor letters that somebody waits for
stand behind thousands of others. It asks the outbox every two seconds and needs no broker. At SIGTERM or
SIGINT it ends after the letter in its hands; while the database is away it waits.
"""

import logging
import os
import signal
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from notifications import delivery

#: What is added to the process's niceness: there is none above 19.
NICENESS = 19
PAUSE_SECONDS = 2.0

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Sends until it is told to stop."""

    help = "Send what goes to many, with the lowest priority, until stopped."
    requires_system_checks: list[str] = []
    is_stopped = False

    def handle(self, *_: Any, **__: Any) -> None:
        """Run until a signal says stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        os.nice(NICENESS)
        while not self.is_stopped:
            if not send(lambda: self.is_stopped):
                time.sleep(PAUSE_SECONDS)

    def _stop(self, *_: object) -> None:
        self.is_stopped = True


def send(is_stopped: Callable[[], bool]) -> int:
    """Send what is due; return how many were sent, none where the database does not answer."""
    close_old_connections()
    try:
        return delivery.deliver_bulk(is_stopped=is_stopped)
    except (OperationalError, InterfaceError) as error:
        logger.warning("No database (%s): mail to many waits.", type(error).__name__)
        return 0
