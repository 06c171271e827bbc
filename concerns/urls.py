"""Addresses of the pages on which people report a concern."""

from django.urls import path

from concerns import views, views_second_look

app_name = "concerns"
urlpatterns = [
    path("concern/", views.nearest, name="nearest"),
    path("events/<slug:slug>/concern/", views.report, name="report"),
    path("events/<slug:slug>/concern/answer/", views.answer, name="answer"),
    path("events/<slug:slug>/second-look/", views_second_look.second_look, name="second_look"),
]
