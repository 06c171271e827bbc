"""The main job in other browsers: the Firefox of the machine, and lynx, which knows only letters."""

import pytest

from events.models import Event, Registration
from members.models import ListedAddress
from notifications.models import Message
from tests import firefox, letters, make
from tests.text_browser import ENTER, TAB, Lynx
from workshops.models import Booking

pytestmark = [pytest.mark.full, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS, PASSWORD = "ada@example.org", "three words and more"
AGENDA = "/events/2026/agenda/"


@pytest.fixture
def event() -> Event:
    """An event in a month with one workshop; it asks for a code of conduct."""
    made = make.event_ahead(slug="2026", title="Community event", code_of_conduct="Listen first.")
    make.workshop(made, capacity=3, title="Run charts")
    return made


@pytest.mark.needs_firefox
def test_in_firefox_from_the_front_page_to_a_place_in_a_workshop(event, live_server, tmp_path):
    ListedAddress.objects.create(email=ADDRESS)
    with firefox.launched(tmp_path, live_server.url) as browser:
        browser.goto("/")
        browser.press("Register for the event")
        browser.fill("Name", "Ada")
        browser.fill("Email address", ADDRESS)
        browser.fill("Password", PASSWORD)
        browser.press("Create an account")
        browser.fill("Code", letters.code_in(Message.objects.get(kind="confirm-address")))
        browser.press("Confirm my address")
        browser.press("I accept the code of conduct")
        browser.press("Register for the event")
        registered = browser.heading()
        browser.press("Build your agenda")
        browser.press("Book a place")
        browser.goto(AGENDA)
        browser.script("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
        agenda = browser.script("return document.querySelector('main').innerText")

    assert registered == "You are registered"
    assert Registration.objects.get().is_confirmed
    assert Booking.objects.booked().get().session.title == "Run charts"
    assert "Give up my place" in agenda


@pytest.mark.needs_lynx
def test_in_lynx_one_logs_in_and_books(event, live_server, tmp_path):
    make.registration(event, make.member("Ada", email=ADDRESS, password=PASSWORD))
    lynx = Lynx(tmp_path, live_server.url)
    lynx.go_to("Email address", AGENDA)
    lynx.type(ADDRESS)
    lynx.type(PASSWORD)
    lynx.press(TAB, ENTER)
    lynx.find("Book a place")
    lynx.press(ENTER)

    seen = lynx.open(AGENDA)

    assert Booking.objects.booked().get().session.title == "Run charts", seen
