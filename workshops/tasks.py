"""The worker's way in."""

from celery import shared_task
from django.utils import timezone

from workshops.letters import booking_announced, booking_opened, day_before
from workshops.places import choices_after_approval, waiting_list
from workshops.programme import cancelling


@shared_task(name="workshops.tasks.sweep")  # type: ignore[untyped-decorator]  # Celery has no types
def sweep() -> None:
    """Give the places that an interrupted act has left, pass lapsed offers, keep promises, settle."""
    waiting_list.sweep(at=timezone.now())
    choices_after_approval.keep(at=timezone.now())
    cancelling.settle(at=timezone.now())


@shared_task(name="workshops.tasks.tell_opened")  # type: ignore[untyped-decorator]  # Celery has no types
def tell_opened() -> None:
    """Tell everybody who is registered that booking has opened."""
    booking_opened.tell_opened(at=timezone.now())


@shared_task(name="workshops.tasks.announce_openings")  # type: ignore[untyped-decorator]  # Celery has no types
def announce_openings() -> None:
    """Tell everybody who is registered, the evening before, when booking opens."""
    booking_announced.announce(at=timezone.now())


@shared_task(name="workshops.tasks.remind")  # type: ignore[untyped-decorator]  # Celery has no types
def remind() -> None:
    """Remind everybody who is registered of their sessions: the day before, and in the morning who asked."""
    day_before.tell(at=timezone.now())
