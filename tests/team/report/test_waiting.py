"""Who waited, who got a place by their turn or a press, and what became of offers."""

from datetime import timedelta

import pytest

from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.team.report.tables import rows
from tests.workshops.places import state
from tests.workshops.places.state import minutes
from workshops.models import Booking
from workshops.places import booking, waiting_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_nobody_has_had_to_wait(event, figures):
    state.fill(make.workshop(event, capacity=2))

    figure = figures()["waiting"]

    assert (figure.table, figure.nothing) == (None, "Nobody has had to wait for a session so far.")


def test_each_is_counted_for_what_became_of_them(event, figures):
    session, theirs = state.full_with_line(event, "Bo", "Cy", "Di", title="Flow")
    booking.cancel(theirs[1], by=BY, at=minutes(1))
    booking.cancel(found(Booking.objects.booked().get(session=session)), by=BY, at=minutes(2))

    figure = figures(minutes(60))["waiting"]

    assert state.statuses(*theirs) == ["booked", "cancelled", "waiting"]
    assert rows(figure) == [("Flow", [3, 1, 1, 1, 0, 0, 0])]
    assert figure.result == "3 waited, 1 of those got a place; 0 offers lapsed."


def test_who_gives_the_place_up_again_has_had_it(event, figures):
    session, theirs = state.full_with_line(event, "Bo", title="Flow")
    booking.cancel(Booking.objects.booked().get(session=session), by=BY, at=minutes(1))
    booking.cancel(Booking.objects.get(pk=theirs[0].pk), by=BY, at=minutes(2))

    assert rows(figures(minutes(60))["waiting"]) == [("Flow", [1, 1, 0, 0, 0, 0, 0])]


def test_an_offer_lapses_or_is_declined_and_who_passed_it_waits_still(event, figures):
    bos, _ = state.offered(event, title="Lapsed", hour=9)
    waiting_list.expire_offers(bos.session_id, at=NOW + timedelta(days=10))
    offered, _ = state.offered(event, name="Cy", title="Declined", hour=12)
    booking.decline(offered, by=BY, at=minutes(1))

    told = dict(rows(figures(NOW + timedelta(days=10))["waiting"]))

    assert told["Lapsed"] == [1, 0, 1, 0, 1, 1, 0]
    assert told["Declined"] == [1, 0, 1, 0, 1, 0, 1]


def test_an_offer_that_is_accepted_is_a_turn(event, figures):
    bos, theirs = state.offered(event, title="Flow")
    booking.cancel(theirs, by=BY, at=minutes(1))
    booking.accept(Booking.objects.get(pk=bos.pk), by=BY, at=minutes(2))

    assert dict(rows(figures(minutes(60))["waiting"]))["Flow"] == [1, 1, 0, 0, 1, 0, 0]


def test_once_a_session_has_begun_nobody_waits_for_it(event, figures):
    session, _theirs = state.full_with_line(event, "Bo", "Cy", title="Flow")

    after = figures(found(session.ends_at) + timedelta(days=30))

    assert rows(after["waiting"]) == [("Flow", [2, 0, 0, 2, 0, 0, 0])]
    assert rows(after["fill"]) == [("Flow", [1, 1, "100%", "–"])]
