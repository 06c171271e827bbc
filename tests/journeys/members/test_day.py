"""The day itself: from the front page into the meeting in two taps, and what is new comes to who looks."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Event, Registration, Session
from live import notices
from live.models import Attendance
from tests import firefox, make
from tests.browser import PHONE
from tests.contracts import people
from tests.found import found
from workshops.places import booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Now and next asks again 20 to 40 seconds after it last did, by chance.
NEXT_ROUND = 41_000
#: A small phone: what is further down is not seen at once.
SCREEN = {"width": PHONE, "height": 640}


#: With a picture for its tab, which browsers would ask for.
ROOM = b"<!doctype html><link rel='icon' href='data:,'><title>Room</title><h1>You are in</h1>"


class Room(BaseHTTPRequestHandler):
    """A page of another site: the meeting."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(
            b"<!doctype html><link rel=icon href='data:,'><title>Room</title><h1>You are in</h1>"
        )

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def meeting() -> Iterator[str]:
    """The address of a meeting, on a site that is not ours."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Room) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/j/1"
        server.shutdown()


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """It is ten in the morning, and goes on."""
    with time_machine.travel(timezone.now().replace(hour=10, minute=0), tick=True):
        yield


@pytest.fixture
def event() -> Event:
    return make.event(first_day=timezone.localdate(), last_day=timezone.localdate(), title="Community event")


@pytest.fixture
def flow(event: Event, ada: Registration, meeting: str) -> Session:
    """A workshop that starts in ten minutes, in which Ada has a place."""
    starts_at = timezone.now() + timedelta(minutes=10)
    times: dict[str, Any] = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    made = make.workshop(event, title="Flow", slug="flow", join_url=meeting, **times)
    booking.book(made, ada, by=make.BY, at=timezone.now())
    return made


def lower_end(button: Locator) -> float:
    box = found(button.bounding_box())
    return box["y"] + box["height"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_the_front_page_two_taps_lead_into_the_meeting(flow, ada, live_server, open_as, scripts):
    page = open_as(ada, live_server.url, java_script_enabled=scripts, **SCREEN)
    join, way = page.get_by_role("button", name="Join"), page.get_by_role("link", name="Join now")
    lower_ends = [lower_end(join)]
    join.click()
    lower_ends.append(lower_end(way))

    way.click()

    expect(page.get_by_role("heading", name="You are in")).to_be_visible()
    assert page.url == flow.join_url
    assert max(lower_ends) <= SCREEN["height"]
    assert Attendance.objects.get().joined_at is not None


@pytest.mark.needs_firefox
def test_in_firefox_two_taps_lead_into_the_meeting(flow, ada, client, live_server, tmp_path):
    client.force_login(ada.member)
    with firefox.launched(tmp_path, live_server.url) as browser:
        browser.goto("/")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        browser("WebDriver:AddCookie", cookie=cookie)
        browser.goto("/")
        browser.press("Join: Flow")
        browser.press("Join now")
        heading = browser.heading()

    assert heading == "You are in"
    assert Attendance.objects.get().joined_at is not None


@pytest.fixture
def now_page(flow: Session, ada: Registration, live_server: LiveServer, open_as: Callable[..., Page]) -> Page:
    """Now and next in Ada's browser, whose clock can be put forward; it counts what it asks for."""
    page = open_as(ada, "about:blank")
    page.clock.install(time=timezone.now())
    page.goto(live_server.url + reverse("live:now", args=[flow.event.slug]))
    return page


def asked_of(page: Page) -> list[str]:
    """Return a list that grows with each address that the page asks for, without the site's own."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(urlsplit(one.url).path))
    return asked


def test_what_the_team_says_comes_to_whoever_looks_at_now_and_next(flow, event, now_page):
    quiet = now_page.get_by_role("main").inner_text()
    asked = asked_of(now_page)
    notices.put(event, "The site has trouble.", by=people.staff("Event admin"), at=timezone.now())

    now_page.clock.run_for(NEXT_ROUND)

    expect(now_page.locator("#day-notices")).to_contain_text("The site has trouble.")
    assert "The site has trouble." not in quiet
    assert asked == [reverse("live:version", args=[event.slug]), reverse("live:now", args=[event.slug])]


def test_what_the_team_says_comes_to_an_open_agenda_and_goes_when_it_is_taken_down(
    flow, event, ada, live_server, open_as
):
    page = open_as(ada, "about:blank")
    page.clock.install(time=timezone.now())
    page.goto(live_server.url + reverse("workshops:agenda", args=[event.slug]))
    place, asked, staff = page.locator("#day-notices"), asked_of(page), people.staff("Event admin")

    with page.expect_response("**/agenda/places/**"):
        page.clock.run_for(NEXT_ROUND)
    while_nothing_was_said = list(asked)
    notice = notices.put(event, "The site has trouble.", by=staff, at=timezone.now())
    with page.expect_response("**/agenda/now/"):
        page.clock.run_for(NEXT_ROUND)
    expect(place).to_contain_text("The site has trouble.")
    notices.take_down(event, notice.pk, by=staff, at=timezone.now())
    with page.expect_response("**/agenda/now/"):
        page.clock.run_for(NEXT_ROUND)

    expect(place).to_have_text("")
    assert reverse("workshops:agenda", args=[event.slug]) not in while_nothing_was_said


def test_while_nothing_changes_only_the_small_answer_is_asked_for(event, now_page):
    asked = asked_of(now_page)

    with now_page.expect_response("**/version/"):
        now_page.clock.run_for(NEXT_ROUND)

    assert set(asked) == {reverse("live:version", args=[event.slug])}


def test_a_page_that_nobody_sees_asks_for_nothing_and_looks_as_soon_as_it_is_seen(event, now_page):
    asked = asked_of(now_page)
    hide(now_page, True)

    for _ in range(3):
        now_page.clock.run_for(NEXT_ROUND)
        now_page.evaluate("fetch('/contact/').then((one) => one.text())")  # what was asked for before is here
    while_hidden = [one for one in asked if one != "/contact/"]
    asked.clear()
    with now_page.expect_response("**/version/"):
        hide(now_page, False)

    assert while_hidden == []
    assert asked == [reverse("live:version", args=[event.slug])]


def hide(page: Page, is_hidden: bool) -> None:
    """Put another tab before the page, or it before the others."""
    page.evaluate(
        """(hidden) => {
            Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_hidden,
    )
