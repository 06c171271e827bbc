"""The comments app."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    """Comment on a post, and moderation."""

    name = "comments"
