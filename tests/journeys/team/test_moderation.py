"""Moderating in a real Chromium: twenty comments by single keys, in place, without JavaScript."""

import pytest
from playwright.sync_api import expect

from blog.models import Post
from comments.models import Comment
from tests import make
from tests.journeys.keyboard import assert_focus_is_seen
from tests.journeys.looking import look
from tests.journeys.moderating import QUEUE, focused, published_by_key, settled, statuses, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post() -> Post:
    return make.post()


def test_twenty_comments_take_twenty_keys_pressed_at_once_and_no_new_page(post, desk):
    waiting(post, 20)
    page = desk(keys=True)
    page.locator(".queue-item").first.focus()
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.is_navigation_request())))

    for number in range(20):
        key = "s" if number % 5 == 4 else "p"
        page.keyboard.press(key)
    page.get_by_text("Nothing waits").wait_for(timeout=40_000)

    assert [method for method, _ in asked if method == "POST"] == ["POST"] * 20
    assert not any(is_a_page for _, is_a_page in asked)
    assert statuses() == ["published", "published", "published", "published", "spam"] * 4
    assert page.get_by_role("link", name="Pending 0").is_visible()


def test_thirty_comments_go_on_without_loading_the_page(post, desk):
    comments = waiting(post, 30)
    page = desk(keys=True)
    page.evaluate("window.isTheSamePage = true")
    page.locator(".queue-item").first.focus()

    for _ in range(25):
        page.keyboard.press("p")
    page.locator(f"#comment-{comments[25].pk}:focus").wait_for()
    settled(page, 5)
    assert_focus_is_seen(page)
    page.keyboard.press("p")
    settled(page, 4)

    assert page.evaluate("window.isTheSamePage")
    assert statuses().count("published") == 26


def test_j_and_k_move_and_one_comment_is_in_the_order_of_tab(post, desk):
    _, second, third = waiting(post, 3)
    page = desk(keys=True)
    page.locator(".queue-item").first.focus()

    places = []
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
        places.append(focused(page))
        assert_focus_is_seen(page)

    assert places == [f"comment-{one.pk}" for one in (second, third, third, second)]
    assert page.locator(".queue-item[tabindex='0']").evaluate_all("all => all.map(one => one.id)") == [
        f"comment-{second.pk}"
    ]


def test_r_asks_why_and_esc_goes_back(post, desk):
    comment, following = waiting(post, 2)
    page = desk(keys=True)
    page.locator(".queue-item").first.focus()

    page.keyboard.press("r")
    page.get_by_role("heading", name="Why is it not published?").wait_for()
    page.locator("[name=reason]:focus").first.wait_for()
    page.keyboard.press("Escape")
    assert focused(page) == f"comment-{comment.pk}"
    page.keyboard.press("r")
    page.locator("[name=reason]:focus").first.wait_for()
    page.keyboard.press("Space")
    words = page.get_by_label("Words to the author")
    assert words.input_value().startswith("Some of the words could hurt")
    page.keyboard.press("ArrowDown")
    assert words.input_value().startswith("Something in it could tell")
    words.fill("Please spell it out. j p s u r")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Do not publish").press("Enter")
    settled(page, 1)

    decision = comment.decisions.get()
    assert (decision.reason, decision.words) == ("personal-data", "Please spell it out. j p s u r")
    assert statuses() == ["rejected", "pending"]
    page.locator(f"#comment-{following.pk}:focus").wait_for()


def test_esc_closes_no_form_that_somebody_wrote_in(post, desk):
    comment, _ = waiting(post, 2)
    page = desk(keys=True)
    page.locator(".queue-item").first.focus()
    page.keyboard.press("r")
    page.get_by_label("It is unkind to somebody").check()
    words = page.get_by_label("Words to the author")

    words.press("End")
    page.keyboard.type(" Not so.")
    page.keyboard.press("Escape")
    assert words.input_value().endswith("Not so.")
    assert focused(page) == f"comment-{comment.pk}"
    page.keyboard.press("Escape")
    assert words.input_value().endswith("Not so.")
    page.get_by_label("It is about something else").check()
    assert words.input_value().endswith("Not so.")
    words.fill("")
    page.get_by_label("It is unkind to somebody").check()
    words.press("Escape")

    assert words.count() == 0
    assert focused(page) == f"comment-{comment.pk}"


def test_own_words_are_not_replaced_by_the_usual_ones_and_a_form_without_a_reason_says_so(post, desk):
    waiting(post, 1)
    page = desk()

    page.get_by_role("link", name="Not published").click()
    page.get_by_label("Words to the author").fill("My own.")
    page.get_by_role("button", name="Do not publish").click()
    page.get_by_text("There is a problem").wait_for()
    page.locator("[data-error-summary]:focus").wait_for()
    page.get_by_label("It is unkind to somebody").check()

    assert page.get_by_label("Words to the author").input_value() == "My own."
    assert statuses() == ["pending"]


def test_u_undoes_and_the_comment_is_back_with_the_focus(post, desk):
    first, page = published_by_key(post, desk)

    page.locator("#messages").get_by_text("Published. 1 comment left.").wait_for()
    page.keyboard.press("u")
    settled(page, 2)

    back = page.locator(f"#comment-{first.pk}:focus")
    back.wait_for()
    assert statuses() == ["pending", "pending"]
    expect(back).to_have_accessible_name(f"Undone. The comment is as it was before. Guest 0 on {post.title}")


def test_keys_are_off_until_they_are_switched_on_and_the_browser_remembers(post, desk):
    waiting(post, 2)
    page = desk()
    page.locator(".queue-item").first.focus()
    page.keyboard.press("p")
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    assert statuses() == ["pending", "pending"]
    assert page.locator(".queue-item[tabindex='0']").count() == 0

    page.get_by_label("Single keys").check()
    page.reload()

    assert page.get_by_label("Single keys").is_checked()
    page.locator(".queue-item").first.focus()
    page.keyboard.press("p")
    settled(page, 1)
    page.get_by_label("Single keys").uncheck()
    page.locator(".queue-item").first.focus()
    page.keyboard.press("p")
    page.wait_for_timeout(300)
    assert statuses() == ["published", "pending"]


@pytest.mark.parametrize("keys", ["Control+s", "Meta+p", "Alt+p"])
def test_keys_of_the_browser_stay_the_browsers(post, desk, keys):
    waiting(post, 1)
    page = desk(keys=True)
    page.locator(".queue-item").first.focus()

    page.keyboard.press(keys)
    page.wait_for_timeout(300)

    assert statuses() == ["pending"]


def test_keys_do_nothing_elsewhere_on_the_page(post, desk):
    waiting(post, 1)
    page = desk(keys=True)

    for place in (page.get_by_label("Post", exact=True), page.get_by_label("Single keys")):
        place.focus()
        page.keyboard.press("p")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("p")
    page.wait_for_timeout(300)

    assert statuses() == ["pending"]


def test_the_mouse_answers_in_place_and_the_focus_is_not_lost(post, desk):
    first, second = waiting(post, 2)
    page = desk()

    page.locator(f"#comment-{first.pk}").get_by_role("button", name="Publish").click()
    settled(page, 1)

    page.locator(f"#comment-{second.pk}:focus").wait_for()
    assert page.get_by_role("link", name="Pending 1").is_visible()
    assert page.get_by_role("button", name="Undo").is_visible()


def test_on_a_phone_all_queues_are_in_sight(post, desk):
    page = desk(f"{QUEUE}?queue=decisions", width=320, height=700)
    tabs = page.locator(".queues a")

    ends = tabs.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")

    assert max(ends) <= 320
    expect(page.locator(".queues [aria-current]")).to_be_in_viewport(ratio=1)
    for tab in tabs.all():
        tab.focus()
        expect(tab).to_be_in_viewport(ratio=1)
        assert_focus_is_seen(page)
    assert look(page) == []


def test_everything_works_without_javascript(post, desk):
    first, second = waiting(post, 2)
    page = desk(java_script_enabled=False)
    assert page.get_by_label("Single keys").count() == 0 or page.get_by_label("Single keys").is_hidden()

    page.locator(f"#comment-{first.pk}").get_by_role("button", name="Publish").click()
    assert page.url.endswith(f"{QUEUE}#comment-{second.pk}")
    assert page.locator("#messages").inner_text().strip() == "Published."
    page.get_by_role("button", name="Undo").click()
    assert page.url.endswith(f"#comment-{first.pk}")
    page.locator(f"#comment-{first.pk}").get_by_role("link", name="Not published").click()
    page.get_by_label("It is about something else").check()
    page.get_by_role("button", name="Do not publish").click()
    page.locator(f"#comment-{second.pk}").get_by_role("link", name="Publish and reply").click()
    page.get_by_label("Your reply").fill("Thank you.")
    page.get_by_role("button", name="Publish and reply").click()

    assert page.get_by_text("Nothing waits").is_visible()
    assert statuses()[:2] == ["rejected", "published"]
    assert Comment.objects.get(thread=second).body == "Thank you."


def test_the_queue_has_no_fault_that_a_checker_finds(post, desk):
    make.member("Guest 0")
    waiting(post, 3)
    page = desk(keys=True)
    page.get_by_role("link", name="Not published").first.click()
    page.get_by_role("heading", name="Why is it not published?").wait_for()

    assert look(page) == []
