"""The worker's way in."""

from celery import shared_task

from team.announcements import sending


@shared_task(name="team.tasks.send_announcements")  # type: ignore[untyped-decorator]  # Celery has no types
def send_announcements() -> None:
    """Write the emails of what goes out; runs that overlap, and one that was killed, are harmless."""
    sending.write_due()
