"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail of acts. Knows nobody above it."""

    name = "audit"

    def ready(self) -> None:
        """Let a form that somebody else was quicker than ask the trail who that was."""
        from audit import history, personal_data  # models are loaded by now
        from common import edit_conflicts

        edit_conflicts.register_last_act(history.last_act)
        personal_data.register()
