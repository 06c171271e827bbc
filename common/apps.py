"""What all apps share, as an app: its tags and filters."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """The shared ground; it has no tables."""

    name = "common"
