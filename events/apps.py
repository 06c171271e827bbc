"""The events app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events, themes, sessions, contributors, registrations; the public programme."""

    name = "events"
