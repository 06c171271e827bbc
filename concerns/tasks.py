"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from concerns import due


@shared_task(name="concerns.tasks.tell_due")  # type: ignore[untyped-decorator]  # Celery has no types
def tell_due() -> None:
    """Email those who read concerns about answers that fall due."""
    due.tell(at=timezone.now())
