"""Two moderators at one queue in a real Chromium: who was slower is told, and loses nothing."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import Post
from comments.moderation import decisions
from tests import make
from tests.comments.conversation import moderator
from tests.journeys.looking import look
from tests.journeys.moderating import QUEUE, focused, published_by_key, settled, statuses, waiting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post() -> Post:
    return make.post()


def test_who_was_slower_is_told_and_the_comment_stays_as_it_is_now(post, desk):
    comment = make.comment(post)
    comment.reports.create(reason="spam", created_at=timezone.now())
    page = desk(f"{QUEUE}?queue=reported")
    decisions.redact(comment, "Without a name.", by=moderator("Nia"), at=timezone.now(), seen=0)
    comment.reports.create(reason="unkind", created_at=timezone.now())

    page.get_by_role("button", name="Spam").click()
    told = page.locator(f"#comment-{comment.pk}").get_by_role("alert")
    expect(told).to_contain_text("Nia took personal data out of it")

    expect(told).to_be_focused()
    assert page.locator(f"#comment-{comment.pk}").get_by_text("Without a name.").is_visible()
    assert page.locator("#messages").inner_text() == ""
    assert statuses() == ["published"]


def test_who_was_slower_in_the_middle_of_the_queue_is_told_where_they_pressed(post, desk):
    comment = waiting(post, 8)[5]
    page = desk()
    decisions.publish(comment, by=moderator("Nia"), at=timezone.now(), seen=0)

    page.locator(f"#comment-{comment.pk}").get_by_role("button", name="Spam").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Nia published it on")

    expect(told).to_be_in_viewport(ratio=1)
    expect(told).to_be_focused()
    assert page.evaluate("window.scrollY") > 0
    assert look(page) == []
    page.get_by_role("link", name="See how it stands now").click()
    page.wait_for_url(f"**{QUEUE}{comment.pk}/")
    assert statuses().count("published") == 1


def test_who_was_slower_by_a_key_is_told_and_keeps_their_place(post, desk):
    comments = waiting(post, 8)
    page = desk(keys=True)
    decisions.publish(comments[5], by=moderator("Nia"), at=timezone.now(), seen=0)
    page.locator(f"#comment-{comments[5].pk}").focus()

    page.keyboard.press("s")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Nia published it on")

    expect(told).to_be_in_viewport(ratio=1)
    assert focused(page) == f"comment-{comments[6].pk}"
    page.keyboard.press("k")
    assert focused(page) == f"comment-{comments[5].pk}"


def test_an_undoing_that_comes_too_late_is_told_above_undo(post, desk):
    first, page = published_by_key(post, desk)
    decisions.remove(first, by=moderator("Nia"), at=timezone.now(), seen=1, reason="other", words="Not here.")

    page.get_by_role("button", name="Undo").click()
    told = page.locator("#undo").get_by_role("alert")
    expect(told).to_contain_text("Nia removed it on")

    expect(told).to_be_in_viewport(ratio=1)
    settled(page, 1)
