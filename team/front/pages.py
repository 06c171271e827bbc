"""Where everything is that a role may do, one press from the first page."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from members.capabilities import (
    CHANGE_MEMBERS,
    EDIT_POSTS,
    MODERATE,
    SEE_ACCESS_NEEDS,
    SEE_EVENTS,
    SEND_ANNOUNCEMENTS,
)
from members.models import Member


@dataclass(frozen=True)
class Page:
    """A page by its address's name: what it is called, and the rights that it asks for, all of them."""

    name: str
    label: str
    permissions: tuple[str, ...]

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name)


#: In the order of the work; what each leads to is at most two presses further.
PAGES: Final = (
    Page("team:people", "Find a person", (CHANGE_MEMBERS,)),
    Page("team:approvals", "Approvals", (CHANGE_MEMBERS,)),
    Page("admin:members_member_changelist", "All members", (CHANGE_MEMBERS,)),
    Page("team:person_new", "A caller without an account", (CHANGE_MEMBERS, "members.add_member")),
    Page("admin:members_member_add", "Add a member", ("members.add_member",)),
    Page("admin:members_listedaddress_changelist", "Community’s list", ("members.view_listedaddress",)),
    Page("team:events", "Events and their sessions", (SEE_EVENTS,)),
    Page("team:needs", "Access needs", (SEE_EVENTS, SEE_ACCESS_NEEDS)),
    Page("team:announcements", "Announcements", (SEE_EVENTS, SEND_ANNOUNCEMENTS)),
    Page("admin:events_event_changelist", "Records of events", ("events.view_event",)),
    Page("admin:events_session_changelist", "Records of sessions", (SEE_EVENTS,)),
    Page("admin:events_registration_changelist", "Registrations", ("events.view_registration",)),
    Page("admin:workshops_booking_changelist", "Bookings", ("workshops.view_booking",)),
    Page("admin:events_contributor_changelist", "Hosts and speakers", ("events.view_contributor",)),
    Page("admin:events_theme_changelist", "Themes", ("events.view_theme",)),
    Page("team:moderation", "Moderation", (MODERATE,)),
    Page("team:posts", "Posts", (EDIT_POSTS,)),
    Page("team:post_new", "New post", (EDIT_POSTS, "blog.add_post")),
    Page("admin:notifications_message_changelist", "Emails sent", ("notifications.view_message",)),
    Page("admin:members_policy_changelist", "Policy pages", ("members.view_policy",)),
    Page("admin:members_page_changelist", "Pages", ("members.view_page",)),
    Page("admin:members_sitesettings_changelist", "Site settings", ("members.view_sitesettings",)),
    Page("admin:auth_group_changelist", "Team roles", ("auth.view_group",)),
)


def pages(member: Member) -> list[Page]:
    """Return those that they may open."""
    return [one for one in PAGES if member.has_perms(one.permissions)]
