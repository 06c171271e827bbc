"""Making a state of the past fit for today, before anybody sees it: each step may be repeated.

The site went on after the backup was made, and nothing in it says how. So numbers go on far above what they
were (ids and SEQUENCE stand in people's mail and calendars, and must not mean something else now), everybody
logs in again (who logged out since must not be back in), who was erased since is erased again, the sweeps do
what they would have done until now, and every email that is owed then waits for a person.
"""

import io
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from audit.actors import COMMAND
from members.models import SiteSettings
from notifications import after_restore
from notifications.models import Message
from qevent.celery import app

#: So many ids of each table are left to what was made after the backup.
IDS: Final = 1_000_000
#: So many changes of an entry may have been sent after it.
SEQUENCES: Final = 1_000
#: What sends, instead of owing.
SENDS: Final = "notifications.tasks.deliver_due"
#: A sweep may leave work for another.
ROUNDS: Final = 5
JUMP: Final = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass,
                  least(coalesce(last_value, 0) + %(ids)s, max_value))
    FROM pg_sequences WHERE schemaname = 'public'
"""


def settle(*, backup_at: datetime, at: datetime) -> list[str]:
    """Settle the database that is connected to; return a line for each thing that was done."""
    call_command("migrate", verbosity=0, interactive=False)
    said = [_jump(), _log_out(), _erase_again()]
    _catch_up()
    held = after_restore.hold(backup_at=backup_at, by=COMMAND, at=at)
    return [
        f"The backup is {_in_words(at - backup_at)} old: what was done since is not in it.",
        *said,
        f"{held} emails wait as maybe sent: decide in the admin, under Emails sent.",
    ]


def _jump() -> str:
    with connection.cursor() as cursor:
        cursor.execute(JUMP, {"ids": IDS})
    SiteSettings.objects.get_or_create(pk=1)
    SiteSettings.objects.update(first_sequence=F("first_sequence") + SEQUENCES)
    return f"New ids begin {IDS:,} later, SEQUENCE of calendar entries {SEQUENCES:,} later."


def _log_out() -> str:
    number = Session.objects.all().delete()[0]
    return f"{number} log-ins have ended: everybody logs in again."


def _erase_again() -> str:
    said = io.StringIO()
    call_command("erase_again", stdout=said)
    return said.getvalue().strip()


def _catch_up() -> None:
    """Do what is to be done by the clock: what it owes may have been told, and waits with the rest."""
    app.loader.import_default_modules()
    before = -1
    for _ in range(ROUNDS):
        number = Message.objects.count()
        if number == before:
            return
        before = number
        for one in settings.CELERY_BEAT_SCHEDULE.values():
            if one["task"] != SENDS:
                app.tasks[one["task"]].run()


def _in_words(gap: timedelta) -> str:
    hours = gap.total_seconds() / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"
