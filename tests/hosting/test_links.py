"""Links beforehand are seen by those who may join, added and removed by hosts alone, and always encrypted."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from hosting import agreeing, links
from hosting.access import NotTheirs, Reader
from hosting.links import LinkRefused
from hosting.models import SessionLink
from tests import make
from tests.hosting.conftest import entered
from tests.make import NOW
from workshops.models import Booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HANA = Reader(address="hana@hosts.example")
URL = "https://links.example/paper"


def test_those_who_have_a_place_see_the_link_and_others_do_not(hosted):
    entered(hosted).post(f"{hosted.page}links/", {"title": "A paper", "url": URL})
    ada, mo = Client(), Client()
    ada.force_login(Booking.objects.get(member__name="Ada").member)
    mo.force_login(make.registration(hosted.event, make.member("Mo")).member)

    path = hosted.session.get_absolute_url()
    seen = [URL in client.get(path).content.decode() for client in (ada, mo, Client())]

    assert seen == [True, False, False]


@pytest.mark.parametrize("url", ["http://links.example/", "javascript:alert(1)", "ftp://links.example/", "x"])
def test_what_is_not_encrypted_is_refused(hosted, url):
    answer = entered(hosted).post(f"{hosted.page}links/", {"title": "A paper", "url": url})

    assert answer.status_code in (200, 302)
    assert not SessionLink.objects.exclude(url__startswith="https://").exists()


def test_the_database_refuses_what_is_not_encrypted(hosted):
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionLink.objects.create(session=hosted.session, title="A", url="javascript:alert(1)", at=NOW)


def test_there_are_ten_at_most_and_the_same_twice_is_one(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    for number in (*range(links.MOST), 0):
        links.add(hosted.session, HANA, title="A", url=f"{URL}/{number}", at=NOW)

    with pytest.raises(LinkRefused):
        links.add(hosted.session, HANA, title="A", url=URL, at=NOW)

    assert SessionLink.objects.count() == links.MOST


def test_nobody_else_adds_or_removes_one(hosted):
    agreeing.agree(hosted.event, HANA, at=NOW)
    links.add(hosted.session, HANA, title="A", url=URL, at=NOW)
    one = SessionLink.objects.get()
    mallory = Reader(address="mallory@example.org")

    with pytest.raises(NotTheirs):
        links.add(hosted.session, mallory, title="B", url=URL, at=NOW)
    with pytest.raises(NotTheirs):
        links.remove(hosted.session, mallory, one.pk, at=NOW)

    other = make.workshop(hosted.event)
    theirs = SessionLink.objects.create(session=other, title="Of others", url=URL, at=NOW)
    links.remove(hosted.session, HANA, theirs.pk, at=NOW)
    assert SessionLink.objects.count() == 2
