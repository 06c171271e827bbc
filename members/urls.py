"""The pages of this app: what is theirs below ``members/``, and the policy pages."""

from django.urls import path

from members import views, views_emails, views_privacy

app_name = "members"

urlpatterns = [
    path("members/profile/", views.profile, name="profile"),
    path("members/membership/", views.membership, name="membership"),
    path("members/emails/", views_emails.choices, name="emails"),
    path("members/emails/stop/<slug:token>/", views_emails.stop, name="emails_stop"),
    path("members/my-data/", views_privacy.my_data, name="my_data"),
    path("members/my-data/file/", views_privacy.make_file, name="make_file"),
    path("members/my-data/file/data.zip", views_privacy.fetch_file, name="fetch_file"),
    path("members/my-data/erase/", views_privacy.erase, name="erase"),
    path("members/my-data/keep/", views_privacy.keep, name="keep"),
    path("cookies.css", views.cookies_style, name="cookies"),
    path("policies/<slug:slug>/", views.policy, name="policy"),
    path("pages/<slug:slug>/", views.page, name="page"),
]
