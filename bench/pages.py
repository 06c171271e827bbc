"""What each page costs, with 300 sessions, 5,000 members, 10,000 bookings and 10,000 messages.

    python -m bench.pages [WORDS ...]

Run it with the site's own environment (DATABASE_URL, REDIS_URL). It makes a scratch database of its own,
fills it (bench/world.py), asks for each page through Django's test client in this process, and drops
the database again. With WORDS only pages with one of them in their name are measured.

The columns: queries; processor time in milliseconds, of Python and of Postgres (Linux, on the same machine;
else 0), each the median of five after one to warm up; the sum as a multiple of the yardstick, which is a view
that loads session and user and does SELECT 1, in the same run; kilobytes, as they are and gzipped.
"""

import sys
from urllib.parse import urlsplit

from bench import cost, scratch, world  # isort: skip

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from bench.cost import Cost, Page
from events.models import Event, Session
from members.models import Member
from qevent import urls
from team.models import Announcement
from workshops.letters import calendar_feed

YARDSTICK = "yardstick"
WIDTH = 38


def yardstick(request: HttpRequest) -> HttpResponse:
    """Do what every page must: the session, the user, one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(str(request.user))


def pages(event: Event) -> list[Page]:
    """Name every page that is measured."""
    session = event.sessions.order_by("pk")[0]
    theme = event.themes.order_by("pk")[0]
    public = {
        "home": reverse("home"),
        "events": reverse("events:list"),
        "event": event.get_absolute_url(),
        "programme": reverse("events:programme", args=[event.slug]),
        "session": session.get_absolute_url(),
        "theme": reverse("events:theme", args=[event.slug, theme.slug]),
    }
    found = [Page(YARDSTICK, "/yardstick/", "busy")]
    found += [Page(f"{name}, visitor", url) for name, url in public.items()]
    found += [Page(f"{name}, registered", url, "busy") for name, url in public.items()]
    hers = {
        "agenda": "workshops:agenda",
        "agenda, now": "workshops:agenda_now",
        "register": "events:register",
    }
    for who, words in (("few", f"{world.FEW} bookings"), ("busy", f"{world.FULL} bookings")):
        found += [
            Page(f"{name}, {words}", reverse(url, args=[event.slug]), who) for name, url in hers.items()
        ]
        member = Member.objects.get(email=f"{who}@example.org")
        calendar_feed.make_address(member, at=timezone.now())
        found.append(Page(f"calendar, {words}", urlsplit(calendar_feed.address(member)).path))
    return [*found, *admin_pages(session), *team_pages(session)]


def team_pages(session: Session) -> list[Page]:
    """Name the pages of the team: what waits, people, an event and its sessions."""
    busy, few = (Member.objects.get(email=f"{who}@example.org") for who in ("busy", "few"))
    event, staff, now = session.event, Member.objects.get(email="staff@example.org"), timezone.now()
    to_all = Announcement.objects.create(
        subject="News", words="<p>Hello.</p>", written_by=staff, created_at=now, changed_at=now
    )
    of_session = [event.slug, session.slug]
    pages = {
        "first page": reverse("team:index"),
        "approvals": reverse("team:approvals"),
        "find a person": f"{reverse('team:people')}?q=member12",
        f"person, {world.FULL} bookings": reverse("team:person", args=[busy.pk]),
        "event": reverse("team:event", args=[event.slug]),
        "session": reverse("team:session", args=[event.slug, session.slug]),
        "session, cancelling it": reverse("team:session_cancel", args=of_session),
        "event, using it again": reverse("team:event_copy", args=[event.slug]),
        "two accounts of one person": reverse("team:person_merge_with", args=[busy.pk, few.pk]),
        "access needs": reverse("team:needs"),
        "announcements": reverse("team:announcements"),
        "announcement to all": reverse("team:announcement", args=[to_all.pk]),
        "moderation": reverse("team:moderation"),
        "posts": reverse("team:posts"),
    }
    return [Page(f"team, {name}", url, "staff") for name, url in pages.items()]


def admin_pages(session: Session) -> list[Page]:
    """Name the lists of the admin, searches in the long ones, and the form of a booked session."""
    lists = (
        *("members_member", "members_listedaddress", "events_event", "events_session", "events_theme"),
        *("events_contributor", "events_registration", "workshops_booking", "notifications_message"),
    )
    found = [Page(f"admin {name}", reverse(f"admin:{name}_changelist"), "staff") for name in lists]
    for name in ("members_member", "events_registration", "workshops_booking", "notifications_message"):
        url = reverse(f"admin:{name}_changelist")
        found.append(Page(f"admin {name}, search", f"{url}?q=member12", "staff"))
    change = reverse("admin:events_session_change", args=[session.pk])
    return [*found, Page("admin session form", change, "staff")]


def main(words: list[str]) -> None:
    """Measure and print a table."""
    urls.urlpatterns.append(path("yardstick/", yardstick))
    with scratch.database():
        event = world.make()
        clients: dict[str | None, Client] = {None: Client()}
        for who in ("busy", "few", "staff"):
            clients[who] = world.logged_in(who)
        sys.stdout.write(cost.heading(WIDTH))
        unit: Cost | None = None
        for page in pages(event):
            if page.name != YARDSTICK and words and not any(word in page.name for word in words):
                continue
            found = cost.measure(page, clients)
            unit = unit or found
            sys.stdout.write(cost.line(page.name, WIDTH, found, unit))


if __name__ == "__main__":
    main(sys.argv[1:])
