"""The team app."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    """The Q team's pages."""

    name = "team"
