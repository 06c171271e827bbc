"""The team sees how far each host is, and invites them from the pages of the session and of the event."""

import pytest
from django.test import Client

from hosting.models import Invitation
from tests import letters, make
from tests.hosting.conftest import Hosted
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def desk(admin: Client) -> Client:
    """A browser of the team."""
    return admin


def page(desk: Client, hosted: Hosted) -> str:
    """What the team's page of the session says."""
    return desk.get(f"/team/events/{hosted.event.slug}/sessions/huddle/").content.decode()


def test_a_host_is_not_invited_then_invited_and_then_sees_who_comes(desk, hosted):
    Invitation.objects.all().delete()
    assert "Not invited" in page(desk, hosted)
    assert "No host has agreed yet" in page(desk, hosted)

    act = f"/team/events/{hosted.event.slug}/sessions/huddle/hosts/{hosted.hana.pk}/invite/"
    desk.post(act)

    assert letters.only(letters.deliver(NOW)).to == ["hana@hosts.example"]
    assert "has not agreed yet" in page(desk, hosted)
    make.agreed(hosted.hana, hosted.event)
    assert "Sees who comes" in page(desk, hosted)
    assert "No host has agreed yet" not in page(desk, hosted)


def test_all_hosts_of_an_event_are_invited_by_one_press(desk, hosted):
    make.host(hosted.session, "Ola", email="ola@hosts.example")

    answer = desk.post(f"/team/events/{hosted.event.slug}/invite-hosts/", follow=True)

    assert "1 host is invited" in answer.content.decode()
    assert Invitation.objects.count() == 2


def test_who_hosts_nothing_in_the_session_is_not_found(desk, hosted):
    other = make.host(make.workshop(hosted.event), "Ola")

    answer = desk.post(f"/team/events/{hosted.event.slug}/sessions/huddle/hosts/{other.pk}/invite/")

    assert answer.status_code == 404
