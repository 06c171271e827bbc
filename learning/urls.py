"""Addresses of somebody's own learning, below an event's."""

from django.urls import path

import events.urls  # noqa: F401  # registers the converter "words"
from learning.views import feedback, notes, records

app_name = "learning"
CPD = "<slug:slug>/cpd/"

urlpatterns = [
    path("<slug:slug>/feedback/", feedback.event_feedback, name="event_feedback"),
    path(
        "<slug:slug>/sessions/<words:session_slug>/feedback/",
        feedback.session_feedback,
        name="session_feedback",
    ),
    path(CPD, records.record, name="record"),
    path(f"{CPD}certificate/", records.certificate, name="certificate"),
    path(f"{CPD}certificate.pdf", records.certificate_pdf, name="certificate_pdf"),
    path(f"{CPD}one-thing/", notes.one_thing, name="one_thing"),
    path(f"{CPD}notes/<words:session_slug>/", notes.note, name="note"),
]
