"""The recordings app."""

from django.apps import AppConfig


class RecordingsConfig(AppConfig):
    """Videos, captions, transcripts, take-aways."""

    name = "recordings"
