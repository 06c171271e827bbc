"""The live app."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Now and next, joining and attendance."""

    name = "live"

    def ready(self) -> None:
        """Hook what this app holds of people into the apps below."""
        from live import joining_letter, merging, personal_data

        merging.register()
        personal_data.register()
        joining_letter.register()
