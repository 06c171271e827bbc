"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from members.accounts import limits
from members.interrupted_forms import saved_forms


@shared_task(name="members.tasks.forget_attempts")  # type: ignore[untyped-decorator]  # Celery has no types
def forget_attempts() -> None:
    """Forget how often something was tried, once it counts no longer."""
    limits.sweep(at=timezone.now())


@shared_task(name="members.tasks.forget_typed")  # type: ignore[untyped-decorator]  # Celery has no types
def forget_typed() -> None:
    """Forget what was typed into forms that met the log-in and has lain here for too long."""
    saved_forms.sweep(at=timezone.now())
