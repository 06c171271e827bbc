"""Tess comes to the team's pages for the first time, with a script and without."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.models import Member
from tests import make, second_step
from tests.members.accounts.signing_up import PASSWORD, code_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tess() -> Member:
    return make.member("Tess", is_staff=True, email="tess@example.org", password=PASSWORD)


def log_in(page: Page) -> None:
    page.goto("/accounts/login/?next=/team/")
    page.get_by_label("Email address").fill("tess@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


def show_both_proofs(page: Page) -> None:
    page.get_by_role("button", name="Log in with a code").click()
    page.get_by_label("Email address").fill("tess@example.org")
    page.get_by_role("button", name="Email me a code").click()
    page.wait_for_url("**/confirm/**")
    page.get_by_label("Code").fill(code_for("tess@example.org"))
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_without_a_script_an_app_is_set_up_and_opens_the_page_they_came_for(browser_context, tess):
    page = browser_context(width=360, java_script_enabled=False).new_page()
    log_in(page)

    page.get_by_role("link", name="Set up an app").click()
    show_both_proofs(page)
    secret = page.get_by_label("Key, to copy").input_value().replace(" ", "")
    page.get_by_label("Code that the app shows now").fill(second_step.code(timezone.now(), secret))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="I have kept them: go on").click()

    expect(page).to_have_url(re.compile("/team/$"))


def test_a_passkey_is_set_up_and_opens_the_team_s_pages_next_time(
    browser_context, tess, live_server, settings
):
    settings.SITE_URL = live_server.url
    page = browser_context().new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    device = key | {"hasResidentKey": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    log_in(page)

    page.get_by_role("link", name="Set up a passkey").click()
    show_both_proofs(page)
    page.get_by_role("button", name="Set up a passkey").click()
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page).to_have_url(re.compile("/team/$"))
    page.context.clear_cookies()
    log_in(page)
    page.get_by_role("button", name="Use my passkey").click()

    expect(page).to_have_url(re.compile("/team/$"))
