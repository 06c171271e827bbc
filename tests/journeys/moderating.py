"""A queue of comments in a browser: what waits in it, and how it stands."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from blog.models import Post
from comments.models import Comment
from tests import make

QUEUE = "/team/moderation/"


def waiting(post: Post, number: int) -> list[Comment]:
    """So many comments that wait, the first one longest."""
    sent = timezone.now() - timedelta(minutes=number)
    return [
        make.comment(
            post,
            status="pending",
            held_for="guest",
            body=f"Comment {n}.",
            guest_name=f"Guest {n}",
            created_at=sent + timedelta(minutes=n),
        )
        for n in range(number)
    ]


def statuses() -> list[str]:
    return list(Comment.objects.order_by("created_at", "pk").values_list("status", flat=True))


def settled(page: Page, number: int) -> None:
    """Wait until so many comments stand in the list."""
    expect(page.locator(".queue-item")).to_have_count(number)


def published_by_key(post: Post, desk: Callable[..., Page]) -> tuple[Comment, Page]:
    """Publish the first of two comments by its key; return it and the page, where that can be undone."""
    first, _ = waiting(post, 2)
    page = desk(keys=True)
    page.locator(".queue-item").first.focus()
    page.keyboard.press("p")
    settled(page, 1)
    page.get_by_role("button", name="Undo").wait_for()
    return first, page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))
