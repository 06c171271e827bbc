"""The page of changed clocks: what it shows, and what pressing does."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from events.models import Session
from tests import make
from tests.contracts import people
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PAGE = "/team/clocks/"
TEN = datetime(2026, 12, 9, 18, 0, tzinfo=UTC)


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(people.staff("Event admin"))
    return client


@pytest.fixture
def session() -> Session:
    event = make.event(first_day=date(2026, 12, 9), last_day=date(2026, 12, 9), time_zone="America/Vancouver")
    ends_at = TEN + timedelta(hours=1)
    return make.workshop(
        event, title="Leading", starts_at=TEN, ends_at=ends_at, starts_offset=-480, ends_offset=-480
    )


def test_the_page_shows_both_readings_and_the_to_do_list_leads_there(desk, session):
    page, todo = flat(desk.get(PAGE).text), flat(desk.get("/team/").text)

    assert "Meant: Wednesday 9 December, 10:00 to 11:00." in page
    assert "By the rules of today: Wednesday 9 December, 11:00 to 12:00 (Vancouver time, UTC−7)." in page
    assert "A move would email nobody." in page
    assert "1 session shows another time than was meant" in todo


def test_where_nothing_differs_nothing_is_asked(desk):
    assert "Every session to come shows the time that was meant." in desk.get(PAGE).text
    assert "Changed clocks" not in desk.get("/team/").text


@pytest.mark.parametrize(
    ("act", "starts_at", "said"),
    [
        ("move", TEN - timedelta(hours=1), "1 session is moved."),
        ("leave", TEN, "1 session is left at the moment of before."),
        ("", TEN, "Nothing is changed"),
    ],
)
def test_what_is_pressed_is_done_with_the_ticked_ones(desk, session, act, starts_at, said):
    answer = desk.post(PAGE, {"act": act, "session": [session.pk, "x", "\x00", "9" * 40]}, follow=True)

    assert said in answer.text
    assert Session.objects.get().starts_at == starts_at


def test_without_a_tick_nothing_is_done(desk, session):
    answer = desk.post(PAGE, {"act": "move"}, follow=True)

    assert "Nothing is changed" in flat(answer.text)
    assert Session.objects.get().starts_at == TEN
