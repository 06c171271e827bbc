"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from hosting import asked, asking, day_before


@shared_task(name="hosting.tasks.tell_the_day_before")  # type: ignore[untyped-decorator]  # Celery has no types
def tell_the_day_before() -> None:
    """Tell hosts what they host tomorrow."""
    day_before.tell(at=timezone.now())


@shared_task(name="hosting.tasks.ask_what_to_take_away")  # type: ignore[untyped-decorator]  # Celery has no types
def ask_what_to_take_away() -> None:
    """Ask hosts whose sessions are over what people can take away; tell who is asked about a recording."""
    asking.ask(at=timezone.now())
    asked.tell(at=timezone.now())
