"""The pages of this app: what is theirs below ``members/``, and the policy pages."""

from django.urls import path

from members import views

app_name = "members"

urlpatterns = [
    path("members/profile/", views.profile, name="profile"),
    path("members/membership/", views.membership, name="membership"),
    path("cookies.css", views.cookies_style, name="cookies"),
    path("policies/<slug:slug>/", views.policy, name="policy"),
    path("pages/<slug:slug>/", views.page, name="page"),
]
