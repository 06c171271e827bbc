"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from notifications import delivery, kept
from notifications.nudge import TASK


@shared_task(name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def deliver_due() -> None:
    """Send what is due; runs that overlap are harmless."""
    delivery.deliver_due()


@shared_task(name="notifications.tasks.forget")  # type: ignore[untyped-decorator]  # Celery has no types
def forget() -> None:
    """Erase what sent messages said, once it is not kept any longer."""
    kept.forget(at=timezone.now())
