"""The page with the address of the calendar: made, renewed, stopped, and added in two presses."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import icalendar
import pytest
import time_machine
from django.urls import reverse

from events.models import Registration
from members.models import Member
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places.state import path
from workshops.letters import calendar_feed
from workshops.places import booking

pytestmark = pytest.mark.django_db
PAGE, NEW, STOP = "/calendar/", "/calendar/new/", "/calendar/stop/"


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    """These tests play at one moment."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ada(event) -> Registration:
    """Ada, registered."""
    return make.registration(event, make.member("Ada", password="pass-word-1"))


def test_the_page_needs_a_login(client):
    assert client.get(PAGE)["Location"] == f"{reverse('account_login')}?next={PAGE}"


@pytest.mark.slow
def test_the_page_makes_renews_and_stops_the_address_by_pressing_only(client, ada):
    client.force_login(ada.member)
    shown = [client.get(PAGE).context["address"]]
    refused = [client.get(url).status_code for url in (NEW, STOP)]
    for url in (NEW, NEW, STOP):
        response = client.post(url, follow=True)
        shown.append(response.context["address"])

    assert refused == [405, 405]
    assert [bool(address) for address in shown] == [False, True, True, False]
    assert shown[1] != shown[2]
    assert response.status_code == 200


def test_the_page_shows_the_address_to_copy_and_to_open(client, ada):
    client.force_login(ada.member)
    address = calendar_feed.address(ada.member) or path(ada.member)

    response = client.get(PAGE)

    page = response.content.decode()
    assert f'value="http://localhost:8000{address}"' in page
    assert f'href="webcal://localhost:8000{address}"' in page
    assert [
        word in page for word in ("Outlook", "Google", "Apple", "Make a new address", "Stop sharing")
    ] == [True] * 5
    assert response["Cache-Control"] == "private, no-store"


def test_they_choose_between_invitations_and_the_subscribed_calendar(client, ada):
    client.force_login(ada.member)

    chosen = client.post(PAGE, {"calendar": "feed"})
    wrong = client.post(PAGE, {"calendar": "pigeon"})
    nothing = client.post(PAGE, {})

    ada.member.refresh_from_db()
    assert (chosen.status_code, ada.member.calendar) == (302, Member.Calendar.FEED)
    assert (wrong.status_code, nothing.status_code) == (200, 200)
    assert "There is a problem" in flat(wrong.content.decode())


@pytest.mark.slow
def test_two_presses_from_the_agenda_add_the_calendar_to_google_outlook_or_a_device(client, event, ada):
    client.force_login(ada.member)
    agenda = client.get(f"/events/{event.slug}/agenda/").text

    page = client.post("/calendar/add/", follow=True)

    address = calendar_feed.address(ada.member)
    webcal = address.replace("http://", "webcal://")
    named = urlencode({"url": address, "name": "My agenda"})
    assert '<form method="post" action="/calendar/add/">' in flat(agenda)
    assert page.redirect_chain == [(f"{PAGE}#add", 302)]
    links = {unescape(link) for link in re.findall(r'href="([^"]+)"', page.text)}
    assert links >= {
        f"https://calendar.google.com/calendar/render?{urlencode({'cid': webcal})}",
        f"https://outlook.office.com/calendar/0/addfromweb?{named}",
        f"https://outlook.live.com/calendar/0/addfromweb?{named}",
        webcal,
        "/calendar/file/",
    }


def test_adding_twice_keeps_the_address_that_programs_follow(client, ada):
    client.force_login(ada.member)
    client.post("/calendar/add/")
    first = calendar_feed.address(ada.member)

    client.post("/calendar/add/")

    assert calendar_feed.address(ada.member) == first
    assert client.get("/calendar/add/").status_code == 405


def test_the_file_holds_their_sessions_under_the_names_that_invitations_have(client, event, ada):
    session = make.workshop(event, title="Leading")
    booking.book(session, ada, by=BY, at=NOW)
    client.force_login(ada.member)

    response = client.get("/calendar/file/")

    found = icalendar.Calendar.from_ical(response.content)
    assert (str(found["METHOD"]), "REFRESH-INTERVAL" in found) == ("PUBLISH", False)
    assert [(str(one["SUMMARY"]), str(one["UID"]).partition("@")[0]) for one in found.events] == [
        ("Leading", f"session-{session.pk}-member-{ada.member_id}")
    ]
    assert response["Content-Disposition"] == 'attachment; filename="my-agenda.ics"'
    assert response["Cache-Control"] == "private, no-store"
