"""How far one scrolls on a phone with the demo's own programme: 360 by 640 px, the smallest in common use."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events import registration
from events.models import Event, Session
from members.models import Member
from qevent.demo import load
from tests.found import found
from tests.make import BY
from workshops.places import booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREEN = {"width": 360, "height": 640}
TOP = "(selector) => Math.round(document.querySelector(selector).getBoundingClientRect().top + scrollY)"
HEIGHT = "document.documentElement.scrollHeight"


@pytest.fixture
def event() -> Event:
    return found(load.load(at=timezone.now()))


@pytest.fixture
def bo(event):
    """Bo has registered and booked nothing."""
    return registration.register(event, Member.objects.get(email="bo@example.org"), by=BY, at=timezone.now())


def book_one_in_each_slot(event, bo):
    """Book what has places; Bo's whole time is decided then."""
    workshops = Session.objects.filter(event=event, workshop__isnull=False).select_related("workshop")
    free = {one.starts_at: one for one in workshops if not one.workshop.is_full}
    assert set(free) == {one.starts_at for one in workshops}
    for one in free.values():
        booking.book(one, bo, by=BY, at=timezone.now())


def test_the_agenda_is_short_and_shorter_when_all_is_decided(event, bo, live_server, open_as):
    page = open_as(bo, live_server.url + reverse("workshops:agenda", args=[event.slug]), **SCREEN)
    before, undecided = page.evaluate(HEIGHT), page.evaluate(TOP, ".agenda-slot:not(.is-settled)")

    book_one_in_each_slot(event, bo)
    page.reload()
    after = page.evaluate(HEIGHT)

    assert before <= 6100
    assert undecided <= 2 * SCREEN["height"]
    assert after <= 3500
    assert page.locator(".agenda-slot:not(.is-settled)").count() == 0
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize("who", ["visitor", "registered"])
def test_the_programmes_first_session_is_near_and_its_days_stay_in_sight(
    event, bo, live_server, open_as, browser_context, who
):
    address = live_server.url + reverse("events:programme", args=[event.slug])
    if who == "registered":
        page = open_as(bo, address, **SCREEN)
    else:
        page = browser_context(**SCREEN).new_page()
        page.goto(address)

    assert page.evaluate(TOP, ".card-session") <= 800
    days = page.get_by_role("navigation", name="Days")
    page.locator("#day-on-demand").scroll_into_view_if_needed()
    assert days.bounding_box()["y"] == 0
    days.get_by_role("link", name="Thursday").click()
    thursday = page.get_by_role("heading", level=2, name="Thursday").bounding_box()
    assert thursday["y"] == pytest.approx(days.bounding_box()["height"], abs=20)
