"""The team invites hosts by mail, once each; the letter names nobody who comes and opens nothing."""

from datetime import timedelta

import pytest

from events.models import Contributor, SessionContributor
from hosting import inviting
from hosting.inviting import CannotInvite
from hosting.models import Invitation
from members.models import Member
from tests import letters, make
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def tess() -> Member:
    return make.member("Tess", is_staff=True)


def test_a_host_without_an_account_is_mailed_where_their_page_is(hosted, tess):
    Invitation.objects.all().delete()

    assert inviting.invite(hosted.event, hosted.hana, by=tess, at=NOW)

    mail = letters.only(letters.deliver(NOW))
    assert mail.to == ["hana@hosts.example"]
    assert "The huddle" in mail.body
    assert f"{hosted.path}\n" in mail.body
    assert not any(word in mail.body for word in ("Ada", "Bo", "Captions", "join.example"))


def test_pressed_twice_it_is_one_invitation_and_later_one_more(hosted, tess):
    Invitation.objects.all().delete()
    assert inviting.invite(hosted.event, hosted.hana, by=tess, at=NOW)
    assert not inviting.invite(hosted.event, hosted.hana, by=tess, at=NOW + timedelta(minutes=9))
    assert len(letters.deliver(NOW)) == 1

    assert inviting.invite(hosted.event, hosted.hana, by=tess, at=NOW + inviting.PAUSE)

    assert len(letters.deliver(NOW + inviting.PAUSE)) == 1
    assert Invitation.objects.get().invited_at == NOW + inviting.PAUSE


def test_the_account_of_a_host_is_mailed_where_there_is_one(hosted, tess):
    Invitation.objects.all().delete()
    Contributor.objects.filter(pk=hosted.hana.pk).update(
        member=make.member("Hana", email="hana@home.example")
    )

    inviting.invite(hosted.event, hosted.hana, by=tess, at=NOW)

    assert letters.only(letters.deliver(NOW)).to == ["hana@home.example"]


@pytest.mark.parametrize("why", ["draft", "over", "no host", "speaker", "no address"])
def test_nobody_is_invited_who_could_see_nothing(hosted, tess, why):
    Invitation.objects.all().delete()
    at = NOW + timedelta(days=30) if why == "over" else NOW
    if why == "draft":
        hosted.event.status = "draft"
        hosted.event.save()
    elif why == "no host":
        SessionContributor.objects.all().delete()
    elif why == "speaker":
        SessionContributor.objects.update(part="speaker")
    elif why == "no address":
        Contributor.objects.update(email="")

    with pytest.raises(CannotInvite):
        inviting.invite(hosted.event, hosted.hana, by=tess, at=at)

    assert not Invitation.objects.exists()
    assert not letters.deliver(at)


def test_all_who_were_not_invited_are_invited_at_once(hosted, tess):
    make.host(hosted.session, "Ola", email="ola@hosts.example")
    make.host(hosted.session, "Nobody", email="")

    assert inviting.invite_all(hosted.event, by=tess, at=NOW) == 1

    assert letters.only(letters.deliver(NOW)).to == ["ola@hosts.example"]
    assert inviting.invite_all(hosted.event, by=tess, at=NOW) == 0


def test_an_invitation_on_its_way_is_not_sent_to_who_was_taken_out(hosted, tess):
    Invitation.objects.all().delete()
    inviting.invite(hosted.event, hosted.hana, by=tess, at=NOW)

    SessionContributor.objects.all().delete()

    assert letters.deliver(NOW) == []
