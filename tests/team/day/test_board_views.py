"""The day board is pressed: notices go up and come down, a host is ticked; who may not presses nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from live.models import Notice, Presence
from tests import make
from tests.contracts import people
from tests.team.day.conftest import AT

pytestmark = pytest.mark.django_db
BOARD = "/team/events/2026/day/"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(AT, tick=False):
        yield


def test_it_is_reached_from_the_team_s_first_page_and_the_event_s(event, on, desk):
    for page in ("/team/", "/team/events/2026/"):
        assert f'href="{BOARD}"' in desk.get(page).text
    with time_machine.travel(AT - timedelta(days=3), tick=False):
        assert f'href="{BOARD}"' not in desk.get("/team/events/2026/").text


def test_a_prepared_notice_is_up_by_one_press_and_down_by_another(event, on, desk):
    assert desk.get(BOARD).text.count('name="said" value=') == 3

    desk.post(f"{BOARD}notice/", {"said": "0", "stands": "60"})
    notice = Notice.objects.get()
    assert "your places are safe" in notice.words
    assert notice.ends_at == AT + timedelta(hours=1)
    assert notice.words in Client().get("/events/2026/").text

    desk.post(f"{BOARD}notices/{notice.pk}/down/")
    assert notice.words not in Client().get("/events/2026/").text


def test_own_words_stand_for_one_session_and_wrong_ones_come_back(event, on, desk):
    typed = {"said": "0", "words": "Bring tea.", "about": on.pk, "stands": "15"}

    again = desk.post(f"{BOARD}notice/", typed | {"words": "x" * 201})
    assert "at most 200 characters" in again.text
    desk.post(f"{BOARD}notice/", typed)

    assert Notice.objects.get().session_id == on.pk
    assert "Bring tea." in desk.get(BOARD).text


def test_a_notice_on_another_day_is_refused_beside_the_form(event, desk):
    with time_machine.travel(AT - timedelta(days=9), tick=False):
        again = desk.post(f"{BOARD}notice/", {"said": "0", "stands": "60"})

    assert "Write an announcement" in again.text
    assert not Notice.objects.exists()


def test_a_host_is_ticked_and_the_tick_taken_back(event, soon, desk, tess):
    at = "/team/events/2026/sessions/soon/in/host/"

    answer = desk.post(at)
    assert answer.url == f"{BOARD}#session-{soon.pk}"
    assert Presence.objects.get().by == tess
    assert "in since 10:00" in desk.get(BOARD).text

    desk.post(at, {"act": "take-back"})
    assert not Presence.objects.exists()


def test_who_is_in_is_refused_of_what_does_not_take_place(event, soon, desk):
    type(soon).objects.update(status="cancelled")

    answer = desk.post("/team/events/2026/sessions/soon/in/host/", follow=True)

    assert "does not take place" in answer.text
    assert desk.post("/team/events/2026/sessions/soon/in/cat/").status_code == 404


def test_support_ticks_and_puts_up_nothing(event, soon):
    mo = people.reader(people.staff("Support"))

    mo.post("/team/events/2026/sessions/soon/in/support/")
    assert Presence.objects.get().who == "support"
    assert "Put up a notice" not in mo.get(BOARD).text
    assert mo.post(f"{BOARD}notice/", {"said": "0", "stands": "60"}).status_code == 403


def test_a_missing_host_is_red_with_who_stands_in(event, soon, desk):
    make.host(soon, "Hana", email="hana@hosts.example")

    page = desk.get(BOARD).text

    assert "No host yet, starts in 5 minutes." in page
    assert 'href="mailto:hana%40hosts.example"' in page or 'href="mailto:hana@hosts.example"' in page
