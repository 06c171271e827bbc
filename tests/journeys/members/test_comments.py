"""Commenting as people do it: by keyboard, without scripts, through logging in, from an address of a page."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Post
from comments.models import Comment
from tests import make
from tests.found import found
from tests.journeys.keyboard import tab_to
from tests.journeys.looking import look
from tests.xss import PAYLOADS

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "four old green bottles"


@pytest.fixture
def post() -> Post:
    """A post with one comment."""
    made = make.post(published_at=timezone.now() - timedelta(days=1))
    make.comment(made, body="Who wants which shift?", created_at=timezone.now() - timedelta(hours=1))
    return made


def fill_in(page, body, name="Gwen", email="gwen@guests.example"):
    """Type into the box of a guest."""
    page.get_by_label("Your comment").fill(body)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Email address").fill(email)


def log_in(page, member):
    """Fill in the page that asks who they are; the box that they came from asks for an address as well."""
    page.get_by_role("heading", name="Log in", level=1).wait_for()
    page.get_by_label("Email address").fill(member.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Log in", exact=True).click()
    page.get_by_text(f"Posting as {member.name}").wait_for()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_guest_leaves_a_comment_and_finds_it_waiting(browser_context, post, has_scripts):
    page = browser_context(width=360, java_script_enabled=has_scripts).new_page()
    page.goto(post.get_absolute_url())
    fill_in(page, "From outside.")

    page.get_by_role("button", name="Post comment").click()

    page.get_by_role("heading", name="Your comment", exact=True).wait_for()
    assert "Waiting for a moderator" in page.locator("main").inner_text()
    page.goto(post.get_absolute_url())
    assert "From outside." in page.locator("#comments").inner_text()
    assert page.get_by_label("Your comment").input_value() == ""


def test_the_words_are_still_there_after_logging_in_without_scripts(browser_context, post):
    ada = make.member("Ada", password=PASSWORD)
    page = browser_context(java_script_enabled=False).new_page()
    page.goto(post.get_absolute_url())
    page.get_by_label("Your comment").fill("Half a thought")

    page.get_by_role("button", name="Log in and post as yourself").click()
    log_in(page, ada)

    assert page.get_by_label("Your comment").input_value() == "Half a thought"


def test_the_words_are_still_there_after_logging_in_by_any_link(browser_page, post):
    ada = make.member("Ada", password=PASSWORD)
    page = browser_page
    page.goto(post.get_absolute_url())
    page.get_by_label("Your comment").fill("Half a thought")

    page.locator("#comment-box").get_by_role("link", name="log in").click()
    log_in(page, ada)

    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")


def test_a_reply_by_keyboard_alone_passes_by_the_trap(browser_page, post):
    page = browser_page
    page.goto(post.get_absolute_url())

    tab_to(page, "Reply")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Reply to Gwen").wait_for()
    for name, words in (("body", "Nights."), ("name", "Bo"), ("email", "bo@guests.example")):
        tab_to(page, name)
        page.keyboard.type(words)
    tab_to(page, "Post reply")
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Your comment", exact=True).wait_for()
    reply = Comment.objects.get(body="Nights.")
    assert (found(reply.thread).body, reply.status) == ("Who wants which shift?", "pending")


def test_an_address_that_names_a_comment_of_another_page_finds_it(browser_page, post):
    start = timezone.now() - timedelta(minutes=55)
    for minute in range(51):
        last = make.comment(post, body=f"No. {minute}", created_at=start + timedelta(minutes=minute))

    browser_page.goto(f"{post.get_absolute_url()}#comment-{last.pk}")

    browser_page.get_by_text("No. 50", exact=True).wait_for()
    assert browser_page.url.endswith(f"?page=2#comment-{last.pk}")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_thanks_for_a_report_stand_where_the_page_opens(browser_context, post, has_scripts):
    for number in range(20):
        make.comment(post, body=f"Shift {number}.\n\n" * 5, created_at=timezone.now())
    page = browser_context(width=360, java_script_enabled=has_scripts).new_page()
    page.goto(post.get_absolute_url())

    page.get_by_role("link", name="Report the comment").nth(15).click()
    page.get_by_label("It is advertising or spam").check()
    page.locator("main").get_by_role("button").click()
    page.wait_for_url("**#comment-*")

    thanks = page.get_by_text("Thank you. A moderator will look at this comment.")
    expect(thanks).to_be_in_viewport(ratio=1)
    assert page.locator("#messages").inner_text().strip() == ""


def test_nothing_that_people_write_runs(browser_page, post):
    for payload in PAYLOADS:
        make.comment(post, guest_name=payload[:150], body=payload)
    browser_page.add_init_script("window.ran = []; window.pwned = () => window.ran.push(1);")

    browser_page.goto(post.get_absolute_url())

    assert browser_page.evaluate("window.ran") == []
    assert browser_page.locator("#comments article").count() == min(len(PAYLOADS) + 1, 50)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_refused_comment_is_said_on_top_of_its_box_and_takes_the_focus(browser_context, post, scheme):
    page = browser_context(width=360, color_scheme=scheme).new_page()
    page.goto(post.get_absolute_url())
    fill_in(page, "My words", email="gwen")

    page.get_by_role("button", name="Post comment").click()

    page.get_by_text("There is a problem").wait_for()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert page.get_by_label("Your comment").input_value() == "My words"
    assert look(page) == []
