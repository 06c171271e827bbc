"""What the preview of an import shows besides its sessions: slips, clashes and what would move."""

import pytest

from events.models import Contributor, Event, Session
from events.models.session import FILM_OR_TIME
from tests import make
from tests.found import found
from tests.workshops.programme_import.programmes import december, load, plan, planned, spans, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return december()


def test_what_would_be_made_is_listed_with_what_is_nearly_the_same(event):
    Contributor.objects.create(name="Roisin Byrne")
    make.workshop(event, title="Old", room="Great Hall")

    plan = planned(
        event, "title,date,start,end,hosts,room\nOne,2026-12-09,9:00,10:00,Roisin Burne,Graet Hall\n"
    )

    assert plan.made == [
        ("Hosts", [("Roisin Burne", "Roisin Byrne")]),
        ("Rooms", [("Graet Hall", "Great Hall")]),
    ]


def test_a_room_and_a_host_twice_at_one_time_are_named(event):
    sessions = [("One", "9:00", "10:00"), ("Two", "9:30", "10:30"), ("Three", "10:30", "11:00")]
    rows = [f"{title},2026-12-09,{start},{end},Ada Bright,Hall" for title, start, end in sessions]

    plan = planned(event, "\n".join(["title,date,start,end,hosts,room", *rows]))

    assert plan.clashes == [
        "Ada Bright is in two sessions at once: “One” and “Two”.",
        "Hall is in two sessions at once: “One” and “Two”.",
    ]


def test_a_move_that_people_have_booked_against_is_told_before_it_is_tried(event):
    load(event, "One,2026-12-09,9:00,10:00", header="title,date,start,end")

    moved = plan(event, "One,2026-12-09,11:00,12:00", header="title,date,start,end")

    assert [change.column for change in moved.changed[0].changes] == ["starts_at", "ends_at"]
    assert found(Session.objects.get().starts_at).hour == 9


def test_a_time_for_what_is_a_film_of_its_own_is_refused_before_it_is_tried(event):
    film = make.session(
        event, title="Film", starts_at=None, ends_at=None, recording_url="https://v.example/1"
    )

    plan = planned(event, f"slug,title,date,start,end\n{film.slug},Film,2026-12-09,9:00,10:00\n")

    assert told(plan) == [f"Row 2, Film: {FILM_OR_TIME}"]


def test_rows_that_are_wrong_are_not_shown_as_sessions(event):
    plan = planned(event, "title,date,start,end\nOne,9. Dezember,9:00,10:00\nTwo,2026-12-09,9:00,10:00\n")

    assert told(plan) == [
        "Row 2, date: “9. Dezember” is not a day such as 9 December 2026, Wednesday 9 December or 09/12/2026."
    ]
    assert spans(plan) == [("Two", "09 09:00", "09 10:00")]
