"""The project: settings, urls, celery, home and health pages, local services for development."""

from qevent import zonedata
from qevent.celery import app as celery_app

__all__ = ["celery_app"]

# Whatever runs (web server, worker, command, test) imports this first.
zonedata.use_pinned()
