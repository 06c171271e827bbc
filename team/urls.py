"""Addresses of the team's pages."""

from django.urls import URLPattern, URLResolver, include, path

from team.views import clocks, deciding, index, moderation

app_name = "team"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="index"),
    path("clocks/", clocks.clocks, name="clocks"),
    path("posts/", include("team.urls_posts")),
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/<int:pk>/", moderation.comment, name="comment"),
    path("moderation/<int:pk>/publish/", deciding.publish, name="comment_publish"),
    path("moderation/<int:pk>/publish-and-reply/", deciding.reply, name="comment_reply"),
    path("moderation/<int:pk>/reject/", deciding.reject, name="comment_reject"),
    path("moderation/<int:pk>/spam/", deciding.spam, name="comment_spam"),
    path("moderation/<int:pk>/remove/", deciding.remove, name="comment_remove"),
    path("moderation/<int:pk>/keep/", deciding.keep, name="comment_keep"),
    path("moderation/<int:pk>/redact/", deciding.redact, name="comment_redact"),
    path("moderation/<int:pk>/reveal/", deciding.reveal, name="comment_reveal"),
    path("moderation/decisions/<int:pk>/undo/", deciding.undo, name="decision_undo"),
]
