"""A host sees who comes once they have agreed: names, what each lets hosts see, and no longer than said."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from events.models import Contributor, Registration, SessionContributor
from hosting import access, agreeing, people
from hosting.access import NotTheirs, Reader
from hosting.models import Agreement
from hosting.people import Guest, Need, NotAgreed
from tests import letters, make
from tests.hosting.conftest import entered, shown
from tests.make import BY, NOW
from workshops.models import Booking
from workshops.places import booking
from workshops.programme.changes import save_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")


def test_nobody_is_seen_before_the_host_has_agreed(hosted):
    with pytest.raises(NotAgreed):
        people.guests(hosted.session, HANA, at=NOW)
    with pytest.raises(NotAgreed):
        people.needs(hosted.session, HANA, at=NOW)
    client = Client()
    shown(client, hosted)

    for answer in (client.get(hosted.page), client.post(f"{hosted.page}needs/")):
        assert answer["Location"] == hosted.path


def test_names_are_seen_and_the_work_of_who_lets_hosts_see_it(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)

    seen = people.guests(hosted.session, HANA, at=NOW)

    assert seen == [Guest("Ada", "Nurse, Trust of Ada"), Guest("Bo")]


def test_no_address_of_anybody_is_on_the_page(hosted):
    page = entered(hosted).get(hosted.page).content.decode()

    assert "Ada" in page
    assert "Bo" in page
    assert "Trust of Ada" in page
    assert "Trust of Bo" not in page
    assert "@example.org" not in page.replace("team@example.org", "")
    assert "Captions" not in page


def test_needs_are_shown_as_agreed_and_each_look_is_recorded(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)

    seen = people.needs(hosted.session, HANA, at=NOW)

    assert seen == [Need("Ada", "Captions for Ada")]
    ada = Registration.objects.get(member__name="Ada")
    entry = Entry.objects.get(act=Act.NEEDS_SEEN_BY_HOST)
    assert (entry.via, entry.actor_id, entry.thing_id, entry.member_id) == (
        "host",
        None,
        ada.pk,
        ada.member_id,
    )


def test_words_agreed_to_are_kept_with_their_day_and_told_once(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    agreeing.agree(hosted.event, HANA, at=NOW + timedelta(hours=1))

    kept = Agreement.objects.get()
    assert (kept.words, kept.agreed_at) == (str(agreeing.WORDS), NOW)
    mail = letters.only(letters.deliver(NOW + timedelta(hours=1)))
    assert mail.to == ["hana@hosts.example"]
    assert "The huddle" in mail.body
    assert "Ada" not in mail.body


def test_whoever_hosts_nothing_agrees_to_nothing(hosted):
    with pytest.raises(NotTheirs):
        agreeing.agree(hosted.event, Reader(address="mallory@example.org"), at=NOW)

    assert not Agreement.objects.exists()


def test_people_are_seen_for_two_weeks_after_the_last_day_by_the_clock_of_the_event(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    end = datetime(2026, 12, 4, 0, 0, tzinfo=UTC)  # the event ends on 19 November, in winter time

    assert people.guests(hosted.session, HANA, at=end - timedelta(seconds=1))
    for seen in (people.guests, people.needs):
        with pytest.raises(NotTheirs):
            seen(hosted.session, HANA, at=end)
    client = entered(hosted)
    with time_machine.travel(end, tick=False):
        assert shown(Client(), hosted).status_code == 302
        assert "Ada" not in client.get(hosted.page, follow=True).content.decode()


def test_a_host_sees_their_own_sessions_alone(hosted):
    other = make.workshop(hosted.event, title="Of somebody else", slug="other")
    ola = make.host(other, "Ola", email="ola@hosts.example")
    make.invited(ola, hosted.event)
    client = entered(hosted)

    assert client.get(f"{hosted.path}sessions/other/")["Location"] == hosted.path
    assert client.get(f"{hosted.path}sessions/none/")["Location"] == hosted.path
    assert "Of somebody else" not in client.get(hosted.path).content.decode()


def test_a_speaker_is_no_host(hosted):
    SessionContributor.objects.filter(contributor=hosted.hana).update(part="speaker")

    with pytest.raises(NotTheirs):
        access.part(hosted.session, HANA, at=NOW)


def test_who_gave_up_their_place_is_seen_no_more(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    booking.cancel(Booking.objects.get(member__name="Ada"), by=BY, at=NOW)

    assert [one.name for one in people.guests(hosted.session, HANA, at=NOW)] == ["Bo"]
    assert people.needs(hosted.session, HANA, at=NOW) == []


def test_an_account_that_is_put_beside_an_address_later_agrees_anew(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)

    Contributor.objects.filter(pk=hosted.hana.pk).update(
        member=make.member("Hana", email="hana@hosts.example")
    )

    with pytest.raises(NotAgreed):
        people.guests(hosted.session, HANA, at=NOW)


def test_who_has_to_decide_between_two_sessions_is_seen_and_so_is_what_they_need(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    other = make.workshop(hosted.event, hour=14)
    booking.book(other, Registration.objects.get(member__name="Ada"), by=BY, at=NOW)
    save_session(make.later(hosted.session, timedelta(hours=4)), by=BY, at=NOW)

    seen = people.guests(hosted.session, HANA, at=NOW)

    assert seen == [Guest("Ada", "Nurse, Trust of Ada", is_deciding=True), Guest("Bo")]
    assert people.needs(hosted.session, HANA, at=NOW) == [Need("Ada", "Captions for Ada")]
