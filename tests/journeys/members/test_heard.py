"""What is heard of the pages where it counts, in order, and how few keys lead through them."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from comments.models import Comment
from tests import make
from tests.comments.conversation import moderator
from tests.contracts.people import staff
from tests.journeys.an_event import TITLES, fill, session
from tests.journeys.hearing import heard, next_heading
from tests.journeys.keyboard import outcome
from tests.make import BY
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def day_of(event):
    return f"{event.first_day:%A} {event.first_day.day} {event.first_day:%B}"


@pytest.fixture
def hers(event, ada, agenda, open_as: Callable[..., Page]) -> Page:
    """The agenda of Ada, who is seventh in the line of a full session and has booked nothing."""
    fill(event, "Afternoon one", waiting=6)
    booking.book(session(event, "Afternoon one"), ada, by=BY, at=timezone.now())
    return open_as(ada, agenda)


def test_of_the_agenda_one_hears_each_time_once_and_each_session_with_its_state(event, hers):
    day = day_of(event)

    lines = heard(hers.locator("main"))

    assert lines[:8] == [
        "main",
        "heading My agenda [level=1]",
        "paragraph: Community event. Times are UK and Ireland time.",
        "paragraph",
        "strong: 0",
        "text: booked,",
        "strong: 1",
        "text: waiting",
    ]
    assert [line for line in lines if line.startswith(("heading", "region", "navigation"))] == [
        "heading My agenda [level=1]",
        "navigation Your days at a glance",
        f"heading {day} [level=2]",
        f"region {day}",
        f"heading {day} [level=2]",
        "heading 09:00 to 10:00, 1 hour [level=3]",
        "heading Welcome, open to everyone [level=4]",
        "heading 10:00 to 11:00, 1 hour [level=3]",
        *(f"heading {title}, 3 of 3 places left [level=4]" for title in sorted(TITLES)),
        "heading 14:00 to 15:00, 1 hour [level=3]",
        "heading Afternoon one, waiting 7th [level=4]",
        "heading Afternoon two, 5 of 5 places left [level=4]",
    ]
    glance = lines.index("navigation Your days at a glance")
    assert lines[glance + 3 : glance + 12] == [
        "listitem",
        "text: 09:00 to 10:00,",
        "link Welcome",
        "text:, Open to everyone",
        "listitem",
        "text: 10:00 to 11:00,",
        "link 4 sessions to choose from",
        "text:, Choose",
        "listitem",
    ]


def test_of_a_card_one_hears_title_and_state_then_its_kind_then_what_one_can_do(event, hers):
    fill(event, "Small tests", waiting=1)
    hers.reload()

    cards = [
        heard(hers.locator(f"#session-{session(event, title).pk}")) for title in ("Small tests", "Welcome")
    ]

    assert cards == [
        [
            "article",
            "heading Small tests, full, 1 waiting [level=4]",
            "link Small tests",
            "text:, full, 1 waiting",
            "paragraph: Workshop",
            "button Join the waiting list: Small tests",
        ],
        [
            "article",
            "heading Welcome, open to everyone [level=4]",
            "link Welcome",
            "text:, open to everyone",
            "group: More: Welcome",
        ],
    ]


def test_of_an_answer_in_place_one_hears_the_outcome_first_and_once(event, hers):
    hers.locator(f"#act-{session(event, 'Run charts').pk}-book").click()
    outcome(hers)

    lines = heard(hers.locator(f"#session-{session(event, 'Run charts').pk}"))

    assert lines == [
        "article",
        "heading Run charts, booked [level=4]",
        "link Run charts",
        "text:, booked",
        "group",
        "text: More: Run charts",
        "paragraph: Workshop",
        "group Booked, Run charts",
        "button Give up my place: Run charts",
    ]
    assert heard(hers.locator(":focus"))[0] == "group Booked, Run charts"
    assert hers.locator("#messages").inner_text() == ""


def test_from_the_top_the_first_choice_is_few_tabs_away(event, hers):
    pressed: list[str] = []
    for wanted in ("Skip to main content", "Next to decide", "Book a place"):
        while not pressed or not pressed[-1].startswith(wanted):
            hers.keyboard.press("Tab")
            pressed.append(hers.locator(":focus").inner_text())
            assert len(pressed) <= 8, pressed
        if wanted != "Book a place":
            hers.keyboard.press("Enter")

    assert len(pressed) <= 8


def test_four_workshops_are_booked_by_headings_and_return_in_thirty_keys(live_server, open_as):
    day = (timezone.now() + timedelta(days=14)).date()
    event = make.event(first_day=day, last_day=day)
    for hour in (9, 11, 13):
        make.session(event, hour=hour, title=f"Together at {hour}", format="plenary")
    for hour in (10, 12, 14, 16):
        for number in range(4):
            make.workshop(event, hour=hour, title=f"{hour} o'clock, {number}")
    ada = make.registration(event, make.member("Ada"))
    page = open_as(ada, live_server.url + reverse("workshops:agenda", args=[event.slug]))
    keys = 0

    for hour in (10, 12, 14, 16):
        keys += 1
        while not next_heading(page, 3).startswith(f"{hour}:00"):
            keys += 1
        assert next_heading(page, 4) == f"{hour} o'clock, 0, 5 of 5 places left"
        for key in ("Tab", "Tab", "Enter"):
            page.keyboard.press(key)
        keys += 4
        assert outcome(page) == f"Booked, {hour} o'clock, 0"

    assert Booking.objects.booked().filter(registration=ada).count() == 4
    assert keys <= 30


def test_of_the_programmes_filters_the_count_is_said_once_and_the_choice_is_not_replaced(
    event, ada, live_server, open_as
):
    page = open_as(ada, live_server.url + reverse("events:programme", args=[event.slug]))
    page.evaluate("document.getElementById('id_format').isTheSame = true")
    page.evaluate(LISTEN)

    page.get_by_label("Format").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("status").get_by_text("6 of 7 sessions").wait_for()

    assert page.evaluate("document.activeElement.isTheSame") is True
    assert page.evaluate("window.said") == ["6 of 7 sessions"]
    assert heard(page.get_by_role("form", name="Filter")) == [
        "form Filter",
        "group",
        "text: Format",
        "combobox Format",
        "option All formats (7)",
        "option Plenary (1)",
        "option Workshop (6) [selected]",
        "text: Words",
        "searchbox Words",
        "text: With free places (6)",
        "checkbox With free places (6)",
        "button Show",
        "link Clear filters",
        "status: 6 of 7 sessions",
    ]


#: Notes what the live regions of the page say.
LISTEN = """() => {
    window.said = [];
    const note = (all) => window.said.push(...new Set(all.map((one) => one.target.textContent.trim())));
    for (const region of document.querySelectorAll('[role=status], [aria-live]')) {
        new MutationObserver(note).observe(region, { childList: true, subtree: true, characterData: true });
    }
}"""


def test_of_the_log_in_no_field_is_wrong_before_it_was_filled_in(live_server, browser_context):
    page = browser_context().new_page()
    page.goto(f"{live_server.url}/accounts/login/")

    untouched = heard(page.locator("main"))
    assert page.locator("main :invalid").count() == 0
    page.locator("main form").first.evaluate("(form) => form.submit()")
    page.get_by_role("heading", name="There is a problem").wait_for()

    assert "textbox Email address" in untouched
    assert not [line for line in untouched if "invalid" in line]
    assert page.locator("[aria-invalid=true]").count() == 2


@pytest.fixture
def queue(live_server, open_as: Callable[..., Page]) -> Page:
    """The queue of a moderator in which two comments of guests wait."""
    post = make.post(title="The rota on the wall")
    for name in ("Gwen", "Hugh"):
        make.comment(post, status="pending", held_for="guest", guest_name=name, body=f"{name} has a wall.")
    return open_as(SimpleNamespace(member=moderator("Mo")), f"{live_server.url}/team/moderation/")


def test_of_a_queue_one_hears_whose_comment_it_is_and_what_each_button_is_for(queue):
    numbers = [one.removeprefix("comment-") for one in queue.evaluate(ITEMS)]

    lines = heard(queue.locator("#queue-list"))

    assert lines[0] == "list Pending"
    assert [line for line in lines if line.startswith(("heading", "button"))] == [
        line
        for name, number in zip(("Gwen", "Hugh"), numbers, strict=True)
        for line in (
            f"heading {name} on The rota on the wall [level=2]",
            f"button Publish: comment {number}",
            f"button Spam: comment {number}",
        )
    ]


def test_publishing_with_two_returns_publishes_one_comment_and_the_next_has_the_focus(queue):
    first, second = queue.evaluate(ITEMS)
    queue.locator(f"#{first}").get_by_role("button", name="Publish").focus()

    queue.keyboard.press("Enter")
    queue.keyboard.press("Enter")
    queue.locator(f"#{second}:focus").wait_for()
    queue.keyboard.press("Enter")

    assert named(queue) == "Published. 1 comment left. Hugh on The rota on the wall"
    assert queue.locator("#messages").inner_text().strip() == ""
    assert [one.status for one in Comment.objects.order_by("pk")] == ["published", "pending"]


def test_with_the_last_comment_the_outcome_is_said_where_nothing_is_left(queue):
    for left in (1, 0):
        queue.get_by_role("button", name="Publish").first.click()
        queue.locator("#queue-list > li").nth(left).wait_for(state="detached")

    queue.locator("#queue:focus").wait_for()
    assert named(queue) == "Published. Nothing is left."
    assert queue.locator("#messages").inner_text().strip() == ""


def named(page):
    """What is said of the part that has the focus: its name."""
    return " ".join(page.evaluate(NAME).split())


NAME = """() => document.activeElement.getAttribute('aria-labelledby').split(' ')
    .map((id) => document.getElementById(id).textContent).join(' ')"""
ITEMS = "[...document.querySelectorAll('.queue-item')].map((one) => one.id)"


def test_of_the_editor_every_field_and_every_button_has_its_name(live_server, open_as):
    editor = staff("Blog editor")
    post = make.post(title="Walls", status="draft")
    page = open_as(SimpleNamespace(member=editor), f"{live_server.url}/team/posts/{post.pk}/")
    page.get_by_role("toolbar", name="Formatting").wait_for()

    lines = heard(page.locator("main"))

    fields = [line.partition(": ")[0] for line in lines if line.startswith(("textbox", "toolbar"))]
    assert fields[:4] == [
        "textbox Title",
        "textbox Standfirst (optional)",
        "toolbar Formatting",
        "textbox Text (optional)",
    ]
    assert not {"button", "textbox", "combobox", "checkbox", "radio", "link"} & set(lines)
    assert page.locator("main :invalid").count() == 0
