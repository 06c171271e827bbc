"""The demo's mail."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.mail, name="mail"),
    path("<slug:name>/", views.email, name="email"),
    path("<slug:name>/html/", views.email_html, name="email_html"),
    path("<slug:name>/files/<int:number>/", views.email_file, name="email_file"),
]
