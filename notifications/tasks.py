"""The worker's way in."""

from celery import shared_task

from notifications import delivery
from notifications.nudge import TASK


@shared_task(name=TASK)  # type: ignore[untyped-decorator]  # Celery has no types
def deliver_due() -> None:
    """Send what is due; runs that overlap are harmless."""
    delivery.deliver_due()
