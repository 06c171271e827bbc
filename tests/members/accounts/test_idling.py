"""Whoever of the team gave their second step and was away for eight hours is logged out, on every page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from members.models import LogIn
from tests import make, second_step
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


@pytest.mark.parametrize("page", ["/", "/contact/", "/blog/", "/members/profile/"])
def test_it_is_so_on_every_page(desk, clock, page):
    clock.shift(timedelta(hours=8, minutes=1))

    answer = desk.get(page)

    assert not answer.wsgi_request.user.is_authenticated
    assert not Session.objects.exists()


def test_who_reads_other_pages_meanwhile_is_there(desk, clock):
    statuses = []
    for page in ("/", "/blog/", "/team/"):
        clock.shift(timedelta(hours=7, minutes=59))
        statuses.append(desk.get(page).status_code)

    assert statuses == [200, 200, 200]


def test_what_an_open_page_asks_for_by_itself_is_no_use(desk, clock):
    for _ in range(3):
        clock.shift(timedelta(hours=3))
        answer = desk.get("/", headers={"Sec-Fetch-Mode": "cors"})

    assert not answer.wsgi_request.user.is_authenticated


def test_what_is_sent_in_place_is_use(desk, clock):
    for _ in range(3):
        clock.shift(timedelta(hours=7))
        answer = desk.post("/team/posts/", headers={"Sec-Fetch-Mode": "cors"})

    assert answer.wsgi_request.user.is_authenticated


def used_at() -> datetime:
    return LogIn.objects.get().used_at


def test_use_is_noted_each_quarter_of_an_hour(desk, clock):
    noted = []
    for _ in range(3):
        clock.shift(timedelta(minutes=8))
        desk.get("/team/")
        noted.append(used_at())

    assert noted == [AT, AT + timedelta(minutes=16), AT + timedelta(minutes=16)]


def test_a_member_stays_logged_in_and_their_use_is_noted_once_a_day(clock, django_assert_num_queries):
    client = people.reader(make.member("Ada"))
    client.get("/members/profile/")
    noted = []
    for hours in (13, 1, 20):
        clock.shift(timedelta(hours=hours))
        assert client.get("/members/profile/").status_code == 200
        noted.append(used_at())

    assert noted == [AT, AT + timedelta(hours=14), AT + timedelta(hours=14)]


def test_who_is_of_the_team_with_a_password_alone_is_a_member_here_too(clock):
    client = second_step.logged_in_by("password", make.member("Tess", is_staff=True))
    clock.shift(timedelta(hours=20))

    assert client.get("/members/profile/").status_code == 200
