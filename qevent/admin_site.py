"""The admin as the Q team knows it: its pages by job, in plain words; what waits is on the team's own."""

from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from audit.admin import KeepsTrail
from team.front import recent, setting_up
from team.guards import acting_member

#: Job → model → what the admin calls its page, and what one does there; in the order of the work.
#: The menu, one row on a desk, has shorter names for some (``SHORT``), and leaves some to the front page.
GROUPS: Final[dict[str, dict[str, tuple[str, str]]]] = {
    "Events": {
        "events.event": ("Events", "days, registration, when booking opens"),
        "events.session": ("Sessions", "the programme: type it in, or import a spreadsheet"),
        "events.theme": ("Themes", "the streams of an event"),
        "events.contributor": ("Hosts and speakers", "who leads sessions"),
        "events.registration": ("Registrations", "who comes; register somebody who has rung"),
        "workshops.booking": ("Bookings", "who has or waits for a place; book for somebody"),
    },
    "People": {
        "members.member": ("Members", "find a person, approve, correct an address"),
        "members.listedaddress": ("Community’s list", "who is a member at once"),
    },
    "Emails": {
        "notifications.message": ("Emails sent", "what was sent to whom, and send it again"),
    },
    "Blog": {
        "blog.post": ("Posts", "the facts of each; writing and publishing is on the team’s pages"),
    },
    "Conversation": {
        "comments.comment": ("Comments", "find one; moderators decide on the team’s pages"),
        "comments.decision": ("Decisions", "who decided what about a comment, and why"),
        "comments.report": ("Reports", "what readers said should be looked at"),
    },
    "The site": {
        "members.sitesettings": ("Site settings", "name, logo, contact, sender of emails"),
        "members.page": ("Pages", "about, how to join, what it costs: pages of the team’s own"),
        "members.policy": ("Policy pages", "comments policy, code of conduct, privacy, accessibility"),
        "auth.group": ("Team roles", "what each part of the team may do"),
    },
}

#: What the menu calls a page; "" is not in it.
SHORT: Final[dict[str, str]] = {
    "events.contributor": "Hosts",
    "members.listedaddress": "List",
    "notifications.message": "Emails",
    "comments.decision": "",
    "comments.report": "",
    "members.sitesettings": "Settings",
    "members.policy": "Policies",
    "auth.group": "Roles",
}


class CommunityAdmin(admin.AdminSite):
    """Django's admin, its models grouped by what the team does."""

    site_header = site_title = "Administration"
    _empty_value_display = "none"  # Django's "-" is no word for a filter, nor for who listens
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register an admin that keeps the trail of acts: all of this site do."""
        kept = admin_class or admin.ModelAdmin
        super().register(model_or_iterable, type(kept.__name__, (kept, KeepsTrail), {}), **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the groups with what the reader may see; models of no group come last, under *More*."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models: dict[str, Any] = {
            f"{app['app_label']}.{model['object_name'].lower()}": model
            for app in apps
            for model in app["models"]
        }
        groups = [(name, _named(pages, models)) for name, pages in GROUPS.items()]
        groups.append(("More", list(models.values())))
        return [_group(name, found) for name, found in groups if found]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show the pages by job, what is left to set up, and what the team did last."""
        reader = acting_member(request)
        context: dict[str, Any] = {"title": "Records", "recent": recent.lines(reader, at=timezone.now())}
        if reader.is_superuser:
            context["setup"] = setting_up.steps()
        return super().index(request, context | (extra_context or {}))

    def password_change(  # type: ignore[override]  # Django says TemplateResponse
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the account's own page, which has a limit and tells the owner by mail."""
        return redirect("account_change_password")

    def password_change_done(  # type: ignore[override]  # Django says TemplateResponse
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the account's own page; nothing is changed here."""
        return redirect("account_change_password")


def _named(pages: dict[str, tuple[str, str]], models: dict[str, Any]) -> list[dict[str, Any]]:
    """Take the models of ``pages`` out of ``models``, with the names that the team gives them."""
    found = []
    for label, (name, hint) in pages.items():
        if label in models:
            found.append(models.pop(label) | {"name": name, "hint": hint, "short": SHORT.get(label, name)})
    return found


def _group(name: str, models: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": name,
        "app_label": name.lower().replace(" ", "-"),
        "app_url": reverse("admin:index"),
        "has_module_perms": True,
        "models": models,
    }
