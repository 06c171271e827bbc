"""Addresses of their calendar, at the root because it spans all events."""

from django.urls import path

from workshops.views import calendar

app_name = "calendar"
urlpatterns = [
    path("", calendar.calendar_page, name="page"),
    path("add/", calendar.add, name="add"),
    path("file/", calendar.calendar_file, name="file"),
    path("new/", calendar.make_address, name="new"),
    path("stop/", calendar.stop_sharing, name="stop"),
    path("<str:token>.ics", calendar.feed, name="feed"),
]
