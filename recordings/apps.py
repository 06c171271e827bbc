"""The recordings app."""

from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    """Videos, captions, transcripts, take-aways."""

    name = "recordings"

    def ready(self) -> None:
        """Hook what this app holds of people into the apps below."""
        from recordings import merging, personal_data

        personal_data.register()
        merging.register()
