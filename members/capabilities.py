"""What a team role may do, in sentences: each stands for the permissions that Django asks for.

A role is a group. A capability is held where its ``key`` is: whoever may do the thing itself. Giving it gives
all permissions that its pages ask for, those too that came with a later version; taking it away takes them.
Permissions of no capability stay as they are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.models import Group, Permission

#: ``app.codename`` of a permission.
Codename = str

#: What pages and rules ask for: whoever holds it may do the thing. Asked by ``Member.has_perm``.
SEE_EVENTS: Final = "events.view_session"
CHANGE_PROGRAMME: Final = "events.change_session"
CHANGE_BOOKINGS: Final = "workshops.change_booking"
SEE_ACCESS_NEEDS: Final = "events.view_accessneeds"
CHANGE_MEMBERS: Final = "members.change_member"
SEND_ANNOUNCEMENTS: Final = "team.send_announcement"
EDIT_POSTS: Final = "blog.change_post"
WRITE_PAGES: Final = "members.change_page"
MODERATE: Final = "comments.moderate_comment"
SEE_GUESTS_ADDRESSES: Final = "comments.see_guest_address"
REMOVE_PEOPLE: Final = "concerns.remove_person"


@dataclass(frozen=True)
class Capability:
    """One thing a role may do: permissions that begin as ``codenames`` do, not those that end as ``but``."""

    key: Codename
    sentence: str
    codenames: tuple[str, ...]
    but: tuple[str, ...] = field(default=())

    def covers(self, codename: Codename) -> bool:
        """Whether a permission belongs to it."""
        return codename.startswith(self.codenames) and not (self.but and codename.endswith(self.but))


#: In the order of the admin's pages.
CAPABILITIES: Final = (
    Capability(
        SEE_EVENTS,
        "See events, sessions, registrations and bookings",
        ("events.view_", "workshops.view_"),
        but=("_accessneeds",),
    ),
    Capability(
        CHANGE_PROGRAMME,
        "Make and change events, themes, sessions, hosts and speakers; import a programme",
        tuple(f"{app}.{verb}_" for app in ("events", "workshops") for verb in ("add", "change", "delete")),
        but=("_accessneeds", "_registration", "_booking", "_placeoverride"),
    ),
    Capability(
        "events.change_registration",
        "Register people and cancel registrations",
        ("events.add_registration", "events.change_registration"),
    ),
    Capability(REMOVE_PEOPLE, "Take people out of an event, and look again at that", (REMOVE_PEOPLE,)),
    Capability(
        CHANGE_BOOKINGS,
        "Book for people, cancel bookings, move people up a waiting list",
        ("workshops.add_booking", "workshops.change_booking", "workshops.add_placeoverride"),
    ),
    Capability(SEE_ACCESS_NEEDS, "See access needs", (SEE_ACCESS_NEEDS,)),
    Capability(
        CHANGE_MEMBERS,
        "Find members, approve them and correct their details",
        ("members.view_member", "members.add_member", "members.change_member"),
    ),
    Capability(
        "members.change_listedaddress",
        "Edit and import the community’s list",
        tuple(f"members.{verb}_listedaddress" for verb in ("view", "add", "change", "delete")),
    ),
    Capability(
        "notifications.send_message_again",
        "See what became of emails, and send them again",
        ("notifications.view_", "notifications.send_message_again"),
    ),
    Capability(
        "notifications.see_recipient_address",
        "See the addresses that emails went to",
        ("notifications.see_recipient_address",),
    ),
    Capability(SEND_ANNOUNCEMENTS, "Write announcements and send them", (SEND_ANNOUNCEMENTS,)),
    Capability(EDIT_POSTS, "Write, edit and publish posts", ("blog.",)),
    Capability(MODERATE, "Moderate comments", ("comments.",), but=("see_guest_address",)),
    Capability(SEE_GUESTS_ADDRESSES, "See guests’ addresses", (SEE_GUESTS_ADDRESSES,)),
    Capability(
        "members.change_policy", "Edit policy pages", ("members.view_policy", "members.change_policy")
    ),
    Capability(
        "members.change_sitesettings",
        "Change the site’s settings",
        ("members.view_sitesettings", "members.change_sitesettings"),
    ),
)


def held(codenames: Collection[Codename]) -> list[Capability]:
    """Return what somebody with these permissions may do."""
    return [one for one in CAPABILITIES if one.key in codenames]


def capabilities_of(group: Group) -> list[Capability]:
    """Return what a role may do; no query where its permissions and their types were prefetched."""
    return held({codename(one) for one in group.permissions.all()})


def give(group: Group, keys: Iterable[Codename]) -> None:
    """Let a role do what ``keys`` name, and no other capability that it had."""
    wanted, before = set(keys), {one.key for one in capabilities_of(group)}
    given = [one for one in CAPABILITIES if one.key in wanted]
    taken = [one for one in CAPABILITIES if one.key in before - wanted]
    every = {codename(one): one for one in Permission.objects.select_related("content_type")}
    added = {name for name in every if any(one.covers(name) for one in given)}
    removed = {name for name in every if any(one.covers(name) for one in taken)} - added
    group.permissions.remove(*(every[name] for name in removed))
    group.permissions.add(*(every[name] for name in added))


def codename(permission: Permission) -> Codename:
    """Return ``app.codename``."""
    return f"{permission.content_type.app_label}.{permission.codename}"
