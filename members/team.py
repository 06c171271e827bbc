"""The team's groups, the one row of site settings and the policy pages, made after each migrate if missing.

A group gets the permissions of an app once, when it has none of that app: what an admin takes away or adds
later stays as they left it.
"""

from typing import Any, Final
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from members import policies
from members.models import SiteSettings

ALL: Final = ("view_", "add_", "change_", "delete_")

#: Group → app → beginnings of the permissions' codenames.
GROUPS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "Blog editor": {
        "blog": ALL,
        "members": ("view_policy", "change_policy", "view_page", "add_page", "change_page", "delete_page"),
    },
    "Moderator": {"comments": (*ALL, "moderate_", "see_guest_"), "members": ("view_policy", "change_policy")},
    "Event admin": {
        "events": ALL,
        "workshops": ALL,
        "members": (
            "view_",
            "add_member",
            "change_member",
            "add_listed",
            "change_listed",
            "delete_listed",
            "change_policy",
        ),
        "notifications": ("view_", "see_recipient_address", "send_message_again"),
        "team": ("send_announcement",),
        "concerns": ("remove_",),
    },
    "Support": {
        "events": ("view_", "add_registration", "change_registration"),
        "workshops": ("view_", "add_booking", "change_booking"),
        "members": ("view_", "add_member", "change_member"),
        "notifications": ("view_", "see_recipient_address", "send_message_again"),
    },
}


def make_ready(app_config: AppConfig, using: str = "default", **_: Any) -> None:
    """Make what an installation starts with; called by Django after the migrations of each app."""
    if app_config.label == "members":
        SiteSettings.objects.using(using).get_or_create(pk=1)
        _freeze_host(using)
        policies.put_in_place(using)
        for name in GROUPS:
            Group.objects.using(using).get_or_create(name=name)
    for name, permissions in GROUPS.items():
        if app_config.label in permissions:
            create_permissions(app_config, verbosity=0, using=using)
            _grant(name, app_config.label, permissions[app_config.label], using)


def _freeze_host(using: str) -> None:
    """Keep the host that the site is made under: calendar entries are named by it for ever."""
    unfrozen = SiteSettings.objects.using(using).filter(pk=1, first_host="")
    unfrozen.update(first_host=urlsplit(settings.SITE_URL).hostname or "")


def _grant(name: str, label: str, beginnings: tuple[str, ...], using: str) -> None:
    group, _ = Group.objects.using(using).get_or_create(name=name)
    if group.permissions.filter(content_type__app_label=label).exists():
        return
    wanted = Q()
    for beginning in beginnings:
        wanted |= Q(codename__startswith=beginning)
    group.permissions.add(*Permission.objects.using(using).filter(wanted, content_type__app_label=label))
