"""A host writes to those who come: three times a session, once each, no address either way, never after."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from audit.acts import Act
from audit.models import Entry
from hosting import agreeing, writing
from hosting.access import NotTheirs, Reader
from hosting.models import HostWords
from hosting.people import NotAgreed
from hosting.writing import AnotherWasSent, NobodyComes, NoMessageLeft
from tests import letters, make
from tests.hosting.conftest import Hosted, entered
from tests.make import BY, NOW
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")


def write(hosted: Hosted, submission: UUID | None = None, reader: Reader = HANA, **more: Any) -> int:
    fields: dict[str, Any] = {"subject": "Bring a pen", "words": "We draw.", "at": NOW} | more
    return writing.write(hosted.session, reader, submission=submission or uuid4(), **fields)


@pytest.fixture
def hana(hosted: Hosted) -> Reader:
    """The host, who has agreed."""
    agreeing.agree(hosted.event, HANA, at=NOW)
    letters.deliver(NOW)
    return HANA


def test_everybody_who_has_a_place_is_mailed_and_no_address_is_shown(hosted, hana):
    full = make.registration(hosted.event, make.member("Cy"))
    Booking.objects.filter(member__name="Bo").update(status="waiting")

    assert write(hosted) == 1

    mail = letters.only(letters.deliver(NOW))
    ada = Booking.objects.get(member__name="Ada").member
    assert mail.to == [ada.email]
    assert mail.subject == "From your host: Bring a pen"
    assert "Hana, who hosts it, writes" in mail.body.replace("\u2068", "").replace("\u2069", "")
    assert "hana@hosts.example" not in str(mail.message())
    assert full.member.email not in str(mail.message())


def test_the_page_says_to_how_many_it_goes_and_counts_no_offer(hosted):
    Booking.objects.filter(member__name="Bo").update(status="offered", expires_at=NOW)

    page = entered(hosted).get(f"{hosted.page}message/").text

    assert "It goes to 1 person who has a place." in " ".join(page.split())


def test_pressed_twice_it_is_one_message_and_other_words_are_refused(hosted, hana):
    number = uuid4()

    assert [write(hosted, number), write(hosted, number)] == [2, 2]
    with pytest.raises(AnotherWasSent):
        write(hosted, number, words="Something else.")

    assert len(letters.deliver(NOW)) == 2
    assert HostWords.objects.count() == 1


def test_there_is_no_fourth_message_whoever_of_the_hosts_writes_it(hosted, hana):
    ola = make.host(hosted.session, "Ola", email="ola@hosts.example")
    make.invited(ola, hosted.event)
    make.agreed(ola, hosted.event)
    for reader in (hana, Reader(address=ola.email), hana):
        write(hosted, reader=reader)

    with pytest.raises(NoMessageLeft):
        write(hosted)

    assert writing.left(hosted.session) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        HostWords.objects.create(
            session=hosted.session, host=ola, number=4, subject="4", words="4", submission=uuid4(), at=NOW
        )


def test_who_has_not_agreed_or_hosts_nothing_writes_to_nobody(hosted):
    with pytest.raises(NotAgreed):
        write(hosted)
    with pytest.raises(NotTheirs):
        write(hosted, reader=Reader(address="mallory@example.org"))

    assert not HostWords.objects.exists()


def test_nothing_is_sent_where_nobody_comes(hosted, hana):
    for one in Booking.objects.all():
        booking.cancel(one, by=BY, at=NOW)

    with pytest.raises(NobodyComes):
        write(hosted)


def test_whoever_gives_up_the_place_before_it_goes_out_does_not_get_it(hosted, hana):
    write(hosted)
    booking.cancel(Booking.objects.get(member__name="Ada"), by=BY, at=NOW)

    bo = Booking.objects.get(member__name="Bo").member
    told = [one for one in letters.deliver(NOW) if "Bring a pen" in one.subject]
    assert [one.to for one in told] == [[bo.email]]


def test_it_is_recorded_by_whom_and_to_how_many(hosted, hana):
    write(hosted)

    entry = Entry.objects.get(act=Act.HOST_WROTE)
    assert (entry.via, entry.facts) == ("host", {"number": 2, "contributor": hosted.hana.pk})


def test_the_host_looks_at_it_first_then_sends_it_and_the_team_reads_it(hosted, admin):
    client, path = entered(hosted), f"{hosted.page}message/"
    words = {"subject": "Bring a pen", "words": "We draw.", "submission": str(uuid4())}

    looked = client.post(path, words | {"act": "look"}).content.decode()
    assert "From your host: Bring a pen" in looked
    assert not HostWords.objects.exists()
    assert client.post(path, words | {"act": "send"})["Location"] == hosted.page

    page = admin.get(f"/team/events/{hosted.event.slug}/sessions/huddle/").content.decode()
    assert "“Bring a pen”, from the host Hana" in page
    assert "We draw." in page


def test_nobody_else_comes_to_the_page_of_a_message(hosted):
    client = Client()
    page = client.post(
        f"{hosted.page}message/", {"act": "send", "subject": "A", "words": "B"}
    ).content.decode()

    assert "Nothing was sent" in page
    assert "The huddle" not in page
    assert client.post(f"{hosted.page}message/", {"act": "send"})["Location"] == hosted.path
    assert not HostWords.objects.exists()


@pytest.mark.parametrize("status", ["waiting", "passed"])
def test_whoever_is_only_in_line_by_then_does_not_get_it(hosted, hana, status):
    write(hosted)

    Booking.objects.filter(member__name="Ada").update(status=status)

    assert [one.subject for one in letters.deliver(NOW)] == ["From your host: Bring a pen"]
