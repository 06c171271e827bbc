"""The members app."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Member (the user), membership, profile, and the community's own settings."""

    name = "members"
