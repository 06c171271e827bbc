"""A session runs late: a notice says so at once, an email only where it is long; no calendar moves."""

from datetime import timedelta

import pytest

from audit.models import Entry
from live import late, notices
from live.late import LateRefused
from live.models import Notice
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.found import found
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
#: Five minutes before the session begins, on the first day of make.event.
AT = NOW.replace(day=18, hour=9, minute=55)


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def flow(event):
    """From ten to eleven; Ada and Bo have a place."""
    session = make.workshop(event, slug="flow", title="Flow")
    for name in ("Ada", "Bo"):
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=NOW)
    return session


@pytest.fixture
def tess():
    return people.staff("Event admin")


def said(event, at):
    event.refresh_from_db()
    return [one.words for one in notices.current(event, at=at)]


def mailed():
    return Message.objects.filter(kind="session-words").count()


@pytest.mark.parametrize(
    ("at", "minutes", "words"),
    [
        (AT, 10, "“Flow” starts about 10 minutes late, at 10:10."),
        (AT + 8 * MINUTE, 5, "“Flow” starts about 8 minutes late, at 10:08."),
        (AT + 6 * MINUTE + timedelta(seconds=30), 5, "“Flow” starts about 6 minutes late, at 10:06."),
    ],
)
def test_it_is_said_from_its_start_or_from_now_and_until_it_has_begun(event, flow, tess, at, minutes, words):
    told = late.run_late(flow, minutes, by=tess, at=at)

    assert told.emailed == mailed() == 0
    assert said(event, at) == [words]
    assert told.notice.session_id == flow.pk
    begins = found(late.begins_at(flow, minutes, at=at))
    assert said(event, begins + late.STANDS_ON) == []


def test_those_who_have_a_place_are_emailed_from_fifteen_minutes_on_and_once(event, flow, tess):
    assert late.run_late(flow, 15, by=tess, at=AT).emailed == 2
    late.run_late(flow, 15, by=tess, at=AT + timedelta(seconds=3))

    assert mailed() == 2
    assert Notice.objects.count() == 1
    assert Entry.objects.filter(act="day.session-late").count() == 1
    flow.refresh_from_db()
    assert (flow.starts_at, flow.sequence) == (NOW.replace(day=18), 0)


def test_another_press_takes_the_place_of_the_first(event, flow, tess):
    late.run_late(flow, 5, by=tess, at=AT)
    late.run_late(flow, 10, by=tess, at=AT + MINUTE)

    assert said(event, AT + MINUTE) == ["“Flow” starts about 10 minutes late, at 10:10."]


@pytest.mark.parametrize(
    ("minutes", "fields", "at", "says"),
    [
        (7, {}, AT, "Choose 5"),
        (5, {"status": "cancelled"}, AT, "does not take place"),
        (5, {}, AT + 65 * MINUTE, "over by then"),
    ],
)
def test_it_is_refused(event, flow, tess, minutes, fields, at, says):
    type(flow).objects.filter(pk=flow.pk).update(**fields or {"title": "Flow"})

    with pytest.raises(LateRefused, match=says):
        late.run_late(flow, minutes, by=tess, at=at)
    assert not Notice.objects.exists()


def test_a_long_title_leaves_room_for_the_rest(event, tess):
    long = make.workshop(event, title="Ab " * 80)

    words = late.run_late(long, 15, by=tess, at=AT).notice.words

    assert len(words) <= 200
    assert words.endswith("15 minutes late, at 10:15.")
