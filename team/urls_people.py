"""Addresses of the pages about people, below ``/team/people/``."""

from django.urls import path

from team.views import people

urlpatterns = [
    path("", people.find, name="people"),
    path("<int:pk>/", people.person, name="person"),
]
