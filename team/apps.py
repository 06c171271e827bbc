"""The team app."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """The Q team's pages."""

    name = "team"

    def ready(self) -> None:
        """Say what this app holds of people, and who renders its emails."""
        from team import merging, personal_data  # models are loaded by now
        from team.announcements import letters
        from team.people import call_letter

        letters.register()
        call_letter.register()
        personal_data.register()
        merging.register()
