"""The day before, hosts are told once what they host tomorrow, with numbers and no names."""

from datetime import timedelta

import pytest

from events.models import SessionContributor
from hosting import day_before
from tests import letters, make
from tests.make import BY, NOW
from workshops.programme.changes import save_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
#: Nine o'clock of the day before the event begins.
NINE = NOW.replace(day=17, hour=9)


def test_a_host_is_told_at_nine_on_the_day_before_and_once(hosted):
    assert day_before.tell(at=NINE - timedelta(minutes=1)) == 0

    for minutes in (0, 5, 600):
        day_before.tell(at=NINE + timedelta(minutes=minutes))

    mail = letters.only(letters.deliver(NINE + timedelta(minutes=600)))
    assert mail.to == ["hana@hosts.example"]
    assert "The huddle" in mail.body
    assert "Booked: 2. Waiting: 0." in mail.body
    assert "Ada" not in mail.body


def test_each_day_tells_its_own_sessions(hosted):
    second = make.workshop(hosted.event, title="On the second day", day=1)
    SessionContributor.objects.create(session=second, contributor=hosted.hana)

    day_before.tell(at=NINE + timedelta(days=1))

    mail = letters.only(letters.deliver(NINE + timedelta(days=1)))
    assert "On the second day" in mail.body
    assert "The huddle" not in mail.body


def test_who_was_not_invited_or_hosts_what_was_cancelled_is_told_nothing(hosted):
    make.host(hosted.session, "Ola", email="ola@hosts.example")
    assert day_before.tell(at=NINE) == 1

    hosted.session.status = "cancelled"
    save_session(hosted.session, by=BY, at=NINE)

    assert not [one for one in letters.deliver(NINE) if "Tomorrow" in one.subject]
    assert day_before.tell(at=NINE) == 0
