"""A host withdraws without a reason: access ends, the programme says so, and the team is told at once."""

from datetime import timedelta

import pytest
from django.test import Client

from events.models import Event, Session, SessionContributor
from hosting import withdrawing
from hosting.access import NotTheirs, Reader
from hosting.models import Withdrawal
from hosting.withdrawing import TooLate
from tests import letters, make
from tests.hosting.conftest import entered, shown
from tests.make import BY, NOW
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")


def test_a_host_who_has_withdrawn_sees_nothing_more(hosted):
    client = entered(hosted)
    letters.deliver(NOW)

    client.post(f"{hosted.page}withdraw/")

    for answer in (client.get(hosted.page), client.post(f"{hosted.page}needs/")):
        assert answer["Location"] == hosted.path
    assert client.post(f"{hosted.page}message/", {"act": "send"})["Location"] == hosted.path
    assert letters.only(letters.deliver(NOW)).subject == "You no longer host “The huddle”"


def test_the_programme_names_them_no_more_and_is_made_anew(hosted):
    before = Event.objects.get().version

    withdrawing.withdraw(hosted.session, HANA, at=NOW)

    assert not SessionContributor.objects.exists()
    assert Event.objects.get().version > before
    assert "Hana" not in Client().get(hosted.session.get_absolute_url()).content.decode()


def test_looking_at_the_page_withdraws_from_nothing(hosted):
    entered(hosted).get(f"{hosted.page}withdraw/")

    assert SessionContributor.objects.exists()


def test_whoever_does_not_host_it_withdraws_from_nothing(hosted):
    with pytest.raises(NotTheirs):
        withdrawing.withdraw(hosted.session, Reader(address="mallory@example.org"), at=NOW)

    assert SessionContributor.objects.exists()


def test_the_team_is_told_on_its_first_page_until_it_is_noted(hosted, admin):
    withdrawing.withdraw(hosted.session, HANA, at=NOW)
    assert "Hana withdrew as a host" in admin.get("/team/").content.decode()
    page = f"/team/events/{hosted.event.slug}/sessions/huddle/"
    assert "withdrew as a host" in admin.get(page).content.decode()

    admin.post(f"{page}withdrawals/{Withdrawal.objects.get().pk}/")

    assert "withdrew as a host" not in admin.get("/team/").content.decode()
    assert Withdrawal.objects.get().noted_at == NOW


def test_what_they_were_passed_over_for_while_they_hosted_is_offered_again(hosted):
    member = make.member("Hana", email="hana@hosts.example")
    registration = make.registration(hosted.event, member)
    other = make.workshop(hosted.event, capacity=1, hour=10)
    first = booking.book(other, make.registration(hosted.event, make.member("Cy")), by=BY, at=NOW)
    SessionContributor.objects.all().delete()
    waits = booking.book(other, registration, by=BY, at=NOW)
    SessionContributor.objects.create(session=hosted.session, contributor=hosted.hana)
    booking.cancel(first, by=BY, at=NOW)
    assert Booking.objects.get(pk=waits.pk).status == "passed"

    withdrawing.withdraw(hosted.session, Reader(member), at=NOW + timedelta(minutes=1))

    assert Booking.objects.get(pk=waits.pk).status == "booked"


def test_under_two_records_a_host_withdraws_with_both(hosted):
    member = make.member("Hana", email="hana@hosts.example")
    twin = make.host(hosted.session, "Hana H", email="", member=member)
    make.invited(twin, hosted.event)
    client = Client()
    client.force_login(member)
    client.post(f"{hosted.path}agree/", {"agrees": "on"})
    client.post(f"{hosted.path}agree/", {"agrees": "on"})
    assert client.get(hosted.page).status_code == 200

    client.post(f"{hosted.page}withdraw/")

    assert not SessionContributor.objects.exists()
    assert client.get(hosted.page)["Location"] == hosted.path


@pytest.mark.parametrize("why", ["begun", "over", "cancelled"])
def test_nobody_withdraws_from_what_has_begun_is_over_or_is_cancelled(hosted, why):
    at = {"begun": NOW.replace(day=18), "over": NOW.replace(day=24)}.get(why, NOW)
    if why == "cancelled":
        Session.objects.update(status="cancelled")

    with pytest.raises(TooLate):
        withdrawing.withdraw(Session.objects.get(), HANA, at=at)

    assert SessionContributor.objects.exists()


def test_who_does_not_want_to_agree_can_withdraw(hosted):
    client = Client()
    shown(client, hosted)
    assert f"{hosted.page}withdraw/" in client.get(f"{hosted.path}agree/").content.decode()

    client.post(f"{hosted.page}withdraw/")

    assert not SessionContributor.objects.exists()
