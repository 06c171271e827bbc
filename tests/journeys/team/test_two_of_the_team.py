"""Two of the team in real Chromiums at one person, one session, one announcement: who is slower is told."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from events.models import Event, Session
from members.models import Member
from notifications.models import Message
from team.models import Announcement
from tests import make
from tests.browser import Contexts
from tests.contracts import people
from tests.team.announcements.announcing import draft

pytestmark = [pytest.mark.full, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[[Member, str], Page]


@pytest.fixture
def tess() -> Member:
    return people.staff("Event admin", "Support")


@pytest.fixture
def sam() -> Member:
    made = people.staff("Event admin", "Support")
    made.name = "Sam Adeyemi"
    made.save()
    return made


@pytest.fixture
def open_both(
    browser_context: Contexts, live_server: LiveServer, tess: Member, sam: Member
) -> Callable[[str], tuple[Page, Page]]:
    """Open one address in a browser of each."""

    def open_one(member: Member, path: str) -> Page:
        client, context = Client(), browser_context()
        client.force_login(member)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return lambda path: (open_one(tess, path), open_one(sam, path))


def test_both_approve_and_decline_one_person(open_both, tess) -> None:
    winnie = make.member("Winnie", membership="waiting", is_vouched_for=True)
    first, second = open_both(f"/team/people/{winnie.pk}/")
    second.get_by_role("link", name="Do not approve").click()
    second.get_by_label("Reason").fill("No badge was sent.")

    first.get_by_role("button", name="Approve").first.click()
    expect(first.get_by_text("They are a member now.")).to_be_visible()
    second.get_by_role("button", name="Do not approve").click()

    told = second.locator("#messages")
    expect(told).to_contain_text(f"Nothing has changed about Winnie: it stands as “Member” already by {tess}")
    expect(told).to_contain_text("Your reason was not sent: “No badge was sent.”.")
    assert Member.objects.get(pk=winnie.pk).is_member
    assert list(Message.objects.filter(member=winnie).values_list("kind", flat=True)) == [
        "membership-approved"
    ]


def test_both_change_one_session(event: Event, open_both, tess) -> None:
    session = Session.objects.filter(format="workshop").order_by("pk")[0]
    pages = open_both(f"/team/events/{event.slug}/sessions/{session.slug}/change/")
    for page, room in zip(pages, ("Room 1", "Room 2"), strict=True):
        page.get_by_label("Room").fill(room)
        page.get_by_role("button", name="See what it does").click()

    first, second = pages
    first.get_by_role("button", name="Save it").click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    second.get_by_role("button", name="Save it").click()

    told = second.get_by_text("Something has changed since you looked")
    expect(told).to_contain_text(f"{tess}, ")
    expect(told).to_contain_text("Changed the session: room.")
    expect(second.get_by_text("Room 2")).to_be_visible()
    assert Session.objects.get(pk=session.pk).room == "Room 1"
    second.get_by_role("button", name="Save it").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    assert Session.objects.get(pk=session.pk).room == "Room 2"


def test_both_send_one_announcement(open_both, tess) -> None:
    make.member("Ada", is_vouched_for=True)
    told = draft(tess)
    first, second = open_both(f"/team/announcements/{told.pk}/")

    for page in (first, second):
        page.get_by_role("button", name="Send it now to").first.click()

    expect(first.get_by_text("It is going out.")).to_be_visible()
    expect(second.locator("#messages")).to_contain_text(f"{tess} sent it, ")
    expect(second.locator("#messages")).to_contain_text("Nothing is sent twice; here is how far it is.")
    assert Announcement.objects.get(pk=told.pk).sent_by == tess
