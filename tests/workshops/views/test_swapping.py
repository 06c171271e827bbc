"""Swapping places over HTTP: all of it or nothing, and only their own."""

import re

import pytest

from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.pages import agenda_url, card, press, status, url
from tests.workshops.places.state import fill
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

Status = Booking.Status


@pytest.mark.slow
def test_a_swap_names_all_that_it_replaces_and_then_does_it(client, event, ada):
    one, two = make.workshop(event, title="First hour"), make.workshop(event, hour=11, title="Second hour")
    long = make.workshop(event, hours=2, title="Two hours")
    for session in (one, two):
        booking.book(session, ada, by=BY, at=NOW)

    asked = flat(client.get(url(long, "swap")).content.decode())
    named = re.findall(r'name="replace" value="(\d+)"', asked)
    _, page = press(client, long, "swap", replace=named)

    assert named == [str(one.pk), str(two.pk)]
    assert [asked.count(title) > 0 for title in ("First hour", "Second hour", "Two hours")] == [True] * 3
    assert [status(session, ada) for session in (one, two, long)] == [None, None, Status.BOOKED]
    assert "You gave up “First hour” and “Second hour”." in card(page, long)


@pytest.mark.slow
def test_a_swap_that_names_too_little_changes_nothing(client, event, ada):
    one, two = make.workshop(event), make.workshop(event, hour=11, title="Second hour")
    long = make.workshop(event, hours=2)
    for session in (one, two):
        booking.book(session, ada, by=BY, at=NOW)

    _, page = press(client, long, "swap", replace=[one.pk])

    assert [status(session, ada) for session in (one, two, long)] == [Status.BOOKED, Status.BOOKED, None]
    assert "It is at the same time as “Second hour”." in card(page, long)


@pytest.mark.slow
def test_a_swap_into_what_has_filled_up_keeps_the_old_place(client, event, ada):
    mine, other = make.workshop(event), make.workshop(event, capacity=1)
    booking.book(mine, ada, by=BY, at=NOW)
    fill(other)

    _, page = press(client, other, "swap", replace=[mine.pk])

    assert [status(session, ada) for session in (mine, other)] == [Status.BOOKED, None]
    words = card(page, other)
    assert "The last place has gone. Your sessions stay as they were." in words
    assert "Join the waiting list" in words


def test_asking_about_a_swap_into_what_is_full_says_so(client, event, ada):
    mine, other = make.workshop(event), make.workshop(event, capacity=1)
    booking.book(mine, ada, by=BY, at=NOW)
    fill(other)

    page = client.get(url(other, "swap"), follow=True).content.decode()

    assert "This session is full now. Your sessions stay as they are." in card(page, other)


@pytest.mark.slow
def test_a_swap_with_nothing_to_replace_is_a_booking(client, event, ada):
    session = make.workshop(event)

    press(client, session, "swap", replace=["x", "99999999999999999999", "7"])

    assert status(session, ada) == Status.BOOKED
    assert client.get(url(session, "swap")).url == f"{agenda_url(event)}#booking-{session.pk}"


def test_a_swap_never_gives_up_somebody_elses_place(client, event, ada):
    session, other = make.workshop(event), make.workshop(event)
    bo = make.registration(event, make.member("Bo"))
    booking.book(session, bo, by=BY, at=NOW)

    press(client, other, "swap", replace=[session.pk])

    assert (status(session, bo), status(other, ada)) == (Status.BOOKED, Status.BOOKED)
