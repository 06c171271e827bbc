"""A browser that keeps no cookie: what is wrong is the first thing on the page, with scripts and without."""

import pytest
from playwright.sync_api import expect

from members.interrupted_forms import cookies
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = ("/accounts/login/", "/accounts/signup/", "/blog/rotas/")


@pytest.fixture(autouse=True)
def _post() -> None:
    make.post(slug="rotas")


def forget_before_each_request(context):
    def forget(route):
        context.clear_cookies()
        route.fallback()

    context.route("**/*", forget)


def notice_of(tab, path):
    """Whether the notice shows, and whether it stands above all that is typed."""
    tab.goto(path)
    notice = tab.locator(".cookies-off")
    first = tab.locator("main form input:visible, main form textarea:visible").first
    is_seen = notice.is_visible()
    return is_seen, is_seen and notice.bounding_box()["y"] < first.bounding_box()["y"]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_notice_shows_above_the_fields_where_cookies_are_off(browser_context, has_scripts):
    context = browser_context(java_script_enabled=has_scripts)
    kept = browser_context(java_script_enabled=has_scripts).new_page()
    forget_before_each_request(context)
    tab = context.new_page()

    off = {path: notice_of(tab, path) for path in PATHS}
    on = {path: notice_of(kept, path) for path in PATHS}

    assert off == dict.fromkeys(PATHS, (True, True))
    assert on == dict.fromkeys(PATHS, (False, False))


def test_pressing_all_the_same_brings_the_page_back_with_what_to_do(browser_context):
    context = browser_context()
    forget_before_each_request(context)
    tab = context.new_page()
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", "ada@example.org")
    tab.fill("[name=password]", "S3CRET")

    tab.get_by_role("button", name="Log in", exact=True).click()

    expect(tab.locator("#messages")).to_contain_text(str(cookies.PRESSED))
    assert tab.input_value("[name=login]") == "ada@example.org"
    browser_context.expect_refusals(403)
