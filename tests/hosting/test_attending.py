"""Hosts see and correct who was in their session, as long as they see who comes."""

from datetime import timedelta

import pytest
import time_machine

from hosting import access, attending
from hosting.access import NotTheirs, Reader
from hosting.attending import NobodyBooks
from hosting.people import NotAgreed
from live.models import Attendance
from tests import make
from tests.found import found
from tests.hosting.conftest import entered
from tests.markup import flat
from workshops.models import Booking

pytestmark = pytest.mark.django_db
HANA = Reader(address="hana@hosts.example")


@pytest.fixture
def after(hosted):
    return found(hosted.session.ends_at) + timedelta(hours=1)


@pytest.fixture
def ada(hosted):
    return Booking.objects.get(session=hosted.session, member__name="Ada").registration


def test_a_host_who_has_agreed_corrects_who_was_there(hosted, ada, after):
    make.agreed(hosted.hana, hosted.event)

    names = attending.correct(hosted.session, HANA, {ada.pk}, came=True, at=after)

    assert names == ["Ada"]
    assert Attendance.objects.values_list("came", "decided_by").get() == (True, "host")


def test_who_has_not_agreed_sees_and_corrects_nobody(hosted, ada, after):
    with pytest.raises(NotAgreed):
        attending.came(hosted.session, HANA, at=after)
    with pytest.raises(NotAgreed):
        attending.correct(hosted.session, HANA, {ada.pk}, came=True, at=after)


def test_a_host_of_another_session_corrects_nobody(hosted, ada, after):
    with pytest.raises(NotTheirs):
        attending.correct(hosted.session, Reader(address="x@hosts.example"), {ada.pk}, came=True, at=after)


def test_two_weeks_after_the_event_nothing_is_corrected(hosted, ada):
    make.agreed(hosted.hana, hosted.event)
    late = access.closes_at(hosted.event)

    attending.correct(hosted.session, HANA, {ada.pk}, came=True, at=late - timedelta(minutes=1))
    with pytest.raises(NotTheirs):
        attending.correct(hosted.session, HANA, {ada.pk}, came=False, at=late)

    assert Attendance.objects.get().came


def test_of_a_session_that_nobody_books_hosts_see_no_names(hosted, after):
    make.agreed(hosted.hana, hosted.event)
    plenary = make.session(hosted.event)
    plenary.contributors.add(hosted.hana)

    with pytest.raises(NobodyBooks):
        attending.came(plenary, HANA, at=after)


def test_the_page_names_them_and_takes_a_press(hosted, ada, after):
    with time_machine.travel(after, tick=False):
        client = entered(hosted)
        page = flat(client.get(f"{hosted.page}who-came/").text)
        answer = client.post(f"{hosted.page}who-came/", {"not_there": str(ada.pk)}, follow=True)

    assert "There: 0. Not there: 0. Not known: 2." in page
    assert "Noted as not there: Ada." in flat(answer.text)
    assert Attendance.objects.values_list("came", "decided_by").get() == (False, "host")
