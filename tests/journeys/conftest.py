"""Ada, the event they are registered for, and their browser; a file of journeys may have others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from blog.models import Post
from events.models import Event, Registration
from members.models import Member
from tests import make
from tests.browser import Contexts
from tests.comments.conversation import moderator
from tests.journeys.an_event import TITLES
from tests.journeys.moderating import QUEUE


@pytest.fixture
def event() -> Event:
    """An event in two weeks: an opening plenary, four workshops at 10:00 and two at 14:00."""
    day = (timezone.now() + timedelta(days=14)).date()
    made = make.event(first_day=day, last_day=day, title="Community event")
    make.session(made, hour=9, title="Welcome", format="plenary")
    for title in TITLES:
        make.workshop(made, capacity=3, title=title)
    for title in ("Afternoon one", "Afternoon two"):
        make.workshop(made, hour=14, title=title)
    return made


@pytest.fixture
def ada(event: Event) -> Registration:
    return make.registration(event, make.member("Ada"))


@pytest.fixture
def agenda(event: Event, live_server: LiveServer) -> str:
    return live_server.url + reverse("workshops:agenda", args=[event.slug])


def _page(context: BrowserContext, client: Client, live_server: LiveServer, address: str) -> Page:
    """Open an address in a browser that is logged in as the client is."""
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(address)
    return page


@pytest.fixture
def open_as(browser_context: Contexts, client: Client, live_server: LiveServer) -> Callable[..., Page]:
    """Open an address as a member, in a browser of their own; ``options`` are those of its context."""

    def open_page(registration: Registration, address: str, **options: Any) -> Page:
        client.force_login(registration.member)
        return _page(browser_context(**options), client, live_server, address)

    return open_page


@pytest.fixture
def mo() -> Member:
    return moderator("Mo")


@pytest.fixture
def desk(
    mo: Member, client: Client, browser_context: Contexts, live_server: LiveServer
) -> Callable[..., Page]:
    """Open a page of moderation in Mo's browser; ``keys`` switches the single keys on."""

    def open_page(path: str = QUEUE, *, keys: bool = False, **options: Any) -> Page:
        client.force_login(mo)
        page = _page(browser_context(**options), client, live_server, live_server.url + path)
        if keys:
            page.get_by_label("Single keys").check()
        return page

    return open_page


@pytest.fixture
def eve() -> Member:
    member = make.member("Eve", is_staff=True)
    member.groups.add(Group.objects.get_or_create(name="Blog editor")[0])
    member.is_superuser = True
    member.save()
    return member


@pytest.fixture
def post_desk(
    eve: Member, client: Client, browser_context: Contexts, live_server: LiveServer
) -> Callable[..., Page]:
    """Open the form of a post in Eve's browser."""

    def open_page(post: Post, rest: str = "", **options: Any) -> Page:
        client.force_login(eve)
        address = live_server.url + reverse("team:post_edit", args=[post.pk]) + rest
        page = _page(browser_context(**options), client, live_server, address)
        if options.get("java_script_enabled", True):
            expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
        return page

    return open_page
