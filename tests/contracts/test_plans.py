"""How what is asked most is found among many rows: no table that grows is read from end to end."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blog.models import Post
from comments.models import Comment
from comments.moderation import digest
from events import registration
from events.models import Event, Session
from members.models import Member
from notifications import delivery, kept
from tests import make, past
from workshops.letters import booking_opened
from workshops.places import choices_after_approval, waiting_list

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Tables that have more rows every year.
GROW: Final = frozenset(
    {
        *("audit_entry", "blog_post", "comments_comment", "events_registration", "events_session"),
        *("notifications_message", "workshops_booking"),
    }
)
#: Once a minute the places of all sessions are looked through, narrow rows of which one stands for hundreds
#: of bookings.
ALLOWED: Final = {"places": {"events_session"}}
BOOKINGS: Final = 20_000
POSTS, COMMENTS = 300, 3_000
#: What has a plan; the rest begins and ends transactions.
PLANNED: Final = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
Act = Callable[[], Any]


def conversations() -> Post:
    """A blog with a conversation below each post; return the newest."""
    now = timezone.now()
    posts = [make.post(f"Rota {n}", published_at=now - timedelta(days=n + 1)) for n in range(POSTS)]
    Comment.objects.bulk_create(
        Comment(
            post=posts[n % POSTS],
            guest_name=f"Guest {n}",
            body=f"Thank you for this, {n}.",
            status="published",
            submission=uuid4(),
            created_at=now - timedelta(days=n),
            published_at=now - timedelta(days=n),
            status_changed_at=now - timedelta(days=n),
        )
        for n in range(COMMENTS)
    )
    return posts[0]


@dataclass(frozen=True)
class World:
    """An event that is open for booking, after years of others."""

    event: Event
    free: Session
    full: Session
    post: Post
    member: Member
    staff: Member

    @classmethod
    def made(cls) -> "World":
        """Make it, and tell Postgres how many rows there are."""
        event = make.event_ahead()
        sessions = [make.workshop(event, hour=8 + n / 2, hours=0.4) for n in range(20)]
        full = make.workshop(event, capacity=0, hour=20)
        people = [one.member for one in make.crowd(event, 100)]
        staff = make.member("Alex", is_staff=True, is_superuser=True)
        post = conversations()
        past.add(BOOKINGS, people)
        return cls(event, sessions[0], full, post, people[0], staff)

    def acts(self) -> dict[str, Act]:
        """Return what is done most, by name."""
        hers, admin = _client(self.member), _client(self.staff)
        return {
            **{name: partial(hers.get, url) for name, url in self._pages().items()},
            "book": partial(hers.post, self._act("book", self.free)),
            "agenda with a booking": partial(hers.get, reverse("workshops:agenda", args=[self.event.slug])),
            "give up": partial(hers.post, self._act("cancel", self.free)),
            "join a line": partial(hers.post, self._act("book", self.full)),
            **{name: partial(sweep, at=timezone.now()) for name, sweep in SWEEPS.items()},
            **{f"admin {name}": partial(admin.get, url) for name, url in _lists().items()},
        }

    def _act(self, name: str, session: Session) -> str:
        return reverse(f"workshops:{name}", args=[self.event.slug, session.slug])

    def _pages(self) -> dict[str, str]:
        of_event = ("events:programme", "workshops:agenda", "workshops:agenda_now", "events:register")
        return {
            **{name: reverse(name, args=[self.event.slug]) for name in of_event},
            "home": reverse("home"),
            "event": self.event.get_absolute_url(),
            "session": self.free.get_absolute_url(),
            "blog": reverse("blog:list"),
            "post": self.post.get_absolute_url(),
        }


def _client(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def _lists() -> dict[str, str]:
    """Return the longest lists of the admin, and searches in them: for a name, and for who is not there."""
    found: dict[str, str] = {}
    for name in ("workshops_booking", "notifications_message", "events_registration"):
        url = reverse(f"admin:{name}_changelist")
        found |= {name: url, f"{name}, a name": f"{url}?q=member+7", f"{name}, nobody": f"{url}?q=nobody@x"}
    return found


SWEEPS: Final[dict[str, Callable[..., Any]]] = {
    "places": waiting_list.sweep,
    "promises": choices_after_approval.keep,
    "registrations": registration.sweep,
    "opened": booking_opened.tell_opened,
    "claim": delivery.claim,
    "recover": delivery.recover,
    "letters that are kept": kept.forget,
    "digest": digest.tell_moderators,
}


def asked_by(act: Act) -> list[str]:
    """Do it; return the statements that it asked."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [one["sql"] for one in asked if PLANNED.match(one["sql"])]


def read_whole(statement: str) -> set[str]:
    """Return which growing tables Postgres would read from end to end for a statement.

    One that is read for its first rows only, whichever they are, is not.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        (plan,) = cursor.fetchone()
    return set(_whole(plan[0]["Plan"], is_cut=False)) & GROW


def _whole(node: dict[str, Any], *, is_cut: bool) -> Iterator[str]:
    kind = node["Node Type"]
    if kind == "Seq Scan" and not is_cut:
        yield node["Relation Name"]
    # What passes rows on as they come ends with the limit above it.
    is_cut = kind == "Limit" or (is_cut and kind in ("Subquery Scan", "Result", "Nested Loop"))
    for one in node.get("Plans", ()):
        yield from _whole(one, is_cut=is_cut)


def test_no_act_page_or_sweep_reads_a_table_that_grows_from_end_to_end() -> None:
    world = World.made()

    found = {name: set().union(*map(read_whole, asked_by(act))) for name, act in world.acts().items()}

    assert {name: tables for name, tables in found.items() if tables} == ALLOWED


def test_what_reads_a_table_from_end_to_end_is_noticed() -> None:
    World.made()

    assert read_whole("SELECT count(*) FROM workshops_booking WHERE ended = 'staff'") == {"workshops_booking"}
