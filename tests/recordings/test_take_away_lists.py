"""People come upon what to take away on the event, its themes, and on demand; the team reads what waits."""

from types import SimpleNamespace as Recorded

import pytest
from django.test import Client

from recordings.models import TakeAway
from tests import make
from tests.contracts import people
from tests.make import NOW

pytestmark = pytest.mark.django_db
PATH = "/events/2026/sessions/flow/take-away/"


@pytest.fixture
def themed(published: Recorded) -> Recorded:
    """A published recording and what to take away of a session with a theme."""
    published.session.themes.add(make.theme(published.event, slug="equity"))
    row = {"problem": "A", "done": "B", "monday": "C", "written_at": NOW, "decided_at": NOW}
    TakeAway.objects.create(session=published.session, state="published", **row)
    return published


@pytest.mark.parametrize("page", ["", "themes/equity/", "on-demand/", "sessions/flow/"])
def test_everybody_comes_upon_it_once_it_is_published(page, themed):
    assert PATH in Client().get(f"/events/2026/{page}").text

    TakeAway.objects.update(state="left")

    assert PATH not in Client().get(f"/events/2026/{page}").text


def test_a_theme_says_what_of_it_is_on_demand_to_those_who_registered(themed):
    page, recording = "/events/2026/themes/equity/", f"/events/2026/on-demand/{themed.pk}/"

    assert recording in people.reader(themed.ada).get(page).text
    assert recording not in Client().get(page).text
    assert recording not in people.reader(make.member("Bo")).get(page).text


def test_another_theme_says_nothing_of_it(themed):
    make.theme(themed.event, "Flow", slug="other")

    text = people.reader(themed.ada).get("/events/2026/themes/other/").text

    assert PATH not in text
    assert "on-demand/" not in text


def test_the_team_is_told_what_waits_to_be_read(themed, time_machine):
    time_machine.move_to(NOW)
    tess = people.reader(people.staff("Event admin"))
    assert "What to take away waits" not in tess.get("/team/").text

    TakeAway.objects.update(state="waiting", decided_at=None)

    told = tess.get("/team/").text
    assert "What to take away waits to be read" in told
    assert f"/team{PATH}" in told
