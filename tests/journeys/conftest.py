"""Ada, the event they are registered for, and their browser; a file of journeys may have others."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests import make
from tests.comments.conversation import moderator
from tests.journeys.an_event import TITLES
from tests.journeys.moderating import QUEUE


@pytest.fixture
def event():
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
def ada(event):
    return make.registration(event, make.member("Ada"))


@pytest.fixture
def agenda(event, live_server):
    return live_server.url + reverse("workshops:agenda", args=[event.slug])


@pytest.fixture
def open_as(browser_context, client, live_server):
    """Open an address as a member, in a browser of their own; ``options`` are those of its context."""

    def open_page(registration, address, **options):
        client.force_login(registration.member)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context = browser_context(**options)
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(address)
        return page

    return open_page


@pytest.fixture
def mo():
    return moderator("Mo")


@pytest.fixture
def desk(mo, client, browser_context, live_server):
    """Open a page of moderation in Mo's browser; ``keys`` switches the single keys on."""

    def open_page(path=QUEUE, *, keys=False, **options):
        client.force_login(mo)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context = browser_context(**options)
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + path)
        if keys:
            page.get_by_label("Single keys").check()
        return page

    return open_page


@pytest.fixture
def eve():
    member = make.member("Eve", is_staff=True)
    member.groups.add(Group.objects.get_or_create(name="Blog editor")[0])
    member.is_superuser = True
    member.save()
    return member


@pytest.fixture
def post_desk(eve, client, browser_context, live_server):
    """Open the form of a post in Eve's browser."""

    def open_page(post, rest="", **options):
        client.force_login(eve)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context = browser_context(**options)
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + reverse("team:post_edit", args=[post.pk]) + rest)
        if options.get("java_script_enabled", True):
            expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
        return page

    return open_page
