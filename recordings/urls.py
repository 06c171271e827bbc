"""Addresses of recordings, below ``events/``."""

from django.urls import path

import events.urls  # noqa: F401  # registers the converter "words"
from recordings.views import acts, files, pages, take_away

app_name = "recordings"
ON_DEMAND = "<slug:slug>/on-demand/"
ONE = f"{ON_DEMAND}<int:pk>/"

urlpatterns = [
    path(ON_DEMAND, pages.on_demand, name="list"),
    path(ONE, pages.recording, name="recording"),
    path(f"{ONE}file/", files.file, name="file"),
    path(f"{ONE}audio/", files.audio, name="audio"),
    path(f"{ONE}captions.vtt", files.captions, name="captions"),
    path(f"{ONE}watched/", acts.watched, name="watched"),
    path(f"{ONE}to-watch/", acts.to_watch, name="to_watch"),
    path("<slug:slug>/sessions/<words:session_slug>/take-away/", take_away.take_away, name="take_away"),
]
