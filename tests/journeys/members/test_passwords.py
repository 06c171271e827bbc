"""A password can be read while it is typed, by whoever wants it (WCAG 3.3.8)."""

import pytest
from playwright.sync_api import Route

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_password_is_shown_and_hidden_again_and_both_are_said(browser_page):
    page = browser_page
    page.goto("/accounts/signup/")
    field = page.locator("input[name=password1]")
    field.fill("three small otters")

    page.get_by_role("button", name="Show password").press("Enter")
    shown = field.get_attribute("type"), page.get_by_role("status").inner_text(), field.input_value()
    page.get_by_role("button", name="Hide password").press("Space")
    hidden = field.get_attribute("type"), page.get_by_role("status").inner_text(), field.input_value()

    assert shown == ("text", "Your password is visible.", "three small otters")
    assert hidden == ("password", "Your password is hidden.", "three small otters")


def test_a_password_that_was_shown_is_sent_hidden_so_that_no_browser_keeps_it(browser_page):
    page = browser_page
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Show password").click()
    page.evaluate(
        "document.forms['log-in'].addEventListener('submit', e => {"
        " e.preventDefault(); document.title = document.forms['log-in'].password.type; })"
    )

    page.locator("main").get_by_role("button", name="Log in").click()

    assert page.title() == "password"


def test_a_log_in_by_code_passes_the_form_that_hides_it(browser_page):
    page = browser_page
    page.goto("/accounts/login/")
    page.get_by_label("Email address").fill("ada@example.org")

    page.get_by_role("button", name="Email me a code").click()

    page.get_by_role("heading", name="Type in your code").wait_for()
    assert page.locator(".standfirst strong").inner_text() == "ada@example.org"


def test_whoever_types_while_the_script_comes_over_a_slow_line_loses_no_letter(browser_page):
    page, held = browser_page, list[Route]()
    page.route("**/password*.js", lambda route: held.append(route))
    page.goto("/accounts/signup/", wait_until="commit")
    field = page.locator("input[name=password1]")
    field.press_sequentially("three small ")

    for one in held:
        one.continue_()
    page.get_by_role("button", name="Show password").wait_for()
    page.keyboard.type("otters")

    assert len(held) == 1
    assert field.input_value() == "three small otters"


def test_without_java_script_a_password_is_an_ordinary_field(browser_context):
    page = browser_context(java_script_enabled=False).new_page()

    page.goto("/accounts/signup/")

    assert page.locator("input[name=password1]").get_attribute("type") == "password"
    assert page.get_by_role("button", name="Show").count() == 0
