"""The comments app."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Comment on a post, and moderation."""

    name = "comments"

    def ready(self) -> None:
        """Say how this app's emails are rendered."""
        from comments import emails, merging, personal_data

        emails.register()
        personal_data.register()
        merging.register()
