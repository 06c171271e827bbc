"""Posts in the admin: the facts of each, to read; writing and publishing is on the team's pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from blog.editing import publishing
from blog.models import Post
from common.admin.lookups import OffersItsFilters
from common.times import SITE_ZONE, format_moment


@admin.register(Post)
class PostAdmin(OffersItsFilters):
    """All posts but what members have not sent yet; nothing is changed here."""

    list_display = ["title", "kind", "status", "byline", "published_at", "changed_at"]
    list_filter = ["status", "kind"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title__typed", "slug"]
    search_help_text = "Title or address"
    fields = (
        *("on_the_team_page", "title", "standfirst", "kind", "status", "published", "withdrawn_reason"),
        *("slug", "byline", "event", "session", "comment_policy", "comments_close_at"),
        *("proposed_by", "created_by", "changed"),
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        """Load the authors with the posts."""
        return publishing.for_the_team().prefetch_related("authors__member").defer("search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Posts begin on the team's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was written stays: it is withdrawn."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may see or edit posts."""
        return any(request.user.has_perm(f"blog.{verb}_post") for verb in ("view", "change"))

    @admin.display(description="write and publish")
    def on_the_team_page(self, post: Post) -> SafeString:
        """Lead to where it is edited."""
        return format_html('<a href="{}">On the team’s page</a>', reverse("team:post_edit", args=[post.pk]))

    @admin.display(description="authors")
    def byline(self, post: Post) -> str:
        """Who wrote it."""
        return ", ".join(one.shown_name for one in post.authors.all())

    @admin.display(description="published")
    def published(self, post: Post) -> str:
        """When readers see it."""
        return format_moment(post.published_at, SITE_ZONE.key) if post.published_at else "not yet"

    @admin.display(description="last changed")
    def changed(self, post: Post) -> str:
        """When it was saved last."""
        return format_moment(post.changed_at, SITE_ZONE.key)
