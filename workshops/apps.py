"""The workshops app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Places, bookings, waiting lists, the agenda, the programme import."""

    name = "workshops"

    def ready(self) -> None:
        """Hook this app's acts into those of the apps below."""
        from events import registration
        from workshops import cancellation

        registration.on_cancelled(cancellation.end_bookings)
