"""Hosts get an announcement once, whatever becomes of their records and accounts while it is written."""

import pytest

from events.models import Contributor
from team.announcements import sending
from tests import make
from tests.make import NOW
from tests.team.announcements.announcing import draft, now, send, to, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def tess():
    return make.member("Tess", membership="ended")


@pytest.fixture
def event():
    return make.event()


@pytest.fixture
def session(event):
    return make.session(event)


def going(tess, event):
    """An announcement to the hosts of the event that has been started, and nothing of it is written."""
    told = draft(tess, "hosts", event=event)
    assert send(told, tess)
    return told


def batch(told, size=100):
    return sending.write_batch(told.pk, at=NOW, size=size)


def link(record, member):
    Contributor.objects.filter(pk=record.pk).update(member=member)


def test_who_links_their_account_after_the_accounts_were_written_to_gets_it_there_once(tess, event, session):
    hana = make.member("Hana")
    make.host(session, member=make.member("Ivo"))
    record = make.host(session, "Hana", email="hana@elsewhere.example")
    told = going(tess, event)
    batch(told)

    link(record, hana)
    write()

    assert to() == ["Hana", "Ivo"]
    assert now(told).people == 2


def test_who_links_their_account_after_it_went_to_their_record_gets_it_no_second_time(tess, event, session):
    first = make.host(session, "Hana", email="hana@elsewhere.example")
    make.host(session, "Ivo", email="ivo@elsewhere.example")
    hana = make.member("Hana")
    told = going(tess, event)
    batch(told, size=1)

    link(first, hana)
    write()

    assert to() == ["hana@elsewhere.example", "ivo@elsewhere.example"]
    assert now(told).people == 2


def test_who_is_parted_from_their_account_while_it_is_written_gets_it_no_second_time(tess, event, session):
    hana = make.member("Hana")
    record = make.host(session, "Hana", member=hana, email=hana.email.upper())
    told = going(tess, event)
    batch(told)

    link(record, None)
    write()

    assert to() == ["Hana"]
    assert now(told).people == 1


def test_who_hosts_under_two_records_of_one_account_gets_it_once(tess, event, session):
    hana = make.member("Hana")
    records = [make.host(session, name, email=f"{name}@elsewhere.example") for name in ("hana", "h")]
    make.host(session, member=make.member("Ivo"))
    told = going(tess, event)
    batch(told)

    for record in records:
        link(record, hana)
    while batch(told, size=1) is not None:
        pass

    assert to() == ["Hana", "Ivo"]
