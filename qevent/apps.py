"""The project as an app: its templates' tags, commands and pages."""

from django.apps import AppConfig


class QeventConfig(AppConfig):
    """The project package itself."""

    name = "qevent"
