"""How full sessions are: booked of places, in percent rounded down, and who waits."""

import pytest

from tests import make
from tests.make import BY, NOW
from tests.team.report.tables import rows
from tests.workshops.places import state
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_without_a_session_that_is_said(event, figures):
    make.session(event, status="draft")
    make.session(event, starts_at=None, ends_at=None)

    figure = figures()["fill"]

    assert (figure.table, figure.nothing) == (None, "No session with a time is published yet.")


def test_what_is_booked_of_how_many_and_who_waits(event, figures):
    full = make.workshop(event, capacity=2, title="Full", hour=9)
    half = make.workshop(event, capacity=3, title="Two thirds", hour=10)
    make.workshop(event, capacity=None, title="No limit", hour=11)
    make.session(event, title="For all", hour=12)
    make.workshop(event, capacity=9, title="Cancelled", status="cancelled")
    state.fill(full, waiting=3)
    state.crowd(event, half, 2)

    figure = figures()["fill"]

    assert rows(figure) == [
        ("Full", [2, 2, "100%", 3]),
        ("Two thirds", [2, 3, "66%", 0]),
        ("No limit", [0, "no limit", "–", 0]),
        ("For all", ["–", "open to all", "–", "–"]),
    ]
    assert figure.result == "4 of 5 places are booked; 1 of 2 sessions with a limit is full."
    assert figure.picture.columns == 2


def test_a_place_that_is_held_for_the_line_is_nobodys_yet(event, figures):
    bos, _theirs = state.offered(event)

    cells = dict(rows(figures()["fill"]))[bos.session.title]

    assert cells == [0, 1, "0%", 1]


def test_a_place_to_decide_is_somebodys(event, figures):
    moved, _stays = state.contested(make.registration(event, make.member("Ada")))

    assert dict(rows(figures()["fill"]))[moved.session.title][0] == 1


def test_the_number_in_the_picture_stands_before_the_name(event, desk):
    session = make.workshop(event, capacity=1, title="Flow")
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)
    assert Booking.objects.booked().exists()

    page = desk.get("/team/events/2026/report/")

    assert " ".join(page.text.split()).count('<th scope="row"> 1. <a href=') == 1
