"""The team app."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """The Q team's pages."""

    name = "team"

    def ready(self) -> None:
        """Say what this app holds of people."""
        from team import personal_data

        personal_data.register()
