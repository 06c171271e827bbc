"""Comments, decisions and reports as records, to find and read; what is done happens on the team's pages.

The address of a guest is no column, no field and nothing to search by: the team's page shows one at a time.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comments.models import Comment, Decision, Report
from comments.reading import texts
from common.admin.rules import RowsOfRules
from common.http import parse_id
from common.times import SITE_ZONE, short_moment
from members.models import Member


class Records(RowsOfRules):
    """Rows that nobody makes, changes or deletes here."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: each comes from a page of the site."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: moderators decide on the team's pages."""
        return False


def on_the_teams_page(comment_id: int) -> SafeString:
    """Return the way to the team's page of a comment."""
    return format_html(
        '<a href="{}">Decide on the team’s page</a>', reverse("team:comment", args=[comment_id])
    )


class AuthorFilter(admin.SimpleListFilter):
    """By one member: the way from their page. No list offers all of them, there are too many."""

    title = "author"
    parameter_name = "member"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The member in the address, if there is one."""
        chosen = parse_id(self.value())
        return [(str(one.pk), one.name) for one in Member.objects.filter(pk=chosen)] if chosen else []

    def has_output(self) -> bool:
        """Whether a member is chosen."""
        return bool(self.lookup_choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Comment]) -> QuerySet[Comment]:
        """Comments of the member."""
        return queryset.filter(member=parse_id(self.value())) if self.value() else queryset


@admin.register(Comment)
class CommentAdmin(Records):
    """The comments."""

    list_display = ["beginning", "author", "post", "status", "when"]
    list_filter = ["status", "held_for", "is_redacted", AuthorFilter]
    list_select_related = ["post", "member"]
    search_fields = [
        "body_folded__typed",
        "guest_name_folded__typed",
        "member__name_folded__typed",
        "post__title__typed",
    ]
    search_help_text = "Words of the comment, its author's name, title of the post"
    fields = [
        *("team_page", "author", "is_guests", "post", "thread", "reply_to", "body", "pending_body"),
        *("status", "held_for", "is_redacted", "created_at", "published_at", "edited_at"),
        *("status_changed_at", "appealed_at", "appeal_text", "version"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        """Order by the newest, and know the post and the author, whose names a record shows."""
        return super().get_queryset(request).select_related("post", "member").order_by("-created_at", "-pk")

    @admin.display(description="comment")
    def beginning(self, comment: Comment) -> str:
        """Its first words."""
        return texts.beginning(comment.body, 80)

    @admin.display(description="by")
    def author(self, comment: Comment) -> str:
        """The name it is shown under."""
        return comment.shown_name

    @admin.display(description="written by a guest", boolean=True)
    def is_guests(self, comment: Comment) -> bool:
        """Whether a guest wrote it."""
        return comment.is_guests

    @admin.display(description="sent (UK and Ireland)", ordering="created_at")
    def when(self, comment: Comment) -> str:
        """When it was sent, short."""
        return short_moment(comment.created_at, SITE_ZONE)

    @admin.display(description="moderation")
    def team_page(self, comment: Comment) -> SafeString:
        """The way to the page where something can be done."""
        return on_the_teams_page(comment.pk)


@admin.register(Decision)
class DecisionAdmin(Records):
    """What was decided."""

    list_display = ["kind", "comment", "by", "when", "reason"]
    list_filter = ["kind", "reason"]
    list_select_related = ["comment", "by"]
    search_fields = [
        *("by__name_folded__typed", "words__typed"),
        *("comment__guest_name_folded__typed", "comment__member__name_folded__typed"),
    ]
    search_help_text = "Who decided, words to the author, the author's name"
    fields = ["team_page", "kind", "comment", "by", "at", "reason", "words", "undone_at", "undoes"]

    @admin.display(description="when (UK and Ireland)", ordering="at")
    def when(self, decision: Decision) -> str:
        """When it was decided, short."""
        return short_moment(decision.at, SITE_ZONE)

    @admin.display(description="moderation")
    def team_page(self, decision: Decision) -> SafeString:
        """The way to the comment's page, where it can be undone."""
        return on_the_teams_page(decision.comment_id)


@admin.register(Report)
class ReportAdmin(Records):
    """What readers said should be looked at."""

    list_display = ["comment", "reason", "member", "when", "settled_by"]
    list_filter = ["reason"]
    list_select_related = ["comment", "member", "settled_by"]
    search_fields = ["words__typed", "member__name_folded__typed"]
    search_help_text = "Words of the report, who sent it"
    fields = ["team_page", "comment", "reason", "words", "member", "created_at", "settled_by"]

    @admin.display(description="sent (UK and Ireland)", ordering="created_at")
    def when(self, report: Report) -> str:
        """When it was sent, short."""
        return short_moment(report.created_at, SITE_ZONE)

    @admin.display(description="moderation")
    def team_page(self, report: Report) -> SafeString:
        """The way to the comment's page, where it can be settled."""
        return on_the_teams_page(report.comment_id)
