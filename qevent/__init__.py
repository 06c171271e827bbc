"""The project: settings, urls, celery, home and health pages, local services for development."""

from qevent.celery import app as celery_app

__all__ = ["celery_app"]
