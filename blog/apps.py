"""The blog app."""

from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Post and its publishing."""

    name = "blog"
