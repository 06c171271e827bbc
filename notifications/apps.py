"""The notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox: every email is a row first. Knows nobody above it."""

    name = "notifications"

    def ready(self) -> None:
        """Say what this app holds of people."""
        from notifications import personal_data  # models are loaded by now

        personal_data.register()
