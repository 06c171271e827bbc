"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from events import access_needs, cancellation, registration


@shared_task(name="events.tasks.sweep")  # type: ignore[untyped-decorator]  # Celery has no types
def sweep() -> None:
    """Let in who waits for an event, tell what is called off, and take needs over that the old code wrote."""
    registration.sweep(at=timezone.now())
    cancellation.tell(at=timezone.now())
    access_needs.sweep()
