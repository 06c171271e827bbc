"""Addresses of the team's pages."""

from django.urls import URLPattern, URLResolver, include, path

from team.views import approvals, clocks, comment_decisions, concerns, index, moderation, needs, taking

app_name = "team"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.index, name="index"),
    path("take/", taking.take, name="take"),
    path("give-back/", taking.give_back, name="give_back"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/decline/", approvals.decline_ticked, name="approvals_decline_ticked"),
    path("approvals/decline/<slug:named>/", approvals.decline, name="approvals_decline"),
    path("approvals/<int:pk>/take-back/", approvals.take_back, name="approval_take_back"),
    path("clocks/", clocks.clocks, name="clocks"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<slug:named>/", concerns.concern, name="concern"),
    path("needs/", needs.needs, name="needs"),
    path("needs/arrange/", needs.arrange, name="needs_arrange"),
    path("needs/confirm/", needs.confirm, name="needs_confirm"),
    path("needs/numbers/", needs.in_numbers, name="needs_numbers"),
    path("needs/stopped/<int:pk>/", needs.stopped, name="needs_stopped"),
    path("needs/cannot/", needs.decline_ticked, name="needs_decline_ticked"),
    path("needs/cannot/<slug:named>/", needs.decline, name="needs_decline"),
    path("announcements/", include("team.urls_announcements")),
    path("posts/", include("team.urls_posts")),
    path("people/", include("team.urls_people")),
    path("events/", include("team.urls_events")),
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/<int:pk>/", moderation.comment, name="comment"),
    path("moderation/<int:pk>/publish/", comment_decisions.publish, name="comment_publish"),
    path("moderation/<int:pk>/publish-and-reply/", comment_decisions.reply, name="comment_reply"),
    path("moderation/<int:pk>/reject/", comment_decisions.reject, name="comment_reject"),
    path("moderation/<int:pk>/spam/", comment_decisions.spam, name="comment_spam"),
    path("moderation/<int:pk>/remove/", comment_decisions.remove, name="comment_remove"),
    path("moderation/<int:pk>/keep/", comment_decisions.keep, name="comment_keep"),
    path("moderation/<int:pk>/redact/", comment_decisions.redact, name="comment_redact"),
    path("moderation/<int:pk>/reveal/", comment_decisions.reveal, name="comment_reveal"),
    path("moderation/<int:pk>/end-link/", comment_decisions.end_link, name="comment_end_link"),
    path("moderation/decisions/<int:pk>/undo/", comment_decisions.undo, name="decision_undo"),
]
