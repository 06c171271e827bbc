"""Whoever of the team has not been on its pages for eight hours is logged out, and loses no words."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from tests import make
from tests.contracts import people

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as travelling:
        yield travelling


@pytest.fixture
def desk():
    return people.reader(make.member("Tess", is_staff=True))


def test_eight_hours_away_end_the_session(desk, clock):
    desk.get("/team/")
    clock.shift(timedelta(hours=8, minutes=1))

    answer = desk.get("/team/")

    assert answer["Location"] == "/accounts/login/?next=/team/"
    assert not desk.get("/members/profile/").wsgi_request.user.is_authenticated


def test_who_comes_back_within_eight_hours_stays(desk, clock):
    statuses = []
    for _ in range(3):
        clock.shift(timedelta(hours=7, minutes=59))
        statuses.append(desk.get("/team/").status_code)

    assert statuses == [200, 200, 200]


def test_the_session_is_not_written_at_each_request(desk, clock):
    desk.get("/team/")
    before = Session.objects.get().session_data

    clock.shift(timedelta(minutes=14))
    desk.get("/team/")
    after = Session.objects.get().session_data
    clock.shift(timedelta(minutes=2))
    desk.get("/team/")

    assert (after == before, Session.objects.get().session_data == before) == (True, False)


def test_a_member_stays_logged_in(clock):
    client = people.reader(make.member("Ada"))
    clock.shift(timedelta(hours=20))

    assert client.get("/members/profile/").status_code == 200
