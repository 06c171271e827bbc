"""The hosting app."""

from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Invitations of hosts, and their pages."""

    name = "hosting"

    def ready(self) -> None:
        """Hook this app's letters and what it holds of people into the apps below."""
        from events import need_withdrawals, stand_ins
        from hosting import deputies, emails, merging, need_changes, personal_data

        need_withdrawals.on_gone(need_changes.tell)
        emails.register()
        stand_ins.register(deputies.told)
        personal_data.register()
        merging.register()
