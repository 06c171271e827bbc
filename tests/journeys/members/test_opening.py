"""Booking opens while an agenda or a programme is open: the page turns by itself, and asks for nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Event, Registration
from tests import make
from tests.journeys.an_event import session
from tests.journeys.keyboard import outcome
from tests.make import BY
from workshops.models import Booking
from workshops.places import choices

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: The opening comes before a page looks again, which is after 10 to 30 seconds by chance.
AHEAD = timedelta(seconds=25)
LATE_ROUNDS = "Math.random = () => 1"


@pytest.fixture
def event() -> Event:
    """An event whose booking opens in a moment: a workshop in the morning, one in the afternoon."""
    day = (timezone.now() + timedelta(days=14)).date()
    made = make.event(first_day=day, last_day=day, booking_opens_at=timezone.now() + AHEAD)
    make.workshop(made, title="Pathways")
    make.workshop(made, hour=14, title="Run charts")
    return made


@pytest.fixture
def opened(ada: Registration, live_server: LiveServer, open_as: Callable[..., Page]) -> Callable[..., Page]:
    """Ada's page with a clock that can be put forward; ``device`` is by how much theirs is wrong."""

    def open_page(where: str, device: timedelta = timedelta()) -> Page:
        address = live_server.url + reverse(where, args=[ada.event.slug])
        page = open_as(ada, "about:blank")
        page.add_init_script(LATE_ROUNDS)
        page.clock.install(time=timezone.now() + device)
        page.goto(address)
        return page

    return open_page


def card(page, event, title):
    return page.locator(f"#session-{session(event, title).pk}")


def open_now(page, event):
    """Let the moment come, here and there; return what the page asked for meanwhile."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.clock.run_for(AHEAD.total_seconds() * 1000 + 1000)
    type(event).objects.filter(pk=event.pk).update(booking_opens_at=timezone.now())
    return asked


@pytest.mark.parametrize("where", ["workshops:agenda", "events:programme"])
def test_at_the_opening_choose_becomes_book_and_nothing_is_asked_for(event, ada, opened, where):
    choices.choose(session(event, "Run charts"), ada, by=BY, at=timezone.now())
    page = opened(where)
    chosen, free = card(page, event, "Run charts"), card(page, event, "Pathways")
    expect(free.get_by_role("button")).to_have_accessible_name("Choose: Pathways")
    expect(page.get_by_role("button", name="Book my choice")).to_be_hidden()

    asked = open_now(page, event)

    expect(free.get_by_role("button")).to_have_accessible_name("Book a place: Pathways")
    expect(chosen.get_by_text("Chosen, not booked yet", exact=True)).to_be_visible()
    expect(chosen.get_by_role("button")).to_have_text(
        ["Book a place: Run charts", "Take out of my choices: Run charts"]
    )
    expect(chosen.get_by_role("heading")).to_contain_text(", chosen, not booked yet")
    expect(page.get_by_text("Booking opens")).to_be_hidden()
    assert asked == []

    page.get_by_role("button", name="Book my choice").click()
    page.get_by_text("Booked: “Run charts”.").wait_for()


@pytest.mark.parametrize("where", ["workshops:agenda", "events:programme"])
def test_what_has_opened_by_itself_books_in_place(event, ada, opened, where):
    page = opened(where)

    open_now(page, event)
    card(page, event, "Pathways").get_by_role("button", name="Book a place").click()

    card(page, event, "Pathways").get_by_text("Booked", exact=True).wait_for()
    assert outcome(page) == "Booked, Pathways"
    assert Booking.objects.booked().filter(registration=ada).count() == 1


def test_the_focus_goes_on_to_the_button_that_comes_in_anothers_place(event, ada, opened):
    page = opened("workshops:agenda")
    card(page, event, "Pathways").get_by_role("button", name="Choose").focus()

    open_now(page, event)

    expect(card(page, event, "Pathways").get_by_role("button", name="Book a place")).to_be_focused()


@pytest.mark.parametrize("days", [-2, 2])
def test_it_opens_by_the_servers_clock_whatever_the_device_says(event, ada, opened, days):
    page = opened("workshops:agenda", device=timedelta(days=days))
    button = card(page, event, "Pathways").get_by_role("button")
    expect(button).to_have_accessible_name("Choose: Pathways")

    open_now(page, event)

    expect(button).to_have_accessible_name("Book a place: Pathways")


def test_a_session_with_an_opening_of_its_own_opens_alone(event, ada, opened):
    later = session(event, "Run charts")
    type(later).objects.filter(pk=later.pk).update(booking_opens_at=timezone.now() + timedelta(days=1))
    page = opened("workshops:agenda")

    open_now(page, event)

    expect(card(page, event, "Pathways").get_by_role("button")).to_have_accessible_name(
        "Book a place: Pathways"
    )
    expect(card(page, event, "Run charts").get_by_role("button")).to_have_accessible_name(
        "Choose: Run charts"
    )


def test_without_a_script_an_old_page_says_why_nothing_is_chosen(event, ada, agenda, open_as):
    page = open_as(ada, agenda, java_script_enabled=False)
    type(event).objects.filter(pk=event.pk).update(booking_opens_at=timezone.now())

    card(page, event, "Pathways").get_by_role("button", name="Choose").click()

    card(page, event, "Pathways").get_by_role("button", name="Book a place").wait_for()
    expect(card(page, event, "Pathways")).to_contain_text("Nothing has changed")
