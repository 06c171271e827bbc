"""The whole way of an account, with the keyboard and without JavaScript, and what axe says on the way."""

import pytest

from members.letters import compose
from members.models import Member
from tests import make
from tests.journeys.looking import look, violations
from tests.members.accounts.signing_up import PASSWORD, code_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "محمد عبد الرحمن"
LETTERS = (
    "confirm-address",
    "login-code",
    "password-reset-code",
    "account-exists",
    "account-unknown",
    "password-changed",
    "membership-approved",
    "membership-declined",
)
#: A letter is no page: it has no landmarks.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def press(page, name):
    """Press a button in the page itself and wait for what comes."""
    page.locator("main").get_by_role("button", name=name, exact=True).press("Enter")
    page.wait_for_load_state()


def heading(page):
    return page.locator("h1").inner_text()


def type_code(page, email, button):
    page.get_by_label("Code").fill(code_for(email))
    press(page, button)


def test_an_account_goes_its_whole_way_without_java_script(browser_context):
    page = browser_context(java_script_enabled=False).new_page()
    page.goto("/accounts/signup/")
    page.get_by_label("Name").fill(NAME)
    page.get_by_label("Email address").fill("m@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Create an account")
    type_code(page, "m@example.org", "Confirm my address")
    said = [page.locator("#messages").inner_text().strip()]

    page.get_by_role("button", name="Log out", exact=True).press("Enter")
    said.append(page.locator("#messages").inner_text().strip())
    page.goto("/accounts/login/?next=/members/profile/")
    page.get_by_label("Email address").fill("m@example.org")
    press(page, "Email me a code")
    type_code(page, "m@example.org", "Log in")
    arrived = page.url.partition("/members")[2]
    page.get_by_role("link", name="Change my email address").press("Enter")
    page.get_by_label("New email address").fill("new@example.org")
    press(page, "Email me a code")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Go on")
    type_code(page, "new@example.org", "Confirm my address")
    said.append(page.locator("#messages").inner_text().strip())

    page.get_by_role("button", name="Log out", exact=True).press("Enter")
    page.goto("/accounts/password/reset/")
    page.get_by_label("Email address").fill("new@example.org")
    press(page, "Email me a code")
    type_code(page, "new@example.org", "Go on")
    page.get_by_label("New password").fill("four new green bottles")
    press(page, "Save my new password")
    said.append(page.locator("#messages").inner_text().strip())

    assert arrived == "/profile/"
    assert said == [
        f"Hello {NAME}. You are logged in.",
        "You are logged out.",
        "Thank you. new@example.org is confirmed.",
        f"Your new password is saved. Hello {NAME}. You are logged in.",
    ]
    assert Member.objects.get().email == "new@example.org"


def test_states_between_log_in_and_log_out_hold(browser_context):
    make.member("x" * 150, email="ada@example.org", password=PASSWORD)
    page = browser_context(width=360).new_page()
    found = {}

    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill("not this one")
    press(page, "Log in")
    page.get_by_role("heading", name="There is a problem").wait_for()
    page.get_by_role("button", name="Show password").click()
    found["wrong password, shown"] = look(page)
    press(page, "Email me a code")
    type_code(page, "ada@example.org", "Log in")
    page.get_by_role("button", name="Log out").wait_for()
    page.goto("/accounts/email/")
    page.get_by_label("New email address").fill("new@example.org")
    press(page, "Email me a code")
    found["asked whether it is she"] = look(page)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Go on")
    found["code for a new address"] = look(page)
    page.goto("/accounts/email/")
    found["code awaited"] = look(page)
    page.get_by_role("button", name="Log out").click()
    make.member("Bo", email="bo@example.org")
    page.goto("/accounts/login/code/")
    page.get_by_label("Email address").fill("bo@example.org")
    press(page, "Email me a code")
    type_code(page, "bo@example.org", "Log in")
    page.goto("/accounts/reauthenticate/")
    page.get_by_text("You have no password").wait_for()
    found["without a password"] = look(page)

    assert {state: problems for state, problems in found.items() if problems} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_hold_in_both_schemes_on_a_phone(browser_context, scheme):
    page = browser_context(width=360, color_scheme=scheme).new_page()
    someone = make.member(NAME + "x" * 130, email="m@example.org")
    found = {}
    for kind in LETTERS:
        letter = compose(kind, to=someone, context={"code": "1234-5678", "why": "x" * 200}, reason="Because.")
        page.set_content(letter.html)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[kind] = violations(page, {"runOnly": WCAG}) + ["scrolls sideways"] * wide

    assert {kind: problems for kind, problems in found.items() if problems} == {}
