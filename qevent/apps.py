"""The project as an app: its templates' tags, commands and pages."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig

from qevent import zonedata
from qevent.celery import app as celery_app


class QeventConfig(AppConfig):
    """The project package itself."""

    name = "qevent"

    def ready(self) -> None:
        """Have the data of time zones checked, and what apps publish go through the site's Celery."""
        from qevent import deployment_checks  # models are loaded by now

        deployment_checks.connect()
        zonedata.connect()
        celery_app.set_default()


class CommunityAdminConfig(AdminConfig):
    """Django's admin, with the admin site of the project."""

    default_site = "qevent.admin_site.CommunityAdmin"
