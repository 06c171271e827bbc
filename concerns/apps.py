"""The concerns app."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Concerns, answers, and taking somebody out of an event."""

    name = "concerns"

    def ready(self) -> None:
        """Say how its emails are rendered, and what it holds of people."""
        from concerns import emails, merging, personal_data

        emails.register()
        personal_data.register()
        merging.register()
