"""What the site says of itself, in the admin: its settings, and its policy pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from common.admin.pages import ShowsProse
from common.admin.stale_saves import RefusesStaleSaves
from members import policies
from members.admin.forms import SiteSettingsForm
from members.models import Page, Policy


class MadeByMigrate(RefusesStaleSaves):
    """Rows that each installation has from the start: they are changed, never added or deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: they are there."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the site needs them."""
        return False


class SiteSettingsAdmin(MadeByMigrate):
    """What the community calls itself and how it is reached: one row."""

    form = SiteSettingsForm

    fieldsets = [
        (None, {"fields": ["name", "logo", "logo_alternative_text"]}),
        ("When pages are passed on", {"fields": ["picture", "picture_alternative_text"]}),
        ("Contact", {"fields": ["contact_email", "contact_phone", "contact_text"]}),
        ("Emails", {"fields": ["sender_name", "sender_email"]}),
        ("Comments", {"fields": ["are_all_comments_held", "comments_until_trusted"]}),
        ("Words", {"fields": ["team_name", "account_word", "approval_time"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Go straight to the one row."""
        return redirect(reverse("admin:members_sitesettings_change", args=[1]))


class PolicyAdmin(ShowsProse, MadeByMigrate):
    """The pages of rules and promises; each says when its words last changed."""

    prose_fields = ("body",)
    fields = ["body", "last_changed"]
    readonly_fields = ["last_changed"]
    list_display = ["slug", "last_changed"]
    ordering = ["slug"]
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        """Save it, as of who knows the text that comes with the site now."""
        obj.first_text = policies.digest(obj.slug)
        super().save_model(request, obj, form, change)

    @admin.display(description="last changed", ordering="changed_at")
    def last_changed(self, policy: Policy) -> str:
        """The day that readers are told."""
        return date_format(localtime(policy.changed_at), "j F Y")


class PageAdmin(ShowsProse, RefusesStaleSaves):
    """The team's own pages, such as *About*."""

    prose_fields = ("body",)
    fields = ["title", "slug", "summary", "body", "is_shown", "position"]
    list_display = ["title", "slug", "is_shown", "position"]
    prepopulated_fields = {"slug": ["title"]}
    ordering = ["position", "title"]
    show_full_result_count = False

    def get_prepopulated_fields(self, request: HttpRequest, obj: Page | None = None) -> dict[str, Any]:
        """Offer an address for a new page only: it stays."""
        return {} if obj else dict(self.prepopulated_fields)
