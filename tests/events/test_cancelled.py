"""An event that is cancelled: who is told of it, and what changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import cancellation, publishing
from events.models import CallingOff, Contributor, Event
from notifications.models import Message
from tests import letters, make
from tests.found import found
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=10)


def told():
    rows = Message.objects.filter(kind="event-cancelled").select_related("member")
    return sorted(row.member.name if row.member else row.email for row in rows)


def test_everybody_who_counts_on_it_is_told_once_and_nobody_of_another_event():
    event, other = make.event(), make.event()
    ada, bo = make.member("Ada"), make.member("Bo")
    for each, member, host in ((event, ada, "hana@example.org"), (other, bo, "else@example.org")):
        make.registration(each, member)
        make.host(make.session(each), email=host)
    make.host(make.session(event), member=ada)
    Contributor.objects.create(name="Nobody's host", email="nobody@example.org")

    cancelled = cancellation.cancel_event(event, by=BY, at=NOW)
    early = cancellation.tell(at=NOW + timedelta(minutes=9))
    number = cancellation.tell(at=LATER)

    assert (early, number) == (0, 2)
    assert cancelled.status == Event.Status.CANCELLED
    assert told() == ["Ada", "hana@example.org"]


def test_readers_of_a_kept_programme_see_that_it_is_cancelled():
    event = make.event()

    cancellation.cancel_event(event, by=BY, at=NOW)

    assert Event.objects.get().version == event.version + 1


def test_a_few_more_people_than_were_seen_are_no_reason_to_look_again_and_many_are():
    touched = cancellation.look(make.event(), at=NOW)
    five_thousand = replace(touched, registered=5000)

    assert five_thousand.is_as(replace(touched, registered=4951).seen)
    assert not five_thousand.is_as(replace(touched, registered=4900).seen)
    assert not replace(touched, registered=3).is_as(replace(touched, registered=2).seen)
    assert not five_thousand.is_as(replace(five_thousand, delay=timedelta(0)).seen)
    assert not five_thousand.is_as("")
    assert not five_thousand.is_as("9" * 5000 + five_thousand.seen)


def test_cancelling_twice_tells_once():
    event = make.event()
    make.registration(event, make.member("Ada"))

    for _ in range(2):
        cancellation.cancel_event(event, by=BY, at=NOW)
        cancellation.tell(at=LATER)

    assert told() == ["Ada"]


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_what_is_not_published_is_not_cancelled(status):
    event = make.event(status=status)

    with pytest.raises(cancellation.EventNotCancelled, match="Only a published event"):
        cancellation.cancel_event(event, by=BY, at=NOW)

    assert Event.objects.get().status == status


def test_what_is_over_is_not_cancelled():
    event = make.event()

    with pytest.raises(cancellation.EventNotCancelled, match="Archive it instead"):
        cancellation.cancel_event(event, by=BY, at=NOW + timedelta(days=18))

    assert Event.objects.get().is_published


def test_brought_back_within_ten_minutes_nobody_is_told_and_all_is_as_it_was():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    hers = booking.book(make.workshop(event), ada, by=BY, at=NOW)
    cancellation.cancel_event(event, by=BY, at=NOW, reason="Snow.", is_postponed=True)
    meanwhile = Event.objects.get()

    back = cancellation.bring_back(event, by=BY, at=NOW + timedelta(minutes=9.9))

    assert (meanwhile.status, meanwhile.is_postponed, meanwhile.called_off_because) == (
        "cancelled",
        True,
        "Snow.",
    )
    assert (back.status, back.is_postponed, back.called_off_because) == ("published", False, "")
    hers.refresh_from_db()
    assert hers.status == "booked"
    assert cancellation.tell(at=LATER) == 0
    assert cancellation.bring_back(event, by=BY, at=LATER).is_published


@pytest.mark.parametrize("minutes", [10, 11])
def test_after_ten_minutes_it_stays_called_off(minutes):
    event = make.event()
    cancellation.cancel_event(event, by=BY, at=NOW)

    with pytest.raises(cancellation.EventStaysCalledOff):
        cancellation.bring_back(event, by=BY, at=NOW + timedelta(minutes=minutes))


def test_once_the_first_are_told_it_stays_called_off():
    event = make.event()
    make.registration(event, make.member("Ada"))
    cancellation.cancel_event(event, by=BY, at=NOW)
    cancellation.tell(at=LATER)

    with pytest.raises(cancellation.EventStaysCalledOff):
        cancellation.bring_back(event, by=BY, at=NOW + timedelta(minutes=9))


def test_within_two_hours_of_its_first_session_people_are_told_at_once():
    event = make.event()
    make.registration(event, make.member("Ada"))
    first = make.session(event, hour=10)
    late = found(first.starts_at) - timedelta(hours=1)

    cancellation.cancel_event(event, by=BY, at=late)

    assert cancellation.standing(event, at=late) is None
    assert cancellation.tell(at=late) == 1


def test_many_are_told_some_at_a_time_and_after_a_break_the_rest(monkeypatch):
    monkeypatch.setattr(cancellation, "STEP", 2)
    event = make.event()
    make.crowd(event, 5)
    make.host(make.session(event))
    cancellation.cancel_event(event, by=BY, at=NOW)
    one = CallingOff.objects.get()

    first = cancellation._tell_some(event.pk, LATER)
    so_far = len(told())
    rest = cancellation.tell(at=LATER)

    assert (first, so_far, rest) == (2, 2, 4)
    assert Message.objects.filter(key__startswith=f"{one.cause}:").count() == 6
    assert CallingOff.objects.get().told_all_at == LATER
    assert cancellation.tell(at=LATER) == 0


def test_cancelling_asks_as_much_of_the_database_for_few_as_for_many():
    asked = []
    for people in (1, 30):
        event = make.event()
        make.crowd(event, people)
        for _ in range(people):
            make.workshop(event)
        with CaptureQueriesContext(connection) as queries:
            cancellation.cancel_event(event, by=BY, at=NOW)
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.parametrize("status", ["published", "archived", "draft"])
def test_until_everybody_is_told_it_becomes_nothing_else_by_its_record(status):
    event = make.event()
    make.host(make.session(event))
    called_off = cancellation.cancel_event(event, by=BY, at=NOW, reason="Snow.", is_postponed=True)
    called_off.status = status

    for at in (NOW, LATER):
        with pytest.raises(publishing.NotToldYet, match="Press “Bring it back”"):
            publishing.save_event(called_off, by=BY, at=at, may_open_at_once=True)

    assert cancellation.tell(at=LATER) == 1
    publishing.save_event(called_off, by=BY, at=LATER, may_open_at_once=True)
    now = Event.objects.get()
    assert (now.status, now.is_postponed, now.called_off_because) == (status, False, "")


def test_what_was_put_away_is_not_brought_back():
    event = make.event()
    cancellation.cancel_event(event, by=BY, at=NOW)
    Event.objects.update(status=Event.Status.ARCHIVED)

    with pytest.raises(cancellation.EventStaysCalledOff):
        cancellation.bring_back(event, by=BY, at=NOW)


def test_each_host_is_told_once_where_they_can_be_reached():
    event = make.event()
    ada, hal = make.member("Ada"), make.member("Hal")
    closed = make.member("Closed", is_active=False)
    make.registration(event, ada)
    session = make.session(event)
    for member in (hal, hal):
        make.host(session, "Hal", member=member, email="")
    make.host(session, "Ada", email=ada.email.upper())
    make.host(session, "Closed", member=closed, email="record@example.org")
    make.host(session, "Of no address", email="")

    seen = cancellation.look(event, at=NOW).only_hosts
    cancellation.cancel_event(event, by=BY, at=NOW)
    cancellation.tell(at=LATER)

    assert seen == 2
    assert told() == ["Ada", "Hal", "record@example.org"]


@pytest.mark.slow
@pytest.mark.parametrize("is_postponed", [False, True])
def test_the_email_says_what_becomes_of_it_and_why(is_postponed):
    event = make.event(title="Q 2026")
    make.registration(event, make.member("Ada"))
    cancellation.cancel_event(event, by=BY, at=NOW, reason="Snow.", is_postponed=is_postponed)
    cancellation.tell(at=LATER)

    email = letters.only(letters.deliver(LATER))

    assert email.subject == ("Q 2026 is postponed" if is_postponed else "Q 2026 is cancelled")
    assert "Why: Snow." in email.body
    assert ("You stay registered" in email.body) == is_postponed
    assert letters.say_the_same_twice(email)
