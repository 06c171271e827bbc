"""The notifications app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox: every email is a row first. Knows nobody above it."""

    name = "notifications"
