"""The ways to the hosts' pages: for members to whom they open, and for nobody else."""

from datetime import timedelta

import pytest
from django.test import Client

from events.models import SessionContributor
from hosting import withdrawing
from hosting.access import Reader
from hosting.models import Deputy
from tests import make
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def ways(hosted, member):
    """Where each page leads, of those that may lead to the hosts' pages: agenda, session, profile."""
    client = Client()
    if member is not None:
        client.force_login(member)
    pages = [
        (f"/events/{hosted.event.slug}/agenda/", hosted.path),
        (hosted.session.get_absolute_url(), hosted.page),
        ("/members/profile/", hosted.path),
    ]
    return [f'href="{way}"' in client.get(page).content.decode() for page, way in pages]


@pytest.fixture
def hal(hosted):
    """A member who hosts the session by account, and has not been invited yet."""
    member = make.member("Hal")
    make.host(hosted.session, "Hal", member=member, email="hal@hosts.example")
    return member


@pytest.mark.parametrize("is_registered", [False, True])
def test_a_member_who_hosts_is_led_there_once_invited(hosted, hal, is_registered):
    if is_registered:
        make.registration(hosted.event, hal)
    before = ways(hosted, hal)

    make.invited(hal.contributions.get(), hosted.event)

    assert before == [False] * 3
    assert ways(hosted, hal) == [True] * 3


def test_a_deputy_is_led_there(hosted):
    di = make.member("Di")
    contributor = di.contributions.create(name="Di")
    of = SessionContributor.objects.get(contributor=hosted.hana)
    Deputy.objects.create(of=of, contributor=contributor, name="Di", named_at=NOW)

    assert ways(hosted, di) == [True] * 3


def test_who_comes_a_visitor_and_who_has_withdrawn_are_not_led_there(hosted, hal):
    make.invited(hal.contributions.get(), hosted.event)
    withdrawing.withdraw(hosted.session, Reader(hal), at=NOW)

    assert ways(hosted, hal) == [False] * 3
    assert ways(hosted, hosted.session.bookings.first().member) == [False] * 3
    assert ways(hosted, None) == [False] * 3


def test_two_weeks_after_the_event_nothing_leads_there(hosted, hal, time_machine):
    make.invited(hal.contributions.get(), hosted.event)
    time_machine.move_to(NOW.replace(day=19) + timedelta(days=14, hours=13))
    day_before = ways(hosted, hal)

    time_machine.move_to(NOW.replace(day=19) + timedelta(days=15))

    assert day_before == [True] * 3
    assert ways(hosted, hal) == [False] * 3
