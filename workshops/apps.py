"""The workshops app."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    """Places, bookings, waiting lists, the agenda, the programme import."""

    name = "workshops"
