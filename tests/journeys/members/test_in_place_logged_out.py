"""A button that answers in place, once the page it stands on is not the browser's any more.

Somebody logged in again in another tab (the token has turned), or the session has ended: what happened is
said, nothing has changed, and the next press does what it says.
"""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Registration
from tests import make
from tests.journeys.an_event import session
from tests.journeys.at_the_desk import in_another_tab, log_in, log_out
from tests.journeys.keyboard import outcome
from tests.make import BY
from tests.members.accounts.signing_up import PASSWORD
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AGAIN = "You logged in again meanwhile, so that was not sent."


@pytest.fixture
def ada(event) -> Registration:
    return make.registration(event, make.member("Ada", email="ada@example.org", password=PASSWORD))


@pytest.fixture
def hers(event, ada, agenda, browser_context) -> Iterator[Page]:
    """Ada's agenda; another tab of their browser is one more page of its context."""
    hers = browser_context().new_page()
    log_in(hers, "ada", agenda)
    yield hers
    hers.close()  # what its console had to say has been said
    browser_context.said = [line for line in browser_context.said if " 403 " not in line]


@pytest.fixture
def book(hers, event) -> Callable[[], object]:
    """Press the button that books Run charts."""

    def press():
        hers.locator(f"#act-{session(event, 'Run charts').pk}-book").click()

    return press


def log_in_again(hers):
    log_out(hers)
    log_in(hers, "ada", "/blog/")


def booked(ada):
    return Booking.objects.booked().filter(registration=ada).count()


def test_a_token_that_turned_in_another_tab_is_said_and_the_next_press_books(hers, ada, book):
    in_another_tab(hers, log_in_again)

    book()
    expect(hers.locator("#messages")).to_contain_text(AGAIN)
    before = booked(ada)
    book()

    assert outcome(hers) == "Booked, Run charts"
    assert (before, booked(ada)) == (0, 1)


def test_once_the_session_has_ended_a_press_leads_to_the_log_in_and_back_to_the_agenda(hers, ada, book):
    address = hers.url
    BrowserSession.objects.all().delete()

    book()
    hers.wait_for_url("**/accounts/login/**")
    hers.get_by_label("Email address").fill("ada@example.org")
    hers.get_by_label("Password", exact=True).fill(PASSWORD)
    hers.get_by_role("button", name="Log in", exact=True).click()
    hers.wait_for_url(address)
    before = booked(ada)
    book()

    assert outcome(hers) == "Booked, Run charts"
    assert (before, booked(ada)) == (0, 1)


def test_where_somebody_else_has_logged_in_nothing_is_booked_for_them(hers, event, ada, book):
    bo = make.registration(event, make.member("Bo", email="bo@example.org", password=PASSWORD))
    in_another_tab(hers, log_out)
    in_another_tab(hers, lambda tab: log_in(tab, "bo", "/blog/"))

    book()
    expect(hers.locator("#messages")).to_contain_text("Somebody else has logged in")
    with hers.expect_response("**/book/"):
        book()

    expect(hers.locator("#messages")).to_contain_text("Somebody else has logged in")
    assert (booked(ada), booked(bo)) == (0, 0)


def test_a_page_does_not_become_that_of_somebody_else_who_has_logged_in(hers, event, ada):
    bo = make.registration(event, make.member("Bo", email="bo@example.org", password=PASSWORD))
    booking.book(session(event, "Run charts"), bo, by=BY, at=timezone.now())
    card = hers.locator(f"#session-{session(event, 'Run charts').pk}")
    in_another_tab(hers, log_out)
    in_another_tab(hers, lambda tab: log_in(tab, "bo", "/blog/"))

    with hers.expect_response("**/agenda/now/") as answer:
        hers.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    asked = answer.value.json()
    hers.evaluate("(url) => fetch(url).then((one) => one.text())", answer.value.url)

    assert asked["reader"] == str(bo.member_id)
    expect(card.get_by_role("heading")).to_contain_text("2 of 3 places left")
