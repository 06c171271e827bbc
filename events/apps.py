"""The events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events, themes, sessions, contributors, registrations; the public programme."""

    name = "events"

    def ready(self) -> None:
        """Tell the outbox who renders this app's emails, and confirm what new members had registered for."""
        from events import approval, emails, personal_data
        from members import membership

        emails.register()
        membership.on_approved(approval.approve_received)
        membership.on_taken_back(approval.receive_again)
        personal_data.register()
