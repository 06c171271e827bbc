"""The hosting app."""

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Invitations of hosts, and their pages."""

    name = "hosting"

    def ready(self) -> None:
        """Hook this app's letters and what it holds of people into the apps below."""
        from events import stand_ins
        from hosting import deputies, emails, merging, personal_data

        emails.register()
        stand_ins.register(deputies.told)
        personal_data.register()
        merging.register()
