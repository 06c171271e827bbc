"""What the worker does for comments."""

from celery import shared_task
from django.utils import timezone

from comments.moderation import digest, spam_check


@shared_task(name="comments.tasks.tell_moderators")  # type: ignore[untyped-decorator]  # Celery has no types
def tell_moderators() -> None:
    """Owe moderators their digest, where something waits."""
    digest.tell_moderators(at=timezone.now())


@shared_task(name="comments.tasks.check_for_spam")  # type: ignore[untyped-decorator]  # Celery has no types
def check_for_spam(pk: int, ip: str, browser: str) -> None:
    """Ask the spam service about a comment."""
    spam_check.check(pk, ip=ip, browser=browser, at=timezone.now())
