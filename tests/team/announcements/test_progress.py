"""What the page of an announcement says of how far it is, is so: with nobody, with one, with who is gone."""

import re
from datetime import timedelta

import pytest

from common.edit_conflicts import stamp
from members.models import Member
from members.privacy import erasure
from notifications.models import Message
from team.announcements import sending, writing
from tests import letters, make
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.announcements.announcing import draft, now, send, sent, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

MOMENT = NOW + timedelta(hours=2)
REST = "Not sent, as nobody reads or wants it there any more"


@pytest.fixture
def tess(tess):
    """An event admin whom no audience has."""
    Member.objects.filter(pk=tess.pk).update(membership="ended")
    return tess


def says(desk, told):
    """What the page says, and its numbers by their names."""
    page = flat(desk.get(f"/team/announcements/{told.pk}/").text)
    [said] = re.findall(r'id="announcement-status"[^>]*>(.*?)Sent by', page)
    return said.strip(), {
        name: int(number) for name, number in re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page)
    }


def scheduled(tess):
    told = draft(tess)
    writing.schedule(told, MOMENT, seen=stamp(told), by=tess, at=NOW)
    return told


def go_out():
    return sending.write_due(clock=lambda: MOMENT)


def test_scheduled_for_people_of_whom_nobody_is_left_it_says_that_nothing_was_sent(desk, tess):
    ada = make.member("Ada")
    told = scheduled(tess)
    erasure.erase(ada, by=BY, at=NOW)

    assert go_out() == 0

    said, numbers = says(desk, told)
    assert said == "Nobody was there to write to when it went out, so nothing was sent."
    assert (numbers["Emails"], numbers["Sent"], numbers[REST]) == (0, 0, 0)


def test_to_one_person_it_is_sent_in_their_letters(desk, tess):
    make.member("ليلى حداد")
    told = sent(tess)

    [mail] = letters.deliver(NOW + timedelta(minutes=1))

    said, numbers = says(desk, told)
    assert "Hello ليلى," in mail.body.replace("\u2068", "").replace("\u2069", "")
    assert (said, numbers["Emails"], numbers["Sent"], numbers["Waiting"]) == ("It is sent.", 1, 1, 0)


def test_who_is_erased_before_its_moment_is_counted_nowhere(desk, tess):
    ada, _ = make.member("Ada"), make.member("Bo")
    told = scheduled(tess)
    erasure.erase(ada, by=BY, at=NOW)
    go_out()
    letters.deliver(MOMENT + timedelta(minutes=1))

    assert says(desk, told)[1]["Emails"] == says(desk, told)[1]["Sent"] == now(told).people == 1


def test_who_is_erased_once_it_is_written_gets_none_and_is_counted_so(desk, tess):
    ada, bo = make.member("Ada"), make.member("Bo")
    told = sent(tess)
    erasure.erase(ada, by=BY, at=NOW)

    mailed = letters.deliver(NOW + timedelta(minutes=1))

    said, numbers = says(desk, told)
    assert [one.to for one in mailed if one.subject == "Save the day"] == [[bo.email]]
    assert (said, numbers["Sent"], numbers["Waiting"]) == ("It is sent.", 1, 0)
    assert numbers["Emails"] == numbers["Sent"] + numbers[REST]


def test_stopped_in_the_middle_what_was_sent_and_taken_back_are_all_of_it(desk, tess):
    for name in ("Ada", "Bo", "Cy"):
        make.member(name)
    told = draft(tess)
    send(told, tess)
    sending.write_batch(told.pk, at=NOW, size=1)
    letters.deliver(NOW)
    sending.write_batch(told.pk, at=NOW, size=1)
    sending.stop(told, by=tess, at=NOW)
    write()
    letters.deliver(NOW + timedelta(hours=1))

    said, numbers = says(desk, told)
    assert said.startswith("Stopped by")
    assert said.endswith("1 email was taken back.")
    assert (numbers["Emails"], numbers["Sent"], numbers["Waiting"]) == (1, 1, 0)


def test_what_failed_is_not_called_sent(desk, tess):
    make.member("Ada")
    told = sent(tess)
    Message.objects.filter(kind="announcement").update(state="failed", last_error="No such mailbox")

    said, numbers = says(desk, told)
    assert said == "It has gone out, and some of its emails failed."
    assert (numbers["Sent"], numbers["Failed"]) == (0, 1)
