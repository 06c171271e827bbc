"""A post from its first word to the conversation below it, as those go about it who make and read it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from blog.models import Post
from comments.models import Comment
from members.models import Member
from tests import make
from tests.blog.media.photographs import photograph
from tests.comments.conversation import moderator
from tests.journeys.looking import look
from tests.letters import deliver

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "A walk at night"
WIDTHS = {True: 1280, False: 360}


@pytest.fixture
def clock():
    """The site's clock, which can be put forward: ``clock.shift(timedelta(days=1))``."""
    with time_machine.travel(timezone.now(), tick=True) as traveller:
        yield traveller


@pytest.fixture
def browser_of(browser_context, live_server) -> Callable[..., Page]:
    """Open a browser of one's own: ``browser_of(member)``, or of a visitor."""

    def open_browser(member=None, **options):
        context = browser_context(**options)
        if member:
            client = Client()
            client.force_login(member)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        return context.new_page()

    return open_browser


@pytest.fixture
def eve() -> Member:
    member = make.member("Eve", is_staff=True)
    member.groups.add(Group.objects.get(name="Blog editor"))
    return member


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def heading(page, name):
    expect(page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()


def write(page, has_scripts):
    """Begin the post, give it a picture and a video, and put both into its text."""
    page.goto("/team/")
    follow(page, "All posts")
    follow(page, "Write a post")
    page.get_by_label("Title").fill(TITLE)
    press(page, "Begin")
    heading(page, TITLE)

    press(page, "Add a picture")
    page.get_by_label("Picture", exact=True).set_input_files(
        {"name": "ward.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    page.get_by_label("What it shows").fill("A corridor with one lamp")
    press(page, "Add the picture")
    press(page, "Add a video")
    heading(page, "Add a video")
    page.get_by_label("Title").fill("The corridor, walked")
    page.get_by_label("Link", exact=True).fill("https://video.example/1")
    page.get_by_label("Transcript").fill("Good evening. This is the way to the ward.")
    press(page, "Add the video")

    heading(page, TITLE)
    if has_scripts:
        page.locator(".ProseMirror").click()
        page.keyboard.type("We walked with the porters.")
        page.get_by_role("button", name=re.compile("Insert: Picture 1")).click()
        page.get_by_role("button", name=re.compile("Insert: Video 1")).click()
    else:
        page.get_by_label("Text").fill("We walked with the porters.\n\n[[picture 1]]\n\n[[video 1]]")
    page.get_by_label("Standfirst").fill("What is lit, and what is not.")
    page.get_by_label("Authors").fill("Flo Nightingale, Ward 7")
    page.get_by_label("Lead picture").select_option(index=1)
    press(page, "Save and preview")


def is_whole(page):
    """The post, with its picture and its video in words, and nothing of another host."""
    heading(page, TITLE)
    shown = page.locator(".post-picture img, .post-lead img")
    assert shown.count() >= 1
    assert all(shown.nth(n).get_attribute("alt") == "A corridor with one lamp" for n in range(shown.count()))
    expect(page.get_by_role("link", name="Watch on video.example")).to_be_visible()
    words = page.get_by_text("Good evening. This is the way to the ward.")
    if not words.is_visible():  # folded by the script
        page.get_by_text("Transcript").click()
    expect(words).to_be_visible()
    assert page.locator("iframe").count() == 0


def schedule(page, moment):
    press(page, "Publish…")
    page.get_by_label("At the time below").check()
    page.get_by_label("Date", exact=True).fill(f"{moment:%Y-%m-%d}")
    page.get_by_label("Time", exact=True).fill("09:00")
    press(page, "Publish")
    expect(page.get_by_text("Scheduled", exact=True).first).to_be_visible()


def comment(page, words, **more):
    page.get_by_label("Your comment").fill(words)
    for label, value in more.items():
        page.get_by_label(label.replace("_", " ").capitalize(), exact=True).fill(value)
    press(page, "Post comment")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_post_is_written_scheduled_read_and_talked_about(
    clock, browser_of, browser_context, eve, has_scripts
):
    options = {"java_script_enabled": has_scripts, "width": WIDTHS[has_scripts]}
    editor, stranger = browser_of(eve, **options), browser_of(**options)
    write(editor, has_scripts)
    is_whole(editor)
    preview = editor.url
    stranger.goto(preview)
    is_whole(stranger)

    editor.go_back()
    schedule(editor, timezone.localtime() + timedelta(days=1))
    address = Post.objects.get().get_absolute_url()
    assert stranger.goto(address).status == 404
    browser_context.expect_refusals(404)
    clock.shift(timedelta(days=2))
    stranger.goto("/blog/")
    follow(stranger, TITLE)
    is_whole(stranger)

    comment(stranger, "Who pays for lamps?", name="Gwen", email_address="gwen@guests.example")
    heading(stranger, "Your comment")
    mine = stranger.url.partition("#")[0]
    ada = browser_of(make.member("Ada"), **options)
    ada.goto(address)
    comment(ada, "Our ward did the same.")
    expect(ada.get_by_text("Waiting for a moderator").first).to_be_visible()
    mo, dot = (browser_of(moderator(name), **options) for name in ("Mo", "Dot"))
    mo.goto("/team/moderation/")
    about = Comment.objects.get(guest_name="Gwen").pk
    mo.get_by_role("link", name=re.compile(f"Not published: comment {about}")).click()
    mo.get_by_label("It is about something else").check()
    press(mo, "Do not publish")
    expect(mo.locator(".queue-item")).to_have_count(1)
    mo.get_by_role("button", name=re.compile("Publish: comment")).click()
    expect(mo.get_by_text("Nothing waits")).to_be_visible()

    clock.shift(timedelta(minutes=11))
    told = [one.to for one in deliver(timezone.now())]
    assert ["gwen@guests.example"] in told
    stranger.goto(mine)
    follow(stranger, "Ask us to look again")
    stranger.get_by_label("Why should we look again?").fill("Light is what the post is about.")
    press(stranger, "Ask us to look again")
    dot.goto("/team/moderation/")
    follow(dot, "Asked to look again: 1")
    dot.get_by_role("button", name=re.compile(f"Publish: comment {about}")).click()
    expect(dot.get_by_text("Nobody asks to look again")).to_be_visible()

    stranger.goto(address)
    conversation = stranger.locator("#comments")
    expect(conversation.get_by_text("Who pays for lamps?")).to_be_visible()
    expect(conversation.get_by_text("Our ward did the same.")).to_be_visible()
    if has_scripts:
        assert look(stranger) == []
