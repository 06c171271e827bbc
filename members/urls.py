"""The pages of this app, under ``/members/``."""

from django.urls import path

from members import views

app_name = "members"

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("membership/", views.membership, name="membership"),
]
