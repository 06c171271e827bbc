"""The front page and the contact page."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from events.models import Event
from members.models import Member, SiteSettings
from tests import make
from tests.markup import flat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ordinary_monday() -> Any:
    """Every test begins with an empty cache, on the same morning."""
    cache.clear()
    with time_machine.travel(make.NOW, tick=False):
        yield


def page(client: Client, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return flat(response.content.decode())


def an_admin() -> Member:
    return make.member("Sam", is_staff=True, is_superuser=True)


def test_home_shows_the_next_event_and_what_to_do_about_it(client: Client):
    make.event(title="Spring", slug="spring", first_day=date(2027, 3, 1), last_day=date(2027, 3, 1))
    make.theme(make.event(title="Autumn", slug="2026", summary="Two days."), "Equity")

    response = client.get("/")

    text = response.content.decode()
    assert response.context["event"].title == "Autumn"
    for words in (
        "Two days.",
        "Thursday 19 November",
        "Equity",
        "Register for the event",
        "Also coming",
        "Spring",
    ):
        assert words in text


@pytest.mark.parametrize("status", [Event.Status.DRAFT, Event.Status.CANCELLED, Event.Status.ARCHIVED])
def test_home_shows_only_what_takes_place(client: Client, status: str):
    make.event(title="Autumn", status=status)
    an_admin()

    text = page(client)

    assert "Autumn" not in text
    assert "No event is planned yet" in text


def test_an_event_is_the_next_one_until_its_last_day_has_ended(client: Client):
    make.event(title="Autumn", first_day=date(2026, 11, 1), last_day=date(2026, 11, 2))

    with time_machine.travel("2026-11-02T23:59:59Z", tick=False):
        last_second = page(client)
    with time_machine.travel("2026-11-03T00:00:00Z", tick=False):
        next_day = page(client)

    assert "The event of Q community is on" in last_second
    assert "The last event of Q community" in next_day
    assert "Autumn" in next_day


def test_an_empty_install_tells_its_first_admin_what_to_do(client: Client):
    text = page(client)

    assert "Welcome to your new site" in text
    assert "python manage.py createsuperuser" in text
    assert 'href="/admin/"' in text
    assert "Done" not in text


def test_an_admin_sees_which_steps_are_done(client: Client):
    client.force_login(an_admin())
    SiteSettings.objects.update_or_create(pk=1, defaults={"contact_email": "team@example.org"})

    response = client.get("/")

    assert response.context["steps"] == {"admin": True, "settings": True, "event": False}
    assert response.content.decode().count(">Done<") == 2


def test_a_draft_counts_as_made_and_home_still_says_to_publish_it(client: Client):
    client.force_login(an_admin())
    make.event(status=Event.Status.DRAFT)

    response = client.get("/")

    assert response.context["steps"]["event"]
    assert "Publish it" in flat(response.content.decode())


def test_a_visitor_of_a_site_without_events_is_not_told_how_to_run_it(client: Client):
    an_admin()

    text = page(client)

    assert "createsuperuser" not in text
    assert "The next event will be announced here." in text
    assert "Log in to the admin" in text


@pytest.mark.parametrize("events", [1, 30])
def test_home_costs_the_same_queries_however_many_events_there_are(
    client: Client, events: int, django_assert_num_queries: Any
):
    for _ in range(events + 1):
        make.event()

    page(client)

    with django_assert_num_queries(3):
        page(client)


def test_contact_says_how_to_reach_the_team(client: Client):
    contact = {
        "contact_email": "team@example.org",
        "contact_phone": "020 7946 0001",
        "contact_text": "Within two days.",
    }
    SiteSettings.objects.update_or_create(pk=1, defaults=contact)

    text = page(client, "/contact/")

    for words in ("Contact the Q team", "mailto:team@example.org", "020 7946 0001", "Within two days."):
        assert words in text


def test_contact_without_any_says_so_and_tells_staff_where_to_add_it(client: Client):
    before = page(client, "/contact/")
    client.force_login(an_admin())
    after = page(client, "/contact/")

    assert "No contact has been given yet" in before
    assert "Site settings" not in before
    assert "Site settings" in after
