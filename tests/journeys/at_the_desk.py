"""An editor at the form of a post: who they are, and what they do beside typing."""

from collections.abc import Callable

from django.contrib.auth.models import Group
from playwright.sync_api import Locator, Page, expect

from blog.models import Post
from members.models import Member
from tests import make, second_step
from tests.members.accounts.signing_up import PASSWORD


def editor(name: str) -> Member:
    member = make.member(name, email=f"{name}@example.org", password=PASSWORD, is_staff=True)
    member.groups.add(Group.objects.get_or_create(name="Blog editor")[0])
    member.is_superuser = True
    member.save()
    return member


def log_in(page: Page, name: str, address: str) -> None:
    page.goto(f"/accounts/login/?next={address}")
    page.get_by_label("Email address").fill(f"{name}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)
    if second_step.given_in_page(page):
        page.goto(address)


def ten_seconds_later(page: Page) -> None:
    page.clock.run_for(11_000)


def in_another_tab(page: Page, act: Callable[[Page], object]) -> None:
    other = page.context.new_page()
    act(other)
    other.close()


def log_out(page: Page) -> None:
    page.goto("/blog/")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()


def wait_for_kept_in_the_browser(page: Page, number: int) -> None:
    """Wait until the browser keeps the words of so many forms."""
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('qevent-words:')).length"
    for _ in range(200):  # not by wait_for_function, which polls by eval: the site's own policy refuses it
        if page.evaluate(kept) == number:
            return
        page.wait_for_timeout(25)
    assert page.evaluate(kept) == number


def text(page: Page) -> Locator:
    return page.locator(".ProseMirror")


def save(page: Page) -> str:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    return Post.objects.get().body


def write_anew(page: Page) -> None:
    text(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
