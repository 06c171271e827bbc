"""The concerns app."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Concerns, answers, and taking somebody out of an event."""

    name = "concerns"
