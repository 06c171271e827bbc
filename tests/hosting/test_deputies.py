"""A deputy has the host's access, as long as the host has it, and shows who they are like a host."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from events.models import Contributor, Event, SessionContributor
from hosting import access, agreeing, deputies, people, withdrawing
from hosting.access import NotTheirs, Reader
from hosting.deputies import NAMED, DeputyRefused
from hosting.models import Deputy
from hosting.people import NotAgreed
from tests import letters, make
from tests.hosting.conftest import Hosted, entered
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")
DI = Reader(address="di@hosts.example")


@pytest.fixture
def named(hosted: Hosted) -> Hosted:
    """Hana has named Di."""
    agreeing.agree(hosted.event, HANA, at=NOW)
    deputies.name(hosted.session, HANA, called="Di", email="di@hosts.example", at=NOW)
    return hosted


def sees(hosted: Hosted) -> bool:
    """Whether Di sees who comes."""
    try:
        return bool(people.guests(hosted.session, DI, at=NOW))
    except (NotTheirs, NotAgreed):
        return False


def test_a_deputy_is_mailed_agrees_and_sees_what_the_host_sees(named):
    mails = {one.to[0]: one for one in letters.deliver(NOW)}
    assert "names you as their deputy" in mails["di@hosts.example"].body
    assert "Ada" not in mails["di@hosts.example"].body
    assert not sees(named)

    client = entered(named, "di@hosts.example")

    assert "Ada" in client.get(named.page).content.decode()
    assert sees(named)


@pytest.mark.parametrize(
    "how", ["taken out", "host taken out", "host withdraws", "uninvited", "other address"]
)
def test_a_deputys_access_ends_with_it_or_with_the_hosts(named, how):
    agreeing.agree(named.event, DI, at=NOW)
    assert sees(named)

    if how == "taken out":
        deputies.take_out(named.session, HANA, at=NOW)
    elif how == "host taken out":
        SessionContributor.objects.filter(contributor=named.hana).delete()
    elif how == "host withdraws":
        withdrawing.withdraw(named.session, HANA, at=NOW)
    elif how == "uninvited":
        named.hana.invitations.all().delete()
    else:
        Contributor.objects.filter(email="di@hosts.example").update(email="di@new.example")

    assert not sees(named)


def test_a_deputy_is_not_asked_to_stand_in_at_an_event_that_was_called_off(named):
    Event.objects.update(status="cancelled")

    assert not [one for one in letters.deliver(NOW) if one.to == ["di@hosts.example"]]


def test_a_deputy_names_nobody_and_takes_no_host_out(named):
    agreeing.agree(named.event, DI, at=NOW)

    with pytest.raises(DeputyRefused):
        deputies.name(named.session, DI, called="Mo", email="mo@hosts.example", at=NOW)
    deputies.take_out(named.session, DI, at=NOW)
    withdrawing.withdraw(named.session, DI, at=NOW)

    assert SessionContributor.objects.filter(contributor=named.hana).exists()
    assert not Deputy.objects.exists()


def test_a_host_has_one_deputy_a_session_and_it_is_nobody_who_hosts_it(named):
    with pytest.raises(DeputyRefused):
        deputies.name(named.session, HANA, called="Mo", email="mo@hosts.example", at=NOW)
    deputies.take_out(named.session, HANA, at=NOW)

    with pytest.raises(DeputyRefused):
        deputies.name(named.session, HANA, called="Me", email="hana@hosts.example", at=NOW)


def test_a_host_writes_to_few_strangers(named):
    for number in range(NAMED.most - 1):
        deputies.take_out(named.session, HANA, at=NOW)
        deputies.name(named.session, HANA, called="Di", email=f"{number}@hosts.example", at=NOW)
    deputies.take_out(named.session, HANA, at=NOW)

    with pytest.raises(DeputyRefused):
        deputies.name(named.session, HANA, called="Di", email="last@hosts.example", at=NOW)


def test_being_a_deputy_opens_no_other_session(named):
    other = make.workshop(named.event, slug="other")
    SessionContributor.objects.create(
        session=other, contributor=Contributor.objects.get(email="di@hosts.example")
    )
    agreeing.agree(named.event, DI, at=NOW)

    with pytest.raises(NotTheirs):
        access.part(other, DI, at=NOW)


def test_who_has_not_agreed_names_nobody(hosted):
    with pytest.raises(NotAgreed):
        deputies.name(hosted.session, HANA, called="Di", email="di@hosts.example", at=NOW)

    assert not Deputy.objects.exists()


def test_the_host_does_not_learn_what_is_known_of_an_address(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    Contributor.objects.create(name="Dilys Secret", email="di@hosts.example", organisation="Ward 7")
    client = entered(hosted)

    client.post(f"{hosted.page}deputy/", {"name": "Di", "email": "di@hosts.example"})

    page = client.get(f"{hosted.page}deputy/").content.decode()
    assert "<strong>Di</strong>" in page
    assert "Secret" not in page


def test_a_deputy_is_forgotten_thirty_days_after_the_event_with_the_record_made_for_it(named):
    assert deputies.forget(at=datetime(2026, 12, 19, 12, tzinfo=UTC)) == 0
    assert deputies.forget(at=datetime(2026, 12, 20, 12, tzinfo=UTC)) == 1

    assert not Contributor.objects.filter(email="di@hosts.example").exists()
    assert Contributor.objects.filter(pk=named.hana.pk).exists()


def test_no_address_may_stand_in_the_name_of_a_deputy(hosted):
    client = entered(hosted)

    answer = client.post(f"{hosted.page}deputy/", {"name": "See https://x.example", "email": "di@x.example"})

    assert "Enter a name, without addresses." in answer.content.decode()
    assert not Deputy.objects.exists()


def test_nobody_else_names_one(hosted):
    Client().post(f"{hosted.page}deputy/", {"name": "Di", "email": "di@x.example"})

    assert not Deputy.objects.exists()
