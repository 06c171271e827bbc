"""Addresses of the public event pages; the workshops app adds its own below the same prefix."""

from django.urls import path, register_converter

from common.converters import WordsConverter
from events.views import joining, pages, programme, registration

register_converter(WordsConverter, "words")

app_name = "events"
urlpatterns = [
    path("", pages.event_list, name="list"),
    path("<slug:slug>/", pages.event_page, name="event"),
    path("<slug:slug>/check/", joining.check_page, name="check"),
    path("<slug:slug>/programme/", programme.programme_page, name="programme"),
    path("<slug:slug>/sessions/<words:session_slug>/", programme.session_page, name="session"),
    path("<slug:slug>/themes/<words:theme_slug>/", pages.theme_page, name="theme"),
    path("<slug:slug>/register/", registration.register, name="register"),
    path("<slug:slug>/register/needs/", registration.save_access_needs, name="access_needs"),
    path("kept-needs/let-go/", registration.keep_needs_no_longer, name="keep_needs_no_longer"),
    path("<slug:slug>/register/needs/<int:pk>/", registration.say_whether_met, name="need_met"),
    path("<slug:slug>/register/hosts/", registration.save_hosts_see, name="hosts_see"),
    path("<slug:slug>/cancel/", registration.cancel_registration, name="cancel_registration"),
]
