"""The members app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    """Member (the user), membership, profile, and the community's own settings."""

    name = "members"

    def ready(self) -> None:
        """Tell the outbox who renders this app's emails, and listen for confirmed addresses."""
        from members import emails, emails_privacy, personal_data, team  # models are loaded by now
        from members.accounts import signals  # models are loaded by now

        emails.register()
        emails_privacy.register()
        signals.connect()
        personal_data.register()
        post_migrate.connect(team.make_ready, dispatch_uid="members.team.make_ready")
