"""A hand that trembles, a key that is held: pressing twice or longer never undoes the first press."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.journeys.an_event import fill, session
from tests.journeys.keyboard import focused, outcome
from tests.make import BY
from workshops.models import Booking
from workshops.places import booking, choices

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Run charts"
#: What is pressed, what the group that then has the focus is named, and what is one Tab further.
ACTS = {
    "Book a place": ("Booked", "Give up my place"),
    "Join the waiting list": ("You are 2nd on the waiting list", "Leave the waiting list"),
    "Give up my place": ("You gave up your place", "Book again"),
    "Leave the waiting list": ("You left the waiting list", "Join the waiting list"),
    "Choose": ("Chosen", "Take out of my choices"),
    "Take out of my choices": ("Taken out of your choices", "Choose"),
}
#: Where each act is pressed; the buttons are the same everywhere, so most of it is for the long form.
PAGES = {
    "agenda": lambda event: reverse("workshops:agenda", args=[event.slug]),
    "programme": lambda event: reverse("events:programme", args=[event.slug]),
    "session": lambda event: session(event, TITLE).get_absolute_url(),
}

OFTEN = [(act, "agenda") for act in ACTS] + [("Book a place", "programme"), ("Choose", "session")]
EVERYWHERE = [
    pytest.param(act, where, marks=[] if (act, where) in OFTEN else pytest.mark.full)
    for act in ACTS
    for where in PAGES
]
#: With a pointer: in the long form also the acts that undo these.
POINTED_AT = [
    pytest.param(
        act, marks=[] if act in ("Book a place", "Join the waiting list", "Choose") else pytest.mark.full
    )
    for act in ACTS
]


@pytest.fixture
def ready(event, ada):
    """Bring the session to where a button offers this act."""

    def make_ready(act):
        if act in ("Choose", "Take out of my choices"):
            type(event).objects.update(booking_opens_at=timezone.now() + timedelta(days=1))
        if "waiting" in act:
            fill(event, TITLE, waiting=1)
        if act in ("Give up my place", "Leave the waiting list"):
            booking.book(session(event, TITLE), ada, by=BY, at=timezone.now())
        if act == "Take out of my choices":
            choices.choose(session(event, TITLE), ada, by=BY, at=timezone.now())

    return make_ready


@pytest.fixture
def open_at(event, ada, ready, live_server, open_as):
    """Open a page at the button of an act, which has the focus; ``posted`` collects what is sent."""

    def open_page(act, where, **options):
        ready(act)
        page = open_as(ada, live_server.url + PAGES[where](event), **options)
        page.posted = []
        page.on("request", lambda one: page.posted.append(one.url) if one.method == "POST" else None)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        button(page, act).focus()
        return page

    return open_page


def button(page, act):
    """The button of the session that says so."""
    return page.get_by_role("button", name=re.compile(f"^{act}: {TITLE}$"))


def standing_still(page, first):
    """Stop all animations once ``first`` can be pressed: on the pages that follow all has just appeared."""
    first.click(trial=True)
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": 0})
    return session


def click_there(page, part):
    """Click where a part of the page is, whatever may be in front of it."""
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


@pytest.mark.parametrize(("act", "where"), EVERYWHERE)
def test_in_place_the_outcome_has_the_focus_and_its_opposite_is_one_tab_further(open_at, act, where):
    said, opposite = ACTS[act]
    page = open_at(act, where)

    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    button(page, opposite).wait_for()
    page.keyboard.press("Enter")
    name = outcome(page)
    page.keyboard.press("Enter")

    assert name == f"{said}, {TITLE}"
    assert page.evaluate("document.activeElement.getAttribute('role')") == "group"
    page.keyboard.press("Tab")
    assert focused(page) == f"{opposite}: {TITLE}"
    assert len(page.posted) == 1


@pytest.mark.parametrize(("act", "where"), EVERYWHERE)
def test_without_a_script_the_page_opens_at_the_outcome(open_at, act, where):
    said, opposite = ACTS[act]
    page = open_at(act, where, java_script_enabled=False)

    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    button(page, opposite).wait_for()
    name = outcome(page)
    page.keyboard.press("Enter")

    assert name == f"{said}, {TITLE}"
    assert page.title().startswith(f"{said}: “{TITLE}” - ")
    assert page.locator("[role=group]:focus").is_visible()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text().startswith(opposite)
    assert {address.split("/")[-2] for address in page.posted} == {page.posted[0].split("/")[-2]}


@pytest.mark.parametrize("has_javascript", [True, False])
def test_a_key_that_is_held_down_books_once(open_at, ada, has_javascript):
    page = open_at("Book a place", "agenda", java_script_enabled=has_javascript)

    for _ in range(8):
        page.keyboard.down("Enter")
    name = outcome(page)
    for _ in range(8):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")

    assert name == f"Booked, {TITLE}"
    assert Booking.objects.booked().filter(registration=ada).count() == 1
    assert {address.split("/")[-2] for address in page.posted} == {"book"}


def test_the_second_click_of_a_double_click_presses_nothing(open_at, ada):
    page = open_at("Book a place", "programme")
    button(page, "Book a place").click()
    button(page, "Give up my place").wait_for()

    button(page, "Give up my place").dispatch_event("click", {"detail": 2})

    assert outcome(page) == f"Booked, {TITLE}"
    assert [address.split("/")[-2] for address in page.posted] == ["book"]


@pytest.mark.parametrize("act", POINTED_AT)
def test_without_a_script_a_double_click_is_one_act_and_its_outcome_is_said(open_at, act):
    said, opposite = ACTS[act]
    page = open_at(act, "agenda", java_script_enabled=False)

    button(page, act).dblclick()
    button(page, opposite).wait_for()

    assert outcome(page) == f"{said}, {TITLE}"
    assert {address.split("/")[-2] for address in page.posted} == {page.posted[0].split("/")[-2]}


@pytest.mark.parametrize("act", POINTED_AT)
def test_without_a_script_what_has_just_appeared_under_the_pointer_is_not_pressed(open_at, act):
    said, opposite = ACTS[act]
    page = open_at(
        act,
        "programme" if act == "Book a place" else "agenda",
        java_script_enabled=False,
        reduced_motion="reduce",
    )
    animations = standing_still(page, button(page, act))
    button(page, act).click()
    button(page, opposite).wait_for()

    click_there(page, button(page, opposite))
    name = outcome(page)

    assert name == f"{said}, {TITLE}"
    assert len(page.posted) == 1
    animations.send("Animation.setPlaybackRate", {"playbackRate": 1})
    button(page, opposite).click()
    button(page, opposite).wait_for(state="detached")


def test_without_a_script_a_double_click_does_not_answer_what_the_next_page_asks(open_at, event, ada):
    page = open_at("Give up my place", "agenda", java_script_enabled=False, reduced_motion="reduce")
    fill(event, TITLE)
    sure = page.get_by_role("button", name="Give up my place", exact=True)
    animations = standing_still(page, button(page, "Give up my place"))

    button(page, "Give up my place").click()
    sure.wait_for()
    click_there(page, sure)

    assert len(page.posted) == 1
    assert Booking.objects.booked().filter(registration=ada).count() == 1
    animations.send("Animation.setPlaybackRate", {"playbackRate": 1})
    sure.click()
    assert outcome(page) == f"You gave up your place, {TITLE}"


def test_whoever_has_gone_on_meanwhile_keeps_the_focus_and_is_told_in_passing(open_at):
    page = open_at("Book a place", "programme")

    page.keyboard.press("Enter")
    page.get_by_role("searchbox", name="Words").focus()
    page.locator("#messages").get_by_text(f"Booked, {TITLE}.").wait_for(state="attached")

    assert focused(page) == "q"
