"""The project as an app: its templates' tags, commands and pages."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from qevent import zonedata


class QeventConfig(AppConfig):
    """The project package itself."""

    name = "qevent"

    def ready(self) -> None:
        """Have the data of time zones checked."""
        zonedata.connect()


class CommunityAdminConfig(AdminConfig):
    """Django's admin, with the admin site of the project."""

    default_site = "qevent.admin_site.CommunityAdmin"
