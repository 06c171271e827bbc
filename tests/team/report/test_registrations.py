"""Registrations over time: by the event's days or weeks, who cancelled as gone from then on."""

from datetime import UTC, datetime, timedelta

import pytest

from events.models import Event, Registration
from tests import make
from tests.make import NOW
from tests.team.report.tables import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def registered(event: Event, name: str, at: datetime, cancelled_at: datetime | None = None) -> Registration:
    status = "confirmed" if cancelled_at is None else "cancelled"
    moments = {"created_at": at, "status_changed_at": cancelled_at or at}
    return make.registration(event, make.member(name), status=status, **moments)


def test_nobody_has_registered_yet(figures):
    figure = figures()["registrations"]

    assert (figure.table, figure.picture, figure.nothing) == (None, None, "Nobody has registered yet.")


def test_each_day_says_who_came_who_went_and_how_many_there_were_then(event, figures):
    first = NOW - timedelta(days=5)
    registered(event, "Ada", first)
    registered(event, "Bo", first, NOW - timedelta(days=2))
    registered(event, "Cy", NOW - timedelta(days=2))

    figure = figures()["registrations"]

    assert rows(figure) == [
        ("Wednesday 28 October", [2, 0, 2]),
        ("Saturday 31 October", [1, 1, 2]),
    ]
    assert figure.result == "3 people registered, 1 cancelled: 2 are registered now."
    assert figure.picture.columns == 6  # today too


def test_a_day_is_one_of_the_events_zone(event, figures):
    Event.objects.filter(pk=event.pk).update(time_zone="Pacific/Auckland")
    event.refresh_from_db()
    registered(event, "Ada", datetime(2026, 11, 1, 20, tzinfo=UTC))

    assert rows(figures()["registrations"]) == [("Monday 2 November", [1, 0, 1])]


def test_over_more_than_six_weeks_they_are_told_by_the_week(event, figures):
    registered(event, "Ada", NOW - timedelta(days=50))
    registered(event, "Bo", NOW - timedelta(days=1))

    figure = figures()["registrations"]

    assert rows(figure) == [("Monday 7 September", [1, 0, 1]), ("Monday 26 October", [1, 0, 2])]
    assert figure.table.headings[0] == "Week from"


def test_of_those_some_wait_for_a_place_or_an_approval(event, figures):
    registered(event, "Ada", NOW)
    make.registration(event, make.member("Bo"), status="received")
    make.registration(event, make.member("Cy"), status="waiting", ticket=1)

    said = figures()["registrations"].result

    assert said == (
        "3 people registered, 0 cancelled: 3 are registered now. 2 wait for a place or an approval."
    )


def test_after_the_event_the_picture_ends_with_its_last_day(event, figures):
    registered(event, "Ada", datetime(2026, 11, 18, 9, tzinfo=UTC))

    assert figures(NOW + timedelta(days=300))["registrations"].picture.columns == 2
