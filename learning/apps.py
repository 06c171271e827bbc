"""The learning app."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Feedback, CPD records and certificates."""

    name = "learning"

    def ready(self) -> None:
        """Hook this app's letters and what it holds of people into the apps below."""
        from learning import emails, merging, merging_feedback, personal_data

        emails.register()
        personal_data.register()
        merging.register()
        merging_feedback.register()
