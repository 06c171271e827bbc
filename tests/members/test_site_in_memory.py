"""The site's settings on pages: kept for seconds, read anew by who may change them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from members.models import Page, SiteSettings
from members.site_in_memory import settings_for
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.NOW
KEPT = timedelta(seconds=10)


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> Iterator[None]:
    """As in production, beginning and ending with nothing that an earlier test wrote."""
    settings.SITE_SETTINGS_KEPT_SECONDS = KEPT.total_seconds()
    settings_for(make.member("Vera", is_staff=True), at=NOW - timedelta(days=1))
    yield
    settings_for(make.member("Vera", is_staff=True), at=NOW - timedelta(days=1))


def rename(name: str) -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"name": name})


def name_for_visitors(client: Client) -> str:
    header = client.get("/contact/").content.decode().split('class="wordmark"')[1]
    return header.split("<span>")[1].split("</span>")[0]


def test_they_are_read_once_in_some_seconds(django_assert_num_queries: DjangoAssertNumQueries):
    rename("Community")
    settings_for(None, at=NOW)

    with django_assert_num_queries(0):
        kept = settings_for(None, at=NOW + KEPT - timedelta(seconds=1))

    assert kept.name == "Community"


def test_after_these_seconds_everybody_sees_what_was_saved_by_another_process():
    rename("Community")
    settings_for(None, at=NOW)
    rename("Q community")

    names = [settings_for(None, at=NOW + after).name for after in (KEPT - timedelta(seconds=1), KEPT)]

    assert names == ["Community", "Q community"]


def test_a_clock_that_went_back_keeps_nothing():
    rename("Community")
    settings_for(None, at=NOW)
    rename("Q community")

    assert settings_for(None, at=NOW - timedelta(seconds=1)).name == "Q community"


def test_who_may_change_them_sees_what_was_saved_at_once_and_then_so_does_everybody_here():
    rename("Community")
    settings_for(None, at=NOW)
    rename("Q community")

    staff = settings_for(make.member("Bo", is_staff=True), at=NOW)

    assert (staff.name, settings_for(None, at=NOW).name) == ("Q community", "Q community")


def test_a_page_shows_them_as_kept_and_the_team_its_new_page_at_once(admin: Client, client: Client):
    visitor = Client()
    with time_machine.travel(NOW, tick=False):
        rename("Community")
        visitor.get("/contact/")
        rename("Q community")
        before = name_for_visitors(visitor)
        Page.objects.create(title="Who we are", slug="who-we-are", body="Us.", is_shown=True)
        footer = admin.get("/contact/").content.decode()

        assert (before, name_for_visitors(visitor)) == ("Community", "Q community")
        assert "Who we are" in footer
