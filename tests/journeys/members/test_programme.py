"""The programme in a real Chromium: filters in place, choosing and booking on it, what sticks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from events.models import Event
from tests import make
from tests.journeys.an_event import TITLES, fill, session
from tests.journeys.keyboard import assert_focus_is_seen, outcome, tab_to
from workshops.models import Booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(event: Event, live_server: LiveServer) -> str:
    return live_server.url + reverse("events:programme", args=[event.slug])


def card(page, event, title):
    return page.locator(f"#session-{session(event, title).pk}")


def booked(registration):
    live = Booking.objects.booked().filter(registration=registration)
    return sorted(live.values_list("session__title", flat=True))


def test_a_filter_answers_in_place_counts_and_keeps_the_focus(event, ada, programme, open_as):
    fill(event, "Run charts")
    page = open_as(ada, programme)

    page.get_by_label("Format").focus()
    page.get_by_label("Format").select_option("workshop")
    page.get_by_role("status").get_by_text("6 of 7 sessions").wait_for()

    assert page.url == f"{programme}?format=workshop"
    assert page.evaluate("document.activeElement.id") == "id_format"
    page.get_by_label("With free places (5)").check()
    page.get_by_role("status").get_by_text("5 of 7 sessions").wait_for()
    assert page.url == f"{programme}?format=workshop&places=on"
    page.get_by_role("link", name="Clear filters").click()
    page.get_by_role("status").get_by_text("7 sessions", exact=True).wait_for()
    assert page.url == programme


def test_the_way_back_from_a_filter_is_the_browsers_own(event, ada, programme, open_as):
    page = open_as(ada, programme)
    page.get_by_role("searchbox", name="Words").fill("plain")
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("1 of 7 sessions").wait_for()

    page.go_back()

    page.get_by_role("status").get_by_text("7 sessions", exact=True).wait_for()
    assert card(page, event, "Pathways").is_visible()


def test_filters_work_without_javascript(event, ada, programme, open_as):
    page = open_as(ada, programme, java_script_enabled=False)

    page.get_by_role("searchbox", name="Words").fill("nothing like it")
    page.get_by_label("Format").select_option("plenary")
    page.get_by_role("button", name="Show").click()

    assert "0 of 7 sessions" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Without “nothing like it”: 1 session").click()
    assert "1 of 7 sessions" in page.get_by_role("status").inner_text()


def test_booking_on_the_programme_changes_what_stands_beside_it(event, ada, programme, open_as):
    page = open_as(ada, programme)

    card(page, event, "Run charts").get_by_role("button", name="Book a place").click()

    card(page, event, "Run charts").get_by_text("Booked", exact=True).wait_for()
    card(page, event, "Pathways").get_by_role("link", name="Swap with “Run charts”").wait_for()
    page.locator("#programme-bar").get_by_text("1 booked.").wait_for()
    assert outcome(page) == "Booked, Run charts"
    assert "is-yours" in card(page, event, "Run charts").get_attribute("class")


@pytest.mark.parametrize("has_javascript", [True, False])
def test_choices_are_made_and_booked_on_the_programme(live_server, open_as, has_javascript):
    opens = timezone.now() + timedelta(days=1)
    day = (timezone.now() + timedelta(days=14)).date()
    event = make.event(first_day=day, last_day=day, booking_opens_at=opens)
    for hour, title in enumerate(TITLES, start=10):
        make.workshop(event, hour=hour, title=title)
    ada = make.registration(event, make.member("Ada"))
    address = live_server.url + reverse("events:programme", args=[event.slug])
    page = open_as(ada, address, width=360, java_script_enabled=has_javascript)

    for number, title in enumerate(TITLES, start=1):
        card(page, event, title).get_by_role("button", name="Choose").click()
        page.locator("#programme-bar").get_by_text(f"{number} chosen.").wait_for()
    type(event).objects.filter(pk=event.pk).update(booking_opens_at=timezone.now())
    page.goto(address)
    page.get_by_role("button", name="Book my 4 choices").click()

    page.get_by_role("heading", name="My agenda").wait_for()
    assert booked(ada) == sorted(TITLES)


def test_four_workshops_are_booked_by_keyboard_and_the_focus_is_never_lost(live_server, open_as):
    day = (timezone.now() + timedelta(days=14)).date()
    event = make.event(first_day=day, last_day=day)
    for hour in (10, 12, 14, 16):
        for number in range(4):
            make.workshop(event, hour=hour, title=f"{hour} o'clock, {number}")
    ada = make.registration(event, make.member("Ada"))
    page = open_as(ada, live_server.url + reverse("workshops:agenda", args=[event.slug]))

    pressed = 0
    for hour in (10, 12, 14, 16):
        pressed += tab_to(page, f"Book a place: {hour} o'clock, 0")
        page.keyboard.press("Enter")
        card(page, event, f"{hour} o'clock, 0").get_by_text("Booked", exact=True).wait_for()
        assert outcome(page) == f"Booked, {hour} o'clock, 0"
        assert_focus_is_seen(page)

    assert len(booked(ada)) == 4
    assert pressed + 4 <= 36


def requests_for(page, words):
    """The addresses with these words that the page asks for from now on."""
    asked = []
    page.on("request", lambda one: asked.append(one.url) if words in one.url else None)
    return asked


@pytest.mark.parametrize("where", ["programme", "agenda"])
def test_places_follow_while_the_page_is_visible_and_rest_while_it_is_not(
    event, ada, live_server, open_as, where
):
    name = {"programme": "events:programme", "agenda": "workshops:agenda"}[where]
    page = open_as(ada, live_server.url + reverse(name, args=[event.slug]))
    page.clock.install()
    page.reload()
    asked = requests_for(page, "/agenda/")

    fill(event, "Afternoon one", waiting=1)
    page.clock.run_for(31_000)
    card(page, event, "Afternoon one").get_by_text("Full. 1 waiting").wait_for()
    card(page, event, "Afternoon one").get_by_role("button", name="Join the waiting list").wait_for()
    before = [one.split("/agenda/")[1].partition("?")[0] for one in asked]

    page.evaluate(HIDE, True)
    page.clock.run_for(600_000)
    assert (before, len(asked)) == (["places/", "parts/"], 2)

    with page.expect_request("**/agenda/now/"):
        page.evaluate(HIDE, False)


HIDE = """(hidden) => {
    Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.mark.parametrize("where", ["events:programme", "workshops:agenda"])
def test_at_400_per_cent_nothing_scrolls_sideways_and_nothing_sticks(event, ada, live_server, open_as, where):
    page = open_as(ada, live_server.url + reverse(where, args=[event.slug]), width=320, height=256)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(STUCK) == 0


@pytest.mark.parametrize(("width", "height"), [(360, 640), (768, 900), (1280, 720), (1280, 256)])
@pytest.mark.parametrize("where", ["events:programme", "workshops:agenda"])
def test_what_sticks_leaves_the_screen_to_the_sessions_and_covers_no_jump(
    event, ada, live_server, open_as, where, width, height
):
    page = open_as(ada, live_server.url + reverse(where, args=[event.slug]), width=width, height=height)

    page.evaluate(f"location.hash = 'session-{session(event, 'Small tests').pk}'")
    page.evaluate(SCROLLED)

    assert page.evaluate(STUCK) <= height / 4
    top = page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    assert top >= page.evaluate(STUCK) - 1


#: Waits for the browser to scroll. (Playwright's own way of waiting asks for eval, which our policy refuses.)
SCROLLED = """new Promise((done, fail) => {
    if (scrollY) done();
    addEventListener('scroll', done, { once: true });
    setTimeout(fail, 10_000, new Error("nothing moved"));
})"""
#: How far down the screen day and time cover the column of the cards where they stick.
STUCK = """() => Math.max(0, ...[
    ...document.querySelectorAll('.day-links, .timeline-day-title, .timeline-time')]
    .filter((one) => getComputedStyle(one).position === 'sticky' && one.getBoundingClientRect().top <= 100)
    .filter((one) => one.getBoundingClientRect().right > 400 || innerWidth < 992)
    .map((one) => one.getBoundingClientRect().bottom))"""
