"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from hosting import day_before


@shared_task(name="hosting.tasks.tell_the_day_before")  # type: ignore[untyped-decorator]  # Celery has no types
def tell_the_day_before() -> None:
    """Tell hosts what they host tomorrow."""
    day_before.tell(at=timezone.now())
