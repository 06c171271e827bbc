"""Every page and state as axe, a narrow screen and a slow line meet it.

Each once and in the light for every day; the long form is every width and both schemes.
"""

from datetime import timedelta

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.utils import timezone

from events.models import Event
from members.models import Member, SiteSettings
from tests import make
from tests.browser import DESK, PHONE
from workshops import booking, calendar

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: The narrowest screen that is promised to do without sideways scrolling (WCAG 2.2, 1.4.10).
NARROWEST = 320
MOST_REQUESTS, MOST_BYTES = 8, 100_000
ERRORS = ["400", "403", "403_csrf", "404", "410", "429", "500", "503"]

FOR_EVERYBODY = [
    "/",
    "/events/",
    "/events/2026/",
    "/events/2026/programme/",
    "/events/2026/programme/?q=nothing+like+it",
    "/events/2026/sessions/run-charts/",
    "/events/2026/sessions/watch-any-time/",
    "/events/2026/themes/fairer-care/",
    "/contact/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/nowhere/",
]
FOR_A_MEMBER = [
    "/",
    "/events/2026/",
    "/events/2026/programme/",
    "/events/2026/sessions/run-charts/",
    "/events/2026/register/",
    "/events/2026/agenda/",
    "/events/2026/cancel/",
    "/calendar/",
    "/members/profile/",
    "/members/membership/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
]
FOR_WHO_IS_NOT_REGISTERED = ["/", "/events/2026/register/", "/events/2026/agenda/", "/events/2026/cancel/"]
#: Forms that were sent as they stand: (who, where).
REFUSED = [
    (None, "/accounts/signup/"),
    (None, "/accounts/login/"),
    (None, "/accounts/login/code/"),
    ("bo", "/events/2026/register/"),
    ("ada", "/accounts/password/change/"),
]


@pytest.fixture
def event():
    """An event with something of each kind: a plenary, workshops open and full, one to watch at any time."""
    SiteSettings.objects.update_or_create(pk=1, defaults={"contact_email": "team@example.org"})
    day = (timezone.now() + timedelta(days=14)).date()
    made = make.event(
        slug="2026", title="Community event", first_day=day, last_day=day, code_of_conduct="Listen first."
    )
    theme = make.theme(made, title="Fairer care", slug="fairer-care", colour="#5a2a8c", summary="For all.")
    make.session(made, hour=9, title="Welcome", format="plenary")
    make.session(
        made, title="Watch any time", slug="watch-any-time", format="on-demand", starts_at=None, ends_at=None
    )
    for title, slug in (("Run charts", "run-charts"), ("Plain words", "plain-words")):
        one = make.workshop(made, capacity=1, title=title, slug=slug, summary="Try it, and talk about it.")
        one.themes.add(theme)
        make.host(one)
    make.workshop(made, hour=14, title="Afternoon", slug="afternoon")
    return made


@pytest.fixture
def people(event):
    """Ada has a place, a position in line and a calendar; Bo is not registered; Winnie waits."""
    now = timezone.now()
    ada = make.registration(event, make.member("Ada", password="three words and more"))
    taken = event.sessions.get(slug="plain-words")
    booking.book(taken, make.registration(event, make.member("Cy")), at=now)
    booking.book(taken, ada, at=now)
    booking.book(event.sessions.get(slug="run-charts"), ada, at=now)
    calendar.make_address(ada.member, at=now)
    waiting = make.member("Winnie", membership=Member.Membership.WAITING)
    return {"ada": ada.member, "bo": make.member("Bo"), "winnie": waiting, None: None}


@pytest.fixture
def open_as(browser_context, client, live_server):
    """A page of a browser in which that member, or nobody, is logged in."""

    def opened(member, **options):
        context = browser_context(**options)
        if member is not None:
            client.force_login(member)
            value = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
        return context.new_page()

    return opened


def look(page):
    """Return what is wrong with the page as it stands: what axe finds, and scrolling sideways."""
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    violations = Axe().run(page).response["violations"]
    problems = [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in violations]
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        problems.append(f"scrolls sideways at {NARROWEST} px")
    page.set_viewport_size({"width": width, "height": 900})
    return problems


def look_everywhere(people, open_as, **options):
    """Return the problems of every page and state, by who is there and where; nothing where there is none."""
    found = {}
    for name, addresses in (
        (None, FOR_EVERYBODY),
        ("ada", FOR_A_MEMBER),
        ("bo", FOR_WHO_IS_NOT_REGISTERED),
        ("winnie", [*FOR_WHO_IS_NOT_REGISTERED, "/members/membership/"]),
    ):
        page = open_as(people[name], **options)
        for address in addresses:
            page.goto(address)
            found[name, address] = look(page)
    for name, address in REFUSED:
        page = open_as(people[name], **options)
        page.goto(address)
        page.locator("main form button[type=submit]").first.click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        found[name, f"{address}, refused"] = look(page)
    found |= look_at_errors(open_as(None, **options))
    return {state: problems for state, problems in found.items() if problems}


def look_at_errors(page):
    """Look at the page of each error, as the browser gets it."""
    found = {}
    for name in ERRORS:
        answer_with(page, "**/error/", render_to_string(f"{name}.html"))
        page.goto("/error/")
        found["error", name] = look(page)
    return found


def answer_with(page, address, body):
    """Let the browser get ``body`` from this address, whatever it got before."""
    page.unroute(address)
    page.route(address, lambda route: route.fulfill(body=body, content_type="text/html"))


def test_no_page_or_state_has_a_fault_that_axe_knows(people, open_as, browser_context):
    found = look_everywhere(people, open_as)

    browser_context.expect_refusals(404)
    assert found == {}


@pytest.mark.full
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nor_at_any_width_in_any_scheme(people, open_as, browser_context, scheme, width):
    found = look_everywhere(people, open_as, width=width, color_scheme=scheme)

    browser_context.expect_refusals(404)
    assert found == {}


def test_before_anything_is_planned_the_pages_hold_as_well(browser_page):
    found = {}

    for address in ("/", "/events/", "/contact/"):
        browser_page.goto(address)
        found[address] = look(browser_page)

    assert found == {"/": [], "/events/": [], "/contact/": []}


def test_what_has_not_opened_was_cancelled_or_is_over_holds_as_well(event, people, open_as):
    today = timezone.now().date()
    page, found = open_as(people["ada"]), {}
    for state, fields in (
        ("not open", {"booking_opens_at": timezone.now() + timedelta(days=1)}),
        ("cancelled", {"status": Event.Status.CANCELLED}),
        ("over", {"status": Event.Status.ARCHIVED, "first_day": today - timedelta(days=9)}),
    ):
        Event.objects.filter(pk=event.pk).update(**fields)
        for address in ("/events/2026/", "/events/2026/agenda/", "/events/2026/sessions/run-charts/"):
            page.goto(address)
            found[state, address] = look(page)

    assert {state: problems for state, problems in found.items() if problems} == {}


def test_a_code_page_holds_while_it_waits_and_when_the_code_is_wrong(browser_page):
    page = browser_page
    page.goto("/accounts/login/code/")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_role("button", name="Email me a code").click()

    page.get_by_role("heading", name="Type in your code").wait_for()
    waiting = look(page)
    page.get_by_label("Code").fill("0000-0000")
    page.locator("main").get_by_role("button", name="Log in").click()
    page.get_by_role("heading", name="There is a problem").wait_for()

    assert (waiting, look(page)) == ([], [])


@pytest.mark.parametrize(
    "address", ["/", "/events/2026/programme/", "/events/2026/sessions/session-1-of-the-day/"]
)
def test_a_first_visit_is_light_and_asks_nobody_else(event, browser_context, live_server, address):
    for number in range(75):
        make.workshop(
            event, hour=8 + number // 8, title=f"Session {number}", slug=f"session-{number}-of-the-day"
        )
    asked = []
    page = browser_context().new_page()
    page.on("requestfinished", lambda request: asked.append((request.url, weight(request))))
    page.on("requestfailed", lambda request: asked.append((request.url, 0)))

    page.goto(address, wait_until="networkidle")

    there = [url for url, _ in asked if not url.startswith("data:")]
    assert [url for url in there if not url.startswith(live_server.url)] == []
    assert len(there) <= MOST_REQUESTS, there
    assert sum(size for _, size in asked) <= MOST_BYTES, asked


def weight(request):
    """How many bytes the answer is on the wire; files are compressed in production, as they are not here."""
    if "/static/" in request.url:
        return len(brotli.compress(request.response().body()))
    return request.sizes()["responseBodySize"]
