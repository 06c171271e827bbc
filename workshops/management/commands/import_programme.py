"""``manage.py import_programme EVENT FILE``: import a programme from CSV or XLSX."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.models import Event
from members.tables import TableRefused
from workshops.programme_import import Plan, carry_out, plan_import


class Command(BaseCommand):
    """Shows what the file changes, and imports all of it or nothing."""

    help = "Import a programme (CSV or XLSX) into an event; the same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the event's address and the file."""
        parser.add_argument("event", help="the event's address, such as 2026")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument(
            "--lift-limits",
            action="store_true",
            help="a blank capacity lifts the limit of booked sessions too",
        )

        parser.add_argument("--drafts", action="store_true", help="new sessions are drafts, not published")

    def handle(self, *_: Any, **options: Any) -> None:
        """Plan, show, import."""
        event = Event.objects.filter(slug=options["event"]).first()
        if event is None:
            known = ", ".join(Event.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no event {options['event']!r}. The events are: {known}.")
        at = timezone.now()
        try:
            with options["file"].open("rb") as file:
                plan = plan_import(
                    event,
                    file,
                    options["file"].name,
                    at=at,
                    lift_limits=options["lift_limits"],
                    publish=not options["drafts"],
                )
            if not options["dry_run"]:
                carry_out(plan, at=at)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except TableRefused as refusal:
            raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        self.show(plan, is_done=not options["dry_run"])

    def show(self, plan: Plan, *, is_done: bool) -> None:
        """Say what was, or would be, done."""
        for notice in plan.notices:
            self.stdout.write(notice)
        for one in plan.changed:
            for change in one.changes:
                before, after = _short(change.before), _short(change.after)
                self.stdout.write(f"  {one.session.title}: {change.column}: {before!r} → {after!r}")
        for session in plan.gone:
            self.stdout.write(f"  not in the file, left as it is: {session.title}")
        verb = "Imported" if is_done else "Would import"
        self.stdout.write(
            f"{verb} into {plan.event}: {len(plan.new)} new, {len(plan.changed)} changed, "
            f"{len(plan.unchanged)} as they are, {len(plan.gone)} not in the file."
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
