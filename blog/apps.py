"""The blog app."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Post and its publishing."""

    name = "blog"

    def ready(self) -> None:
        """Tell the outbox who renders this app's emails."""
        from blog import emails, emails_proposals, merging, personal_data  # models are loaded by now

        emails.register()
        emails_proposals.register()
        personal_data.register()
        merging.register()
