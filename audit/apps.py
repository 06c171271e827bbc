"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail of acts. Knows nobody above it."""

    name = "audit"
