"""What waits for the team, and what is left to set up, for the admin's front page.

Each line costs one query however much there is, that of comments three more where authors ask to look again,
and is there for those only who may do something about it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from common.admin.heads import list_of
from common.words import counted
from events import setting_up
from events.models import Event, Session
from members.capabilities import CHANGE_MEMBERS, CHANGE_PROGRAMME, EDIT_POSTS, MODERATE, SEE_EVENTS
from members.models import ListedAddress, Member, SiteSettings
from notifications.models import Message
from team.guards import acting_member
from team.todo import waiting_comments
from workshops.models import Workshop

#: How many sessions that fill up are named.
NAMED = 5
#: From this share of its places on a session counts as filling up.
FILLING = 0.8


@dataclass(frozen=True)
class Todo:
    """One line: what waits, and where to deal with it; ``details`` are shorter lines below it."""

    text: str
    url: str
    details: tuple[tuple[str, str], ...] = ()


def todo(request: HttpRequest) -> list[Todo]:
    """Return what waits for this reader; at most nine queries."""
    may = request.user.has_perm
    lines = [
        _waiting_people() if may(CHANGE_MEMBERS) else None,
        *(_emails(may) if may("notifications.view_message") else ()),
        _drafts() if may(CHANGE_PROGRAMME) else None,
        _filling() if may(SEE_EVENTS) else None,
        _comments(acting_member(request)) if may(MODERATE) else None,
        _posts() if may(EDIT_POSTS) else None,
    ]
    return [line for line in lines if line is not None]


def setup_steps() -> list[Todo]:
    """Return what an installation still lacks; empty once all is set up. Five queries."""
    site, event = SiteSettings.load(), Event.objects.order_by("-first_day").first()
    settings_url = reverse("admin:members_sitesettings_change", args=[1])
    steps = []
    if not site.contact_email:
        steps.append(
            Todo("Say what the site and the team are called, and where emails are answered", settings_url)
        )
    if not site.sender_email:
        steps.append(Todo("Say from which address emails come", settings_url))
    if site.logo and not site.logo_alternative_text:
        steps.append(Todo("Describe the logo for people who cannot see it", settings_url))
    if not ListedAddress.objects.exists():
        steps.append(Todo("Import the list of members", reverse("admin:members_listedaddress_import")))
    if event is None:
        steps.append(Todo("Make the event", reverse("admin:events_event_add")))
    else:
        steps.extend(Todo(step.text, step.url) for step in setting_up.steps(event))
    return steps


def _waiting_people() -> Todo | None:
    number = Member.objects.to_be_decided().count()
    text = counted(number, "%(count)s person waits for approval", "%(count)s people wait for approval")
    return Todo(text, list_of("members_member", standing="waiting")) if number else None


def _emails(may: Callable[[str], bool]) -> Iterator[Todo]:
    """What became of emails that somebody has to decide about."""
    asked = Message.objects.filter(state__in=[Message.State.FAILED, Message.State.MAYBE_SENT]).order_by()
    numbers = dict(asked.values_list("state").annotate(number=Count("pk")))
    if failed := numbers.get(Message.State.FAILED):
        text = counted(failed, "%(count)s email could not be sent", "%(count)s emails could not be sent")
        yield Todo(text, list_of("notifications_message", state__exact="failed"))
    if (held := numbers.get(Message.State.MAYBE_SENT)) and may("notifications.send_message_again"):
        text = counted(
            held,
            "%(count)s email waits: maybe sent before the restore",
            "%(count)s emails wait: maybe sent before the restore",
        )
        yield Todo(text, reverse("admin:notifications_message_maybe_sent"))


def _drafts() -> Todo | None:
    """Drafts of events that are still to come."""
    today = timezone.now().date()
    number = Session.objects.filter(status=Session.Status.DRAFT, event__last_day__gte=today).count()
    text = counted(
        number,
        "%(count)s session is a draft, which nobody sees",
        "%(count)s sessions are drafts, which nobody sees",
    )
    return Todo(text, list_of("events_session", status__exact="draft")) if number else None


def _filling() -> Todo | None:
    """Sessions still to come that are nearly full or full, those with most people waiting first."""
    full = Q(taken__gte=FILLING * F("capacity")) | Q(line__gt=0)
    ahead = Q(session__status=Session.Status.PUBLISHED, session__starts_at__gt=timezone.now())
    rows = Workshop.objects.filter(full, ahead, capacity__gt=0).select_related("session")
    found = list(rows.order_by("-line", F("capacity") - F("taken"), "session__starts_at")[: NAMED + 1])
    if not found:
        return None
    details = [
        (
            f"{one.session.title}: {one.taken} of {one.capacity}"
            + (f", waiting {one.line}" if one.line else ""),
            reverse("admin:events_session_change", args=[one.session_id]),
        )
        for one in found[:NAMED]
    ]
    text = "Sessions fill up" if len(found) <= NAMED else f"Sessions fill up: the first {NAMED}"
    return Todo(text, list_of("events_session", places="filling"), tuple(details))


def _comments(member: Member) -> Todo | None:
    """What waits for moderators, on the team's pages."""
    lines = waiting_comments(member, at=timezone.now())
    if not lines:
        return None
    first, *others = lines
    text = f"{first.text}. {first.detail}" if first.detail else first.text
    return Todo(text, first.url, tuple((line.text, line.url) for line in others))


def _posts() -> Todo | None:
    number = Post.objects.in_review().count()
    text = counted(number, "%(count)s post is in review", "%(count)s posts are in review")
    return Todo(text, f"{reverse('team:posts')}?status={Post.Status.REVIEW}") if number else None
