"""The hosting app."""

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Invitations of hosts, and their pages."""

    name = "hosting"

    def ready(self) -> None:
        """Hook this app's letters and what it holds of people into the apps below."""
        from hosting import emails, merging, personal_data

        emails.register()
        personal_data.register()
        merging.register()
