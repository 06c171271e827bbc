"""Making a state of the past fit for today, before anybody sees it: each step may be repeated.

The site went on after the backup was made, and nothing in it says how. So numbers go on far above what they
were (ids and SEQUENCE stand in people's mail and calendars, and must not mean something else now), everybody
logs in again (who logged out since must not be back in), who was erased since is erased again, the sweeps do
what they would have done until now, and every email that is owed then waits for a person.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from audit.actors import COMMAND
from members.models import SiteSettings
from members.privacy import erasure
from members.privacy.erased_list import KeyIsGone
from notifications import after_restore
from notifications.models import Message
from qevent.celery import app

#: So many ids of each table are left to what was made after the backup, and so many more for each second
#: since: two restores of one backup give no number twice. The second figure is for small columns.
IDS: Final = 1_000_000
IDS_A_SECOND: Final = (20, 2)
#: The same for SEQUENCE.
SEQUENCES: Final = 1_000
#: What the clock causes: letters, places that are given.
CAUSES: Final = (
    "workshops.tasks.announce_openings",
    "workshops.tasks.tell_opened",
    "workshops.tasks.sweep",
    "events.tasks.sweep",
    "team.tasks.send_announcements",
    "hosting.tasks.tell_the_day_before",
    "hosting.tasks.ask_what_to_take_away",
    "concerns.tasks.tell_due",
    "workshops.tasks.remind",
    "learning.tasks.bring_back",
    "comments.tasks.tell_moderators",
)
#: What sends, erases or forgets, or makes files: nothing for a database that may be thrown away.
LEFT_OUT: Final = (
    "notifications.tasks.deliver_due",
    "members.tasks.forget",
    "members.tasks.forget_attempts",
    "members.tasks.forget_typed",
    "members.tasks.erase_due",
    "members.tasks.make_exports",
)
#: One may leave work for another.
ROUNDS: Final = 5
JUMP: Final = """
    SELECT setval(format('%%I.%%I', schemaname, sequencename)::regclass, least(max_value,
                  coalesce(last_value, 0) + %(ids)s
                  + %(seconds)s * CASE data_type WHEN 'bigint'::regtype THEN %(large)s ELSE %(small)s END))
    FROM pg_sequences WHERE schemaname = 'public'
"""


@dataclass
class Settled:
    """What was done, and what keeps the database from being the site."""

    said: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def settle(*, backup_at: datetime, at: datetime) -> Settled:
    """Settle the database that is connected to."""
    call_command("migrate", verbosity=0, interactive=False)
    gap = max(at - backup_at, timedelta(0))
    settled = Settled([f"The backup is {_in_words(gap)} old: what was done since is not in it."])
    settled.said += [_jump(gap), _log_out()]
    _erase_again(settled, at)
    _catch_up()
    held = after_restore.hold(backup_at=backup_at, by=COMMAND, at=at)
    settled.said.append(f"{held} emails wait as maybe sent: decide in the admin, under Emails sent.")
    return settled


def _jump(gap: timedelta) -> str:
    seconds = int(gap.total_seconds())
    large, small = IDS_A_SECOND
    with connection.cursor() as cursor:
        cursor.execute(JUMP, {"ids": IDS, "seconds": seconds, "large": large, "small": small})
    SiteSettings.objects.get_or_create(pk=1)
    SiteSettings.objects.update(first_sequence=F("first_sequence") + SEQUENCES + seconds)
    return "New ids, and SEQUENCE of calendar entries, begin far above all that may have been given since."


def _log_out() -> str:
    number = Session.objects.all().delete()[0]
    return f"{number} log-ins have ended: everybody logs in again."


def _erase_again(settled: Settled, at: datetime) -> None:
    """Erase whom the list names; who has asked and may have taken it back since gets their time anew."""
    try:
        done = erasure.erase_again(at=at)
    except KeyIsGone as refusal:
        settled.problems.append(str(refusal))
        return
    settled.problems += done.refused
    settled.said.append(
        f"Erased again: {done.accounts} accounts, and {done.addresses} addresses without an account."
    )
    if asked := erasure.think_anew(at=at):
        settled.said.append(f"{asked} erasures that were asked for wait for ten days anew.")


def _catch_up() -> None:
    """Do what is to be done by the clock: what it owes may have been told, and waits with the rest."""
    app.loader.import_default_modules()
    before = -1
    for _ in range(ROUNDS):
        number = Message.objects.count()
        if number == before:
            return
        before = number
        for task in CAUSES:
            app.tasks[task].run()


def _in_words(gap: timedelta) -> str:
    hours = gap.total_seconds() / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"
