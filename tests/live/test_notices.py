"""A notice stands for everybody who looks until its moment, or until it is taken down or replaced."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from live import notices
from live.models import Notice
from live.notices import Kind, NoticeRefused
from tests import make
from tests.contracts import people
from tests.make import BY
from workshops.places import booking

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
#: On the first day of make.event, half an hour before its sessions.
AT = make.NOW.replace(day=18, hour=9, minute=30)


@pytest.fixture
def event():
    return make.event(slug="2026")


@pytest.fixture
def flow(event):
    return make.workshop(event, slug="flow", title="Flow")


@pytest.fixture
def tess():
    return people.staff("Event admin")


def put(event, tess, words="We start late.", *, at=AT, **about):
    return notices.put(event, words, by=tess, at=at, **about)


def standing(event, at=AT):
    event.refresh_from_db()
    return [one.words for one in notices.current(event, at=at)]


def test_it_stands_at_once_and_ends_by_itself(event, tess):
    put(event, tess, ends_at=AT + 15 * MINUTE)

    assert standing(event) == ["We start late."]
    assert standing(event, AT + 15 * MINUTE - timedelta(seconds=1)) == ["We start late."]
    assert standing(event, AT + 15 * MINUTE) == []


def test_it_is_taken_down_once(event, tess):
    notice = put(event, tess)
    assert standing(event) == ["We start late."]

    assert notices.take_down(event, notice.pk, by=tess, at=AT)
    assert standing(event) == []
    assert not notices.take_down(event, notice.pk, by=tess, at=AT)


def test_another_takes_its_place_and_pressing_twice_is_once(event, tess):
    first = put(event, tess)

    assert put(event, tess, at=AT + timedelta(seconds=5)) == first
    put(event, tess, "We are back.", at=AT + MINUTE)
    assert standing(event, AT + MINUTE) == ["We are back."]
    assert Notice.objects.count() == 2


def test_those_of_sessions_stand_beside_one_of_each_kind(event, flow, tess):
    put(event, tess)
    for kind, words in ((Kind.LATE, "Late."), (Kind.LINK, "New link."), (Kind.LATE, "Later.")):
        put(event, tess, words, session=flow, kind=kind)

    assert set(standing(event)) == {"We start late.", "Later.", "New link."}
    assert standing(event)[0] == "We start late."


@pytest.mark.parametrize(
    ("words", "minutes", "at", "says"),
    [
        (" ", 10, AT, "Choose a sentence"),
        ("x" * 201, 10, AT, "at most 200"),
        ("Late.", 0, AT, "is past"),
        ("Late.", 10, AT - timedelta(days=2), "the day before"),
        ("Late.", 10, AT + timedelta(days=3), "the day after"),
    ],
)
def test_it_is_refused_and_nothing_stands(event, tess, words, minutes, at, says):
    with pytest.raises(NoticeRefused, match=says):
        put(event, tess, words, ends_at=at + minutes * MINUTE, at=at)

    assert not Notice.objects.exists()


def test_the_database_keeps_one_for_the_event_and_none_without_words(event, tess):
    rows = {"event": event, "set_at": AT, "ends_at": AT + MINUTE, "set_by": tess}
    Notice.objects.create(words="One.", **rows)

    for wrong in ({"words": "Two."}, {"words": ""}, {"words": "Late.", "kind": Kind.LATE}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(**rows | wrong)


def test_its_name_changes_with_each_press_and_when_one_ends(event, tess):
    def name(at=AT):
        event.refresh_from_db()
        return notices.version(event, at=at)

    none = name()
    notice = put(event, tess, ends_at=AT + 15 * MINUTE)
    stands = name()
    assert none != stands != name(AT + 20 * MINUTE)

    notices.take_down(event, notice.pk, by=tess, at=AT)
    assert name() == none


def pages(event, ada):
    reader = people.reader(ada)
    return {
        path: (reader if "agenda" in path else Client()).get(path).text
        for path in ("/", "/events/2026/", "/events/2026/sessions/flow/", "/events/2026/agenda/")
    }


def test_pages_of_the_event_show_it_to_a_visitor_and_a_member_at_once(event, flow, tess):
    ada = make.member("Ada")
    registration = make.registration(event, ada)
    booking.book(flow, registration, by=BY, at=make.NOW)
    other = make.workshop(event, slug="other", hour=14)

    with time_machine.travel(AT, tick=False):
        before = pages(event, ada)
        put(event, tess, "All <of> it.")
        put(event, tess, "Flow is late.", session=flow)
        put(event, tess, "Other is late.", session=other)
        after = pages(event, ada)

    assert all('role="status"' in page and "From the team" not in page for page in before.values())
    assert all("All &lt;of&gt; it." in page for page in after.values())
    assert ["Flow is late." in page for page in after.values()] == [False, False, True, True]
    assert not any("Other is late." in page for page in after.values())


def test_no_page_follows_the_day_long_before_it(event):
    with time_machine.travel(AT - timedelta(days=3), tick=False):
        assert "day-notices" not in Client().get("/events/2026/").text


def test_pages_ask_for_it_once_until_the_programme_changes(event, tess):
    put(event, tess)
    event.refresh_from_db()
    notices.current(event, at=AT)

    with CaptureQueriesContext(connection) as queries:
        assert notices.current(event, at=AT)
    assert len(queries) == 0


def test_it_goes_after_its_time_with_who_put_it_up(event, tess):
    put(event, tess, ends_at=AT + MINUTE)

    assert notices.forget(at=AT + MINUTE + notices.RETENTION - timedelta(seconds=1)) == 0
    assert notices.forget(at=AT + MINUTE + notices.RETENTION) == 1
