"""``manage.py load_demo``: load the demo content into an empty installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from events.models import Event
from qevent.demo import cancelled, days, load
from qevent.demo.people import accounts_text


class Command(BaseCommand):
    """Loads the demo once, cancels one session anew, and says which accounts there are."""

    help = "Load demo content (an event, members, a team) where there are no events yet. Loopback only."

    def handle(self, *_: Any, **__: Any) -> None:
        """Load, and print the accounts."""
        if not settings.DEMO:
            raise CommandError(
                "The demo's passwords are published: it needs DEMO=1 and a SITE_URL on localhost."
            )
        event = load.load(at=timezone.now())
        if event is not None:
            self.stdout.write(f"Loaded the demo: {event}, from {event.first_day:%A %-d %B}.")
        demos = Event.objects.order_by("pk").first()
        if settings.DEMO_DAY and demos is not None:
            days.show(demos, settings.DEMO_DAY, at=timezone.now())
        cancelled.cancel_one(at=timezone.now())
        load.ensure_second_steps()
        self.stdout.write(accounts_text())
