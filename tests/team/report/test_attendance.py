"""Attendance: there, no-shows, nothing noted; what is not noted is not 0."""

from datetime import timedelta

import pytest

from events.models import Event, Registration, Session
from live import attendance
from live.models import Attendance
from members.privacy import erasure
from tests import make
from tests.make import BY, NOW
from tests.team.report.tables import rows
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
#: An hour of the first day, after which the session is over.
DURING = make.NOW.replace(day=18, minute=30)
AFTER = DURING + timedelta(hours=2)


@pytest.fixture
def huddle(event: Event) -> Session:
    return make.workshop(event, capacity=5, title="Huddle", hour=10)


def placed(session: Session, name: str) -> Registration:
    registration = make.registration(session.event, make.member(name))
    booking.book(session, registration, by=BY, at=NOW)
    return registration


def decided(session: Session, registration: Registration, *, came: bool) -> None:
    attendance.correct(session, registration, came=came, source=Attendance.Source.HOST, by=BY, at=DURING)


def test_before_a_session_is_over_none_is_told(huddle, figures):
    placed(huddle, "Ada")

    assert figures(DURING)["attendance"].nothing == ("No session is over in which it is noted who was there.")


def test_where_it_is_not_noted_that_is_said(huddle, figures):
    Session.objects.update(notes_attendance=False)

    assert figures(AFTER)["attendance"].nothing == "In no session it is noted who was there."


def test_of_those_with_a_place_some_were_there_some_not_and_of_some_nothing_is_known(huddle, figures):
    ada, bo, _cy = (placed(huddle, name) for name in ("Ada", "Bo", "Cy"))
    attendance.note_joined(ada, huddle, at=DURING, by=BY)
    decided(huddle, bo, came=False)
    without = make.registration(huddle.event, make.member("Di"))
    attendance.note_joined(without, huddle, at=DURING, by=BY)

    figure = figures(AFTER)["attendance"]

    assert rows(figure) == [("Huddle", [3, 1, 1, 1, 1])]
    assert figure.result == "Of 3 places in sessions that are over: there 1, no-shows 1, nothing noted 1."


def test_what_a_host_decided_goes_before_what_was_pressed(huddle, figures):
    ada = placed(huddle, "Ada")
    attendance.note_joined(ada, huddle, at=DURING, by=BY)
    decided(huddle, ada, came=False)

    assert rows(figures(AFTER)["attendance"]) == [("Huddle", [1, 0, 1, 0, 0])]


def test_where_nothing_was_noted_it_is_not_said_that_nobody_was_there(huddle, figures):
    placed(huddle, "Ada")

    assert rows(figures(AFTER)["attendance"]) == [("Huddle", [1, "not noted", "not noted", 1, "not noted"])]


def test_a_session_open_to_all_counts_who_was_there(event, figures):
    session = make.session(event, title="For all", hour=10)
    attendance.note_joined(make.registration(event, make.member("Ada")), session, at=DURING, by=BY)

    assert rows(figures(AFTER)["attendance"]) == [("For all", ["–", "–", "–", "–", 1])]


def test_who_was_erased_since_is_in_no_number(huddle, figures):
    ada, bo = (placed(huddle, name) for name in ("Ada", "Bo"))
    for one in (ada, bo):
        attendance.note_joined(one, huddle, at=DURING, by=BY)
    later = AFTER + timedelta(days=60)

    erasure.erase(ada.member, by=BY, at=later)

    assert rows(figures(later)["attendance"]) == [("Huddle", [1, 1, 0, 0, 0])]
    assert dict(rows(figures(later)["fill"]))["Huddle"][0] == 2
