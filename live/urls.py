"""Addresses of the day, below an event's own."""

from django.urls import path

import events.urls  # noqa: F401  # registers the converter "words"
from live.views import now, way

app_name = "live"
urlpatterns = [
    path("<slug:slug>/live/", now.now_page, name="now"),
    path("<slug:slug>/live/version/", now.version, name="version"),
    path("<slug:slug>/live/sessions/<words:session_slug>/", way.way_page, name="way"),
    path("<slug:slug>/live/sessions/<words:session_slug>/join/", way.join, name="join"),
    path("<slug:slug>/live/sessions/<words:session_slug>/was-there/", way.say_there, name="say_there"),
    path("<slug:slug>/live/sessions/<words:session_slug>/was-not-there/", way.take_back, name="take_back"),
]
