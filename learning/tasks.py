"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from learning import notes


@shared_task(name="learning.tasks.bring_back")  # type: ignore[untyped-decorator]  # Celery has no types
def bring_back() -> None:
    """Email what people said they would do, four weeks after."""
    notes.bring_back(at=timezone.now())
