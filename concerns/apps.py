"""The concerns app."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Concerns, answers, and taking somebody out of an event."""

    name = "concerns"

    def ready(self) -> None:
        """Say how its emails are rendered, and what it holds of people."""
        from concerns import emails, emails_removal, merging, personal_data, removal
        from events import joining_details, registration

        emails.register()
        emails_removal.register()
        registration.before_registering(removal.refuse)
        joining_details.register_removed(removal.is_out)
        personal_data.register()
        merging.register()
