"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from events import cancellation, registration


@shared_task(name="events.tasks.sweep")  # type: ignore[untyped-decorator]  # Celery has no types
def sweep() -> None:
    """Let in who waits for an event, where an act has left a place, and tell what is called off."""
    registration.sweep(at=timezone.now())
    cancellation.tell(at=timezone.now())
