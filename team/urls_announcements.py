"""Addresses of announcements, below the team's."""

from django.urls import path

from team.views import announcements, announcements_acts

urlpatterns = [
    path("", announcements.announcements, name="announcements"),
    path("new/", announcements.new, name="announcement_new"),
    path("new/paste/", announcements.announcement_paste, name="announcement_paste"),
    path("<int:pk>/", announcements.announcement, name="announcement"),
    path("<int:pk>/email/", announcements.announcement_html, name="announcement_html"),
    path("<int:pk>/edit/", announcements.edit, name="announcement_edit"),
    path("<int:pk>/test/", announcements_acts.test, name="announcement_test"),
    path("<int:pk>/send/", announcements_acts.send, name="announcement_send"),
    path("<int:pk>/schedule/", announcements_acts.schedule, name="announcement_schedule"),
    path("<int:pk>/unschedule/", announcements_acts.unschedule, name="announcement_unschedule"),
    path("<int:pk>/stop/", announcements_acts.stop, name="announcement_stop"),
    path("<int:pk>/again/<int:message>/", announcements_acts.again, name="announcement_again"),
    path("<int:pk>/delete/", announcements_acts.delete, name="announcement_delete"),
]
