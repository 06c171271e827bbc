"""The members app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MembersConfig(AppConfig):
    """Member (the user), membership, profile, and the community's own settings."""

    name = "members"

    def ready(self) -> None:
        """Tell the outbox who renders this app's emails, and listen for confirmed addresses."""
        from members import (  # models are loaded by now
            emails,
            emails_addresses,
            emails_merging,
            emails_privacy,
            objections,
            personal_data,
            team,
        )
        from members.accounts import signals  # models are loaded by now
        from members.merging import own
        from members.privacy import erasure

        emails.register()
        emails_privacy.register()
        emails_addresses.register()
        emails_merging.register()
        objections.on_brought_back(erasure.brought_back)
        signals.connect()
        personal_data.register()
        own.register()
        post_migrate.connect(team.make_ready, dispatch_uid="members.team.make_ready")
