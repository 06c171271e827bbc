"""The events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events, themes, sessions, contributors, registrations; the public programme."""

    name = "events"

    def ready(self) -> None:
        """Tell the outbox who renders this app's emails, and confirm what new members had registered for."""
        from events import approval, emails, merging, personal_data
        from members import addresses, membership

        emails.register()
        membership.on_approved(approval.approve_received)
        membership.on_taken_back(approval.receive_again)
        addresses.on_left(personal_data.keep_hosting)
        personal_data.register()
        merging.register()
