"""``manage.py joining_letter EVENT``: how to join goes out by email where no page can be reached."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.actors import COMMAND
from common.times import format_clock
from events.models import Event, Session
from live import joining_letter
from live.joining_letter import LetterRefused

#: What is on, or starts within it, is meant where no session is named.
NEXT: Final = timedelta(hours=1)


class Command(BaseCommand):
    """Names the sessions that are on or start soon, and sends the letters of those that are meant."""

    help = (
        "Email how to join to those who take part, where people cannot reach the site. "
        "Without --send it only says to how many."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the event's address, those of sessions, and the reason."""
        parser.add_argument("event", help="the event's address, such as 2026")
        parser.add_argument(
            "sessions", nargs="*", help="their addresses; none: all that are on or start within an hour"
        )
        parser.add_argument("--send", metavar="WHY", default="", help="send them, and record why")

    def handle(self, *_: Any, **options: Any) -> None:
        """Say what would go out, or send it."""
        at = timezone.now()
        event = Event.objects.filter(slug=options["event"]).first()
        if event is None:
            known = ", ".join(Event.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no event {options['event']!r}. The events are: {known}.")
        for session in self._meant(event, options["sessions"], at):
            self.stdout.write(self._said(session, options["send"], at))
        if not options["send"]:
            self.stdout.write('Nothing was sent. Add --send "The site is down." to send them.')

    def _meant(self, event: Event, slugs: list[str], at: datetime) -> list[Session]:
        rows = event.sessions.live().published().select_related("event", "workshop").in_order()
        if not slugs:
            return list(rows.filter(starts_at__lte=at + NEXT, ends_at__gt=at))
        found = list(rows.filter(slug__in=slugs))
        if missing := sorted(set(slugs) - {one.slug for one in found}):
            raise CommandError(f"There is no session {', '.join(missing)} that takes place.")
        return found

    def _said(self, session: Session, why: str, at: datetime) -> str:
        clock = format_clock(session.starts_at, session.event.time_zone) if session.starts_at else ""
        name = f"{session.slug} ({clock})"
        try:
            joining_letter.check(session, at=at)
            if not why:
                return f"{name}: to {sum(1 for _ in joining_letter.recipients(session))}"
            sent = joining_letter.send(session, why, by=COMMAND, at=at)
        except LetterRefused as refusal:
            return f"{name}: not sent. {refusal}"
        return f"{name}: {sent.new} on the way, {sent.before} had it already"
