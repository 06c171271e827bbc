"""A CPD record counts what somebody attended, for as long as it was, once."""

from datetime import timedelta

import pytest
from django.test import Client

from events.models import Session
from learning import records
from tests import make
from tests.learning.conftest import AFTER, Learner
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afterwards")]
DECIDED = {"decided_by": "host", "decided_at": AFTER}


def record(learner: Learner) -> records.Record:
    return records.of(learner.event, learner.member, at=AFTER)


def counted(learner: Learner) -> list[tuple[str, int, str]]:
    return [(one.session.title, one.minutes, one.how) for one in record(learner).attended]


def test_sessions_stand_in_their_order_with_their_length_and_how_it_is_known(learner):
    event = learner.event
    late = make.session(event, hour=14, hours=1.5, title="Late")
    early = make.session(event, hour=9, hours=0.75, title="Early")
    learner.was_in(late, said_at=AFTER)
    learner.was_in(early)

    found = record(learner)

    assert counted(learner) == [("Early", 45, "joined online"), ("Late", 90, "by their own word")]
    assert found.minutes == 135
    assert found.has_own_word


def test_what_somebody_decided_goes_before_what_was_pressed(learner):
    event = learner.event
    missed = make.session(event, hour=9, title="Missed")
    seen = make.session(event, hour=11, title="Seen")
    learner.was_in(missed, joined_at=missed.starts_at, came=False, **DECIDED)
    learner.was_in(seen, said_at=AFTER, came=True, **DECIDED)

    assert counted(learner) == [("Seen", 60, "seen by the host")]
    assert not record(learner).has_own_word


def test_the_minutes_of_the_meetings_report_count_where_they_are_fewer_than_the_session(learner):
    event = learner.event
    for hour, minutes in ((9, 20), (11, 75)):
        session = make.session(event, hour=hour)
        learner.was_in(
            session, came=True, minutes=minutes, decided_by="report", decided_at=AFTER, joined_at=AFTER
        )

    assert [one.minutes for one in record(learner).attended] == [20, 60]
    assert record(learner).minutes == 80


def test_time_in_two_sessions_at_once_counts_once(learner):
    event = learner.event
    for hour, hours in ((9, 2), (10, 2), (9.5, 0.5), (14, 1)):
        learner.was_in(make.session(event, hour=hour, hours=hours))

    assert record(learner).minutes == 4 * 60


def test_few_minutes_of_one_session_give_no_room_to_two_others_at_once(learner):
    event = learner.event
    for _ in range(2):
        learner.was_in(make.session(event, hour=9))
    learner.was_in(make.session(event, hour=12, hours=2), came=True, minutes=10, **DECIDED)

    assert record(learner).minutes == 60 + 10


@pytest.mark.parametrize("becomes", ["cancelled", "goes on"])
def test_a_session_that_was_cancelled_or_goes_on_does_not_count(learner, becomes):
    session = make.workshop(learner.event)
    booking.book(session, learner.registration, by=BY, at=NOW)
    learner.was_in(session)
    if becomes == "cancelled":
        Session.objects.filter(pk=session.pk).update(status=Session.Status.CANCELLED)
    else:
        Session.objects.filter(pk=session.pk).update(ends_at=AFTER + timedelta(minutes=1))

    found = record(learner)

    assert not found.attended
    assert not found.unknown


def test_what_they_had_a_place_in_and_nobody_noted_stands_apart(learner):
    session = make.workshop(learner.event, title="The huddle")
    booking.book(session, learner.registration, by=BY, at=NOW)
    make.workshop(learner.event, title="Not theirs")

    found = record(learner)

    assert [one.session.title for one in found.unknown] == ["The huddle"]
    assert found.minutes == 0


def test_the_attendance_of_others_counts_for_nobody_else(learner):
    session = make.session(learner.event)
    other = make.registration(learner.event, make.member("Bo"))
    Learner(learner.event, other, Client()).was_in(session)

    assert not record(learner).attended


def test_the_page_says_what_counts_and_in_all(learner):
    session = make.session(learner.event, hours=1.5, title="The huddle")
    learner.was_in(session)

    page = learner.client.get(learner.path).content.decode()

    assert "The huddle" in page
    assert "In all: 1 hour 30 minutes." in page
    assert "Counts for 1 hour 30 minutes, joined online." in page


def test_it_is_of_who_is_registered_and_of_nobody_else(learner):
    visitor, stranger = Client(), Client()
    stranger.force_login(make.member("Bo"))
    addresses = ("", "certificate/", "certificate.pdf", "one-thing/")

    assert {visitor.get(learner.path + one).status_code for one in addresses} == {302}
    assert {stranger.get(learner.path + one).status_code for one in addresses} == {404}


@pytest.mark.parametrize("path", ["/", "/events/{}/", "/events/{}/agenda/"])
def test_pages_of_an_event_that_is_over_lead_there(learner, path):
    make.session(learner.event)

    page = learner.client.get(path.format(learner.event.slug)).content.decode()

    assert f'href="{learner.path}"' in page
