"""Addresses of the blog; the comments app adds its own below a post's."""

from django.urls import URLPattern

app_name = "blog"
urlpatterns: list[URLPattern] = []
