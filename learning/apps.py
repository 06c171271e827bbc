"""The learning app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Feedback, CPD records and certificates."""

    name = "learning"
