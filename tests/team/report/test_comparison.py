"""The event beside the one before it, each number as its own figure has it."""

from datetime import date, timedelta
from typing import Any

import pytest

from events.models import Session
from live.models import Attendance
from tests import make
from tests.make import NOW
from tests.team.report.tables import rows
from tests.workshops.places import state
from workshops.models import Booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_where_none_was_held_before_that_is_said(event, figures):
    make.event(first_day=date(2025, 11, 18), last_day=date(2025, 11, 19), status="draft")
    make.event(first_day=date(2027, 11, 18), last_day=date(2027, 11, 19))

    assert figures()["comparison"].nothing == "No event was held before this one."


def test_each_number_stands_beside_that_of_the_event_before(event, figures):
    days: dict[str, Any] = {"first_day": date(2025, 11, 18), "last_day": date(2025, 11, 19)}
    before = make.event(title="Last year", status="archived", **days)
    state.fill(make.workshop(event, capacity=2), waiting=1)
    make.workshop(event, capacity=2, hour=12)
    make.registration(event, make.member("Bo"), status="cancelled")
    old = make.workshop(before, capacity=4)
    places = [
        Booking(registration=one, member=one.member, session=old, status="booked", ticket=number)
        for number, one in enumerate(make.crowd(before, 3), 1)
    ]
    for one in places:
        one.during = (old.starts_at, old.ends_at)
        one.created_at = one.status_changed_at = NOW - timedelta(days=400)
    Booking.objects.bulk_create(places)
    Attendance.objects.create(registration=places[0].registration, session=old, joined_at=old.starts_at)

    figure = figures()["comparison"]

    assert figure.table.headings == ("Measure", "Community event", "Last year")
    assert rows(figure) == [
        ("Registered in the end", [3, 3]),
        ("Cancelled", [1, 0]),
        ("Sessions with a limit", [2, 1]),
        ("Places of those", [4, 4]),
        ("Booked", [2, 3]),
        ("Share of places booked", ["50%", "75%"]),
        ("Sessions that were full at some moment", [1, 0]),
        ("Waited for a session", [1, 0]),
        ("Of those got a place", [0, 0]),
        ("There, of those with a place", ["not noted", 1]),
        ("No-shows, as decided", ["not noted", 0]),
    ]


def test_events_of_one_title_are_told_apart(event, figures):
    days: dict[str, Any] = {"first_day": date(2025, 11, 18), "last_day": date(2025, 11, 19)}
    make.event(slug="2025", title=event.title, **days)

    assert figures()["comparison"].table.headings[1:] == (
        "Community event (2026)",
        "Community event (2025)",
    )
    assert not Session.objects.exists()
