"""A new link is saved over what was seen, and told by notice and email; neither has the link."""

from datetime import timedelta

import pytest

from audit.models import Entry
from live import new_link, notices
from live.new_link import ChangedMeanwhile, NewLinkRefused, Told
from notifications.models import Message
from notifications.outbox import KINDS
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = pytest.mark.django_db
#: Two minutes before the session begins, on the first day of make.event.
AT = NOW.replace(day=18, hour=9, minute=58)
NEW = {"join_url": "https://meet.example/new", "meeting_number": "123", "passcode": "S3CRET", "dial_in": ""}


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def flow(event):
    """From ten to eleven; Ada and Bo have a place, Hana hosts."""
    session = make.workshop(event, slug="flow", title="Flow", join_url="https://meet.example/old")
    make.host(session, "Hana", email="hana@hosts.example")
    for name in ("Ada", "Bo"):
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=NOW)
    return session


@pytest.fixture
def tess():
    return people.staff("Event admin")


def rendered(message):
    return KINDS[message.kind].render(message)


def change(session, tess, values=NEW, *, seen=None, at=AT):
    return new_link.change(
        session, values, seen=new_link.seen_as(session) if seen is None else seen, by=tess, at=at
    )


def test_it_is_saved_and_told_to_those_who_come_and_the_hosts_without_the_link(event, flow, tess):
    assert change(flow, tess) == Told(booked=2, hosts=1)

    flow.refresh_from_db()
    assert {name: getattr(flow, name) for name in new_link.FIELDS} == NEW
    event.refresh_from_db()
    (notice,) = notices.current(event, at=AT)
    assert notice.words == "“Flow” is joined in another way now. Open Now and next, and press Join there."
    sent = [rendered(one) for one in Message.objects.filter(kind="session-words")]
    assert len(sent) == 3
    for letter in sent:
        assert "/events/2026/live/" in letter.text
        assert not any(value in letter.text + letter.html for value in NEW.values() if value)
    assert Entry.objects.filter(act="session.changed", thing_id=flow.pk).count() == 1


def test_the_same_press_twice_is_one(flow, tess):
    seen = new_link.seen_as(flow)
    change(flow, tess, seen=seen)

    assert change(flow, tess, seen=seen, at=AT + timedelta(seconds=2)) == Told(is_new=False)
    assert Message.objects.filter(kind="session-words").count() == 3


def test_of_two_staff_the_later_one_looks_again(flow, tess):
    seen = new_link.seen_as(flow)
    change(flow, tess, seen=seen)

    with pytest.raises(ChangedMeanwhile, match="Somebody changed it"):
        change(flow, tess, NEW | {"passcode": "other"}, seen=seen)
    flow.refresh_from_db()
    assert flow.passcode == "S3CRET"


@pytest.mark.parametrize(
    ("values", "fields", "at", "says"),
    [
        (dict.fromkeys(NEW, ""), {}, AT, "Enter a link"),
        (NEW, {"status": "cancelled"}, AT, "does not take place"),
        (NEW, {}, AT + timedelta(hours=2), "is over"),
    ],
)
def test_it_is_refused_and_nothing_is_saved(flow, tess, values, fields, at, says):
    type(flow).objects.filter(pk=flow.pk).update(**fields or {"title": "Flow"})

    with pytest.raises(NewLinkRefused, match=says):
        change(flow, tess, values, at=at)
    flow.refresh_from_db()
    assert flow.join_url == "https://meet.example/old"
    assert not Message.objects.filter(kind="session-words").exists()


def test_long_before_the_event_it_is_saved_and_nobody_is_told(flow, tess):
    assert change(flow, tess, at=NOW) == Told()

    assert not Message.objects.filter(kind="session-words").exists()
