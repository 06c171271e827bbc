"""The main job as a new member lives it: from the front page to a place in a workshop, and back next year."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from events.models import AccessNeed, Event, Registration
from members.models import ListedAddress, Member
from notifications.models import Message
from tests import letters, make
from tests.journeys.keyboard import tab_to
from workshops.models import Booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADDRESS = "ada@example.org"
PASSWORD = "three words and more"


@pytest.fixture
def event() -> Event:
    """An event in two weeks with one workshop; it asks for a code of conduct."""
    day = (timezone.now() + timedelta(days=14)).date()
    made = make.event(first_day=day, last_day=day, title="Community event", code_of_conduct="Listen first.")
    make.workshop(made, capacity=3, title="Run charts")
    return made


@pytest.fixture
def ada_is_listed() -> ListedAddress:
    return ListedAddress.objects.create(email=ADDRESS)


def code():
    """The last code that is owed to Ada by email."""
    return letters.code_in(Message.objects.filter(email=ADDRESS, secret__has_key="code").latest("id"))


def told():
    """What is needed: the need, its own words, and whether hosts may know."""
    return list(AccessNeed.objects.order_by("kind").values_list("kind", "words", "is_shared_with_hosts"))


def owed():
    return list(Message.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.parametrize("has_javascript", [True, False])
@pytest.mark.parametrize("width", [360, 1280])
def test_from_the_front_page_to_a_place_in_a_workshop(
    event, ada_is_listed, browser_context, width, has_javascript
):
    page = browser_context(width=width, java_script_enabled=has_javascript).new_page()

    page.goto("/")
    page.get_by_role("link", name="Register for the event").click()
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Email address").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Create an account").click()
    expect(page.get_by_label("Code")).to_be_visible()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Confirm my address").click()

    page.get_by_role("heading", name="Register for Community event").wait_for()
    assert Member.objects.get().membership == Member.Membership.ACTIVE
    assert page.locator("#messages").inner_text().strip() == "Hello Ada. You are logged in."

    asked = page.get_by_role("group", name="What do you need to take part?")
    expect(asked).to_be_hidden()
    page.get_by_text("Tell us what you need to take part").click()
    asked.get_by_label("Live captions", exact=True).check()
    asked.get_by_label("Hosts may know: Live captions").check()
    page.get_by_label("Anything else, in your own words").fill("Large print")
    page.get_by_label("I accept the code of conduct").check()
    page.get_by_role("button", name="Register for the event").click()

    page.get_by_role("heading", name="You are registered").wait_for()
    registration = Registration.objects.get()
    assert (registration.status, registration.event) == (Registration.Status.CONFIRMED, event)
    assert told() == [("captions", "", True), ("other", "Large print", False)]

    page.get_by_role("link", name="Build your agenda").click()
    page.get_by_role("button", name="Book a place").click()

    page.get_by_text("Booked", exact=True).first.wait_for()
    page.get_by_role("button", name="Give up my place").wait_for()
    booked = Booking.objects.live().get()
    assert (booked.session.title, booked.status) == ("Run charts", "booked")
    assert owed() == ["confirm-address", "registered", "agenda"]


@pytest.mark.parametrize("has_javascript", [True, False])
def test_who_is_not_listed_registers_and_waits(event, browser_context, has_javascript):
    page = browser_context(width=360, java_script_enabled=has_javascript).new_page()

    page.goto(reverse("account_signup") + "?next=" + reverse("events:register", args=[event.slug]))
    sign_up(page)
    page.get_by_text("Your membership is waiting for approval").wait_for()
    page.get_by_label("I accept the code of conduct").check()
    page.get_by_role("button", name="Register for the event").click()

    page.get_by_role("heading", name="We have your registration").wait_for()
    assert Registration.objects.get().status == Registration.Status.RECEIVED
    assert Member.objects.get().membership == Member.Membership.WAITING


def sign_up(page):
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("Email address").fill(ADDRESS)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Create an account").click()
    expect(page.get_by_label("Code")).to_be_visible()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Confirm my address").click()


@pytest.mark.parametrize("has_javascript", [True, False])
def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(
    event, browser_context, has_javascript
):
    page = browser_context(width=360, java_script_enabled=has_javascript).new_page()
    page.goto("/accounts/signup/")
    sign_up(page)
    page.goto(reverse("events:register", args=[event.slug]))

    page.get_by_text("Tell us what you need to take part").click()
    page.get_by_label("Live captions", exact=True).check()
    page.get_by_label("Anything else, in your own words").fill("Large print")
    page.get_by_role("button", name="Register for the event").click()

    page.get_by_role("heading", name="There is a problem").wait_for()
    missing = page.get_by_label("I accept the code of conduct")
    expect(missing).to_have_accessible_description("Error: Accept the code of conduct to register.")
    expect(page.get_by_label("Anything else, in your own words")).to_be_visible()
    expect(page.get_by_label("Anything else, in your own words")).to_have_value("Large print")
    expect(page.get_by_label("Live captions", exact=True)).to_be_checked()
    assert not Registration.objects.exists()


@pytest.mark.parametrize("has_javascript", [True, False])
def test_next_year_a_code_by_email_logs_in_without_the_password(event, browser_context, has_javascript):
    make.registration(event, make.member("Ada", email=ADDRESS))
    agenda = reverse("workshops:agenda", args=[event.slug])
    page = browser_context(width=360, java_script_enabled=has_javascript).new_page()

    page.goto(agenda)
    page.get_by_label("Email address").fill(ADDRESS)
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_label("Code").fill(code().replace("-", " "))
    page.locator("main").get_by_role("button", name="Log in").click()

    page.get_by_role("heading", name="My agenda").wait_for()
    assert page.url.endswith(agenda)
    assert page.get_by_role("button", name="Log out").is_visible()


def test_signing_up_and_registering_by_keyboard_alone(event, ada_is_listed, browser_page):
    page = browser_page

    page.goto("/")
    tab_to(page, "Register for the event")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Create an account").wait_for()
    for name, text in (("name", "Ada"), ("email", ADDRESS), ("password1", PASSWORD)):
        tab_to(page, name)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Confirm your email address").wait_for()
    tab_to(page, "code")
    page.keyboard.type(code())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Register for Community event").wait_for()
    tab_to(page, "Register for the event")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="There is a problem").wait_for()
    tab_to(page, "Accept the code of conduct")
    page.keyboard.press("Enter")
    expect(page.locator("[name=code_of_conduct]")).to_be_focused()
    page.keyboard.press("Space")
    tab_to(page, "Register for the event")
    page.keyboard.press("Space")

    page.get_by_role("heading", name="You are registered").wait_for()
    assert Registration.objects.get().status == Registration.Status.CONFIRMED
