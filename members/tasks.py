"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from common.personal_data import retention
from members.accounts import limits
from members.interrupted_forms import saved_forms
from members.privacy import erasure, export


@shared_task(name="members.tasks.forget_attempts")  # type: ignore[untyped-decorator]  # Celery has no types
def forget_attempts() -> None:
    """Forget how often something was tried, once it counts no longer."""
    limits.sweep(at=timezone.now())


@shared_task(name="members.tasks.forget_typed")  # type: ignore[untyped-decorator]  # Celery has no types
def forget_typed() -> None:
    """Forget what was typed into forms that met the log-in and has lain here for too long."""
    saved_forms.sweep(at=timezone.now())


@shared_task(name="members.tasks.forget")  # type: ignore[untyped-decorator]  # Celery has no types
def forget() -> None:
    """Forget whatever is not kept any longer, by the one table of all apps, and after erasures."""
    retention.forget(at=timezone.now())
    erasure.erase_stragglers(at=timezone.now())


@shared_task(name="members.tasks.erase_due")  # type: ignore[untyped-decorator]  # Celery has no types
def erase_due() -> None:
    """Erase who asked for it ten days ago and has not taken it back."""
    erasure.erase_due(at=timezone.now())


@shared_task(name="members.tasks.make_exports")  # type: ignore[untyped-decorator]  # Celery has no types
def make_exports() -> None:
    """Make the files with people's data that are asked for."""
    export.make_due()
