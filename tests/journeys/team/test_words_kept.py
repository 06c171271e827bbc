"""An editor types in a real Chromium while the session ends, the line is away, or somebody else logs in."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from blog.models import Post, UnsavedDraft
from members.models import Member
from tests import second_step
from tests.blog.editing.revisions import draft
from tests.journeys.at_the_desk import (
    editor,
    in_another_tab,
    log_in,
    log_out,
    ten_seconds_later,
    wait_for_kept_in_the_browser,
)
from tests.members.accounts.signing_up import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OUT = "You are logged out. Log in in another tab; your words stay here."
WORDS = "Half a title"

#: Playwright's pages are all in front, so this one says of itself that it is not.
IN_FRONT = """(isInFront) => {
  Object.defineProperty(document, "hidden", { configurable: true, value: !isInFront });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
NOTE_WHAT_IS_SAID = """() => {
  window.heard = [];
  const said = document.querySelector("[data-kept]");
  new MutationObserver(() => window.heard.push(said.textContent)).observe(said, { childList: true });
}"""


@pytest.fixture
def desk(browser_context) -> Iterator[Page]:
    """Eve at the form of a post; its clock is turned by hand, and the browser has other tabs.

    The console names what did not come and what was refused: that is what these tests are about.
    """
    editor("eve")
    address = reverse("team:post_edit", args=[draft().pk])
    page = browser_context().new_page()
    page.clock.install()
    log_in(page, "eve", address)
    expect(page.get_by_role("toolbar", name="Formatting")).to_be_visible()
    yield page
    browser_context.expect_refusals(403, 503)
    browser_context.said = [line for line in browser_context.said if "net::ERR_FAILED" not in line]


def test_a_session_that_has_ended_is_said_and_what_is_typed_is_kept_after_the_next_log_in(desk):
    BrowserSession.objects.all().delete()
    desk.get_by_label("Title").fill(WORDS)
    ten_seconds_later(desk)
    status = desk.locator("[data-kept]")
    expect(status).to_contain_text(OUT)
    expect(status).to_have_role("status")
    assert not UnsavedDraft.objects.exists()
    wait_for_kept_in_the_browser(desk, 1)

    in_another_tab(desk, lambda tab: log_in(tab, "eve", "/blog/"))
    ten_seconds_later(desk)

    expect(status).to_have_text(re.compile(r"^Kept what you typed at \d\d:\d\d\. It is not saved yet\.$"))
    assert UnsavedDraft.objects.get().title == WORDS
    wait_for_kept_in_the_browser(desk, 0)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    assert Post.objects.get().title == WORDS


def test_saving_with_a_token_that_turned_in_another_tab_shows_the_words_to_be_saved_again(desk):
    BrowserSession.objects.all().delete()
    in_another_tab(desk, lambda tab: log_in(tab, "eve", "/blog/"))
    desk.get_by_label("Title").fill(WORDS)

    desk.get_by_role("button", name="Save", exact=True).click()

    expect(desk.get_by_text("You logged in again in another tab")).to_be_visible()
    assert Post.objects.get().title != WORDS
    expect(desk.get_by_label("Title")).to_have_value(WORDS)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    assert Post.objects.get().title == WORDS


def test_saving_after_the_session_has_ended_leads_through_the_log_in_back_to_the_words(desk):
    desk.get_by_label("Title").fill(WORDS)
    desk.get_by_label("Type").select_option("news")
    BrowserSession.objects.all().delete()
    second_step.app_of(Member.objects.get(name="eve"))

    desk.get_by_role("button", name="Save", exact=True).click()
    desk.get_by_label("Email address").fill("eve@example.org")
    desk.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="Log in", exact=True).click()
    desk.get_by_label("Code").fill(second_step.code(timezone.now()))
    desk.get_by_role("button", name="Go on").click()

    expect(desk.get_by_text("This is what you typed before you logged in.")).to_be_visible()
    expect(desk.get_by_label("Title")).to_have_value(WORDS)
    expect(desk.get_by_label("Type")).to_have_value("news")
    expect(desk.get_by_role("button", name="Bring back these words")).to_have_count(0)
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    assert (Post.objects.get().title, Post.objects.get().kind) == (WORDS, "news")


def test_somebody_who_logs_out_in_another_tab_is_told_and_finds_the_words_where_they_were(desk):
    desk.get_by_label("Title").fill(WORDS)
    desk.clock.run_for(1_000)
    wait_for_kept_in_the_browser(desk, 1)

    in_another_tab(desk, log_out)

    expect(desk.locator("[data-kept]")).to_contain_text(OUT)
    desk.get_by_label("Standfirst").fill("More")
    ten_seconds_later(desk)
    expect(desk.locator("[data-kept]")).to_contain_text(OUT)
    wait_for_kept_in_the_browser(desk, 0)
    in_another_tab(desk, lambda tab: log_in(tab, "eve", "/blog/"))
    ten_seconds_later(desk)
    expect(desk.locator("[data-kept]")).to_contain_text("Kept what you typed")
    kept = UnsavedDraft.objects.get()
    assert (kept.title, kept.standfirst) == (WORDS, "More")


def test_what_was_said_while_the_tab_was_behind_another_is_said_again_when_it_is_in_front(desk):
    desk.evaluate(IN_FRONT, False)
    in_another_tab(desk, log_out)
    expect(desk.locator("[data-kept]")).to_contain_text(OUT)
    desk.evaluate(NOTE_WHAT_IS_SAID)

    desk.evaluate(IN_FRONT, True)
    desk.clock.run_for(1_000)
    desk.evaluate(IN_FRONT, False)
    desk.evaluate(IN_FRONT, True)
    desk.clock.run_for(1_000)

    assert desk.evaluate("heard") == ["", f"{OUT} Log in in another tab"]


def test_words_are_never_kept_under_another_account(desk):
    editor("bo")
    in_another_tab(desk, log_out)
    in_another_tab(desk, lambda tab: log_in(tab, "bo", "/blog/"))
    desk.get_by_label("Title").fill(WORDS)
    ten_seconds_later(desk)

    expect(desk.locator("[data-kept]")).to_contain_text("Somebody else has logged in. Your words stay here")
    wait_for_kept_in_the_browser(desk, 0)
    assert not UnsavedDraft.objects.exists()

    in_another_tab(desk, log_out)
    in_another_tab(desk, lambda tab: log_in(tab, "eve", "/blog/"))
    ten_seconds_later(desk)
    expect(desk.locator("[data-kept]")).to_contain_text("Kept what you typed")
    assert [one.member.name for one in UnsavedDraft.objects.all()] == ["eve"]


@pytest.mark.parametrize("answer", ["nothing", "a page", "an error"])
def test_what_is_not_the_answer_that_was_asked_for_is_not_called_kept(desk, answer):
    answers = {
        "nothing": lambda route: route.abort(),
        "a page": lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Hello</p>"),
        "an error": lambda route: route.fulfill(status=503, body="{}"),
    }
    desk.route("**/keep/", answers[answer])
    desk.get_by_label("Title").fill(WORDS)
    ten_seconds_later(desk)

    status = desk.locator("[data-kept]")
    expect(status).to_contain_text("not" if answer != "a page" else "cannot be kept")
    expect(status).not_to_contain_text("Kept")

    desk.unroute("**/keep/")
    ten_seconds_later(desk)
    expect(status).to_contain_text("Kept what you typed")


def test_words_that_only_the_browser_has_are_offered_when_the_form_is_opened_again(desk):
    desk.route("**/keep/", lambda route: route.abort())
    desk.get_by_label("Title").fill(WORDS)
    desk.get_by_label("Type").select_option("news")
    text = desk.locator(".ProseMirror")
    text.click()
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Only here.")
    desk.clock.run_for(1_000)
    desk.reload()
    desk.unroute("**/keep/")
    desk.get_by_role("button", name="Bring back these words").click()
    expect(desk.get_by_label("Title")).to_have_value(WORDS)
    expect(desk.get_by_label("Type")).to_have_value("news")
    expect(text).to_have_text("Only here.")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(desk.get_by_role("button", name="Bring back these words")).to_have_count(0)
    wait_for_kept_in_the_browser(desk, 0)
    post = Post.objects.get()
    assert (post.title, post.kind, post.text) == (WORDS, "news", "Only here.")


def test_twelve_hours_later_any_page_forgets_them_also_where_nobody_is_logged_in(desk):
    desk.route("**/keep/", lambda route: route.abort())
    desk.get_by_label("Title").fill(WORDS)
    ten_seconds_later(desk)
    wait_for_kept_in_the_browser(desk, 1)
    BrowserSession.objects.all().delete()
    desk.goto("/policies/privacy/")

    desk.clock.fast_forward("11:50:00")
    desk.goto("/policies/privacy/")
    wait_for_kept_in_the_browser(desk, 1)
    desk.clock.fast_forward("10:00")
    desk.goto("/policies/privacy/")

    wait_for_kept_in_the_browser(desk, 0)


def test_publish_saves_first_what_is_on_the_screen(desk):
    desk.get_by_label("Title").fill(WORDS)
    desk.get_by_role("button", name="Publish…").click()

    expect(desk.get_by_role("heading", level=1)).to_have_text(f"Publish “{WORDS}”")
    desk.get_by_label("Now", exact=True).check()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(WORDS)
