"""``manage.py import_programme EVENT FILE``: import a programme from CSV, XLSX or ODS."""

import io
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.actors import COMMAND
from common.spreadsheets.tables import TableRefused
from events.models import Event
from workshops.programme_import.importing import (
    ImportChanged,
    Options,
    Plan,
    import_programme,
    plan_import,
)


class Command(BaseCommand):
    """Shows what the file changes, and imports all of it or nothing."""

    help = "Import a programme (CSV, XLSX or ODS) into an event; the same file twice changes nothing."

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
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="QUESTION=ANSWER",
            help="answer what the file leaves open, as --dry-run names it",
        )
        parser.add_argument("--drafts", action="store_true", help="new sessions are drafts, not published")

    def handle(self, *_: Any, **options: Any) -> None:
        """Plan, show, import."""
        event = Event.objects.filter(slug=options["event"]).first()
        if event is None:
            known = ", ".join(Event.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no event {options['event']!r}. The events are: {known}.")
        lift_limits, publish = options["lift_limits"], not options["drafts"]
        answers = dict(answer.rpartition("=")[::2] for answer in options["answer"])
        try:
            file = io.BytesIO(options["file"].read_bytes())
            name = options["file"].name
            plan = plan_import(event, file, name, lift_limits=lift_limits, publish=publish, answers=answers)
            self.check_answers(plan)
            if not options["dry_run"]:
                chosen = Options(lift_limits, publish)
                import_programme(
                    event,
                    file,
                    name,
                    plan.fingerprint,
                    by=COMMAND,
                    at=timezone.now(),
                    answers=answers,
                    options=chosen,
                )
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except (TableRefused, ImportChanged) as refusal:
            raise CommandError(f"Nothing was imported.\n{refusal}") from refusal
        self.show(plan, is_done=not options["dry_run"])

    def check_answers(self, plan: Plan) -> None:
        """Say what must be answered first."""
        lines = []
        for question in plan.open_questions:
            lines.append(f"  {question.words}")
            lines += [f"    --answer '{question.key}={value}'  {words}" for value, words in question.choices]
        if lines:
            raise CommandError("Nothing was imported. The file leaves open:\n" + "\n".join(lines))

    def show(self, plan: Plan, *, is_done: bool) -> None:
        """Say what was, or would be, done."""
        for notice in plan.notices:
            self.stdout.write(notice)
        for one in plan.changed:
            for change in one.changes:
                before, after = _short(change.before), _short(change.after)
                self.stdout.write(f"  {one.session.title}: {change.what}: {before!r} → {after!r}")
        for session in plan.gone:
            self.stdout.write(f"  not in the file, left as it is: {session.title}")
        verb = "Imported" if is_done else "Would import"
        self.stdout.write(
            f"{verb} into {plan.event}: {len(plan.new)} new, {len(plan.changed)} changed, "
            f"{len(plan.unchanged)} as they are, {len(plan.gone)} not in the file."
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
