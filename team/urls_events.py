"""Addresses of the team's pages of events and their sessions, below ``events/``."""

from django.urls import path

import events.urls  # noqa: F401  # registers the converter "words"
from team.views import sessions

SESSION = "<slug:slug>/sessions/<words:session_slug>/"

urlpatterns = [
    path("", sessions.event_list, name="events"),
    path("<slug:slug>/", sessions.event_page, name="event"),
    path(SESSION, sessions.session_page, name="session"),
]
