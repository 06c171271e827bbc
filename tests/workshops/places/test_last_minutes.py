"""The last half hour before a session: what is free is not given, but goes to who presses first."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from events.models import Session
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.workshops.places.state import full_with_line, passed, places, registered, statuses
from workshops.models import Booking
from workshops.places import booking, last_minutes, waiting_list
from workshops.places.refusals import BookingClosed, PlaceTaken, SessionStarted, TimeClash

pytestmark = pytest.mark.django_db

Status = Booking.Status
MINUTE = timedelta(minutes=1)


def before(session: Session, minutes: int):
    """So many minutes before it starts."""
    assert session.starts_at is not None
    return session.starts_at - minutes * MINUTE


def let_go(session: Session, minutes: int) -> None:
    """Whoever has the place gives it up so many minutes before the start."""
    booked = Booking.objects.booked().filter(session=session).earliest("pk")
    booking.cancel(booked, by=BY, at=before(session, minutes))


def take(session: Session, of: Booking, minutes: int, **named):
    return last_minutes.take(session, of.registration, by=BY, at=before(session, minutes), **named)


def test_until_half_an_hour_before_the_first_in_line_has_it_at_once_and_from_then_on_nobody_by_itself():
    event = make.event()
    early, (ada,) = full_with_line(event, "Ada")
    late, (bo,) = full_with_line(event, "Bo", hour=14)

    let_go(early, 31)
    let_go(late, 30)

    assert statuses(ada, bo) == [Status.BOOKED, Status.WAITING]
    assert places(late) == (1, 1, 1)
    assert not Message.objects.filter(kind__in=("place-given", "place-offered"), member=bo.member).exists()


def test_no_sweep_gives_it_either():
    session, (ada,) = full_with_line(make.event(), "Ada")
    let_go(session, 30)

    for minutes in (30, 20, 5):
        waiting_list.sweep(at=before(session, minutes))
        assert not waiting_list.serve_if_due(session.pk, at=before(session, minutes))

    assert statuses(ada) == [Status.WAITING]


def test_the_first_of_those_who_wait_to_press_has_it_whatever_their_turn():
    session, (ada, bo) = full_with_line(make.event(), "Ada", "Bo")
    let_go(session, 20)

    taken = take(session, bo, 19)

    assert (taken.status, statuses(ada)) == (Status.BOOKED, [Status.WAITING])
    assert places(session) == (1, 0, 1)
    assert Entry.objects.filter(act=Act.PLACE_TAKEN, member_id=bo.member_id).count() == 1


def test_who_is_second_is_told_so_and_keeps_their_turn():
    session, (ada, bo) = full_with_line(make.event(), "Ada", "Bo")
    let_go(session, 20)
    take(session, bo, 19)

    with pytest.raises(PlaceTaken):
        take(session, ada, 18)

    assert (statuses(ada), places(session)) == ([Status.WAITING], (1, 0, 1))


def test_pressing_twice_is_not_an_error():
    session, (ada, _) = full_with_line(make.event(), "Ada", "Bo")
    let_go(session, 20)

    taken = [take(session, ada, 19), take(session, ada, 18)]

    assert [one.status for one in taken] == [Status.BOOKED, Status.BOOKED]


@pytest.mark.parametrize("minutes", [31, 24 * 60])
def test_before_that_half_hour_nobody_takes_what_is_held_for_the_first(minutes):
    session, (_, bo) = full_with_line(make.event(), "Ada", "Bo")
    Booking.objects.booked().filter(session=session).update(status=Status.CANCELLED, ended="member")
    type(session.workshop).objects.filter(session=session).update(held=1)

    with pytest.raises(PlaceTaken):
        take(session, bo, minutes)


def test_once_it_has_started_nothing_is_taken():
    session, (ada,) = full_with_line(make.event(), "Ada")
    let_go(session, 20)

    with pytest.raises(SessionStarted):
        take(session, ada, 0)


def test_who_was_passed_has_kept_their_turn_and_may_take_it():
    theirs, other = passed(make.event())
    session = theirs.session
    Booking.objects.filter(session=session, status=Status.BOOKED).exclude(pk=theirs.pk).delete()
    type(session.workshop).objects.filter(session=session).update(taken=0, held=0)

    with pytest.raises(TimeClash):
        take(session, theirs, 20)
    taken = take(session, theirs, 20, replacing=[other])

    assert (taken.status, statuses(other)) == (Status.BOOKED, [Status.CANCELLED])
    assert places(session) == (1, 0, 0)


def test_what_overlaps_is_given_up_only_for_the_place():
    event = make.event()
    session, (ada, bo) = full_with_line(event, "Ada", "Bo")
    other = booking.book(make.workshop(event), ada.registration, by=BY, at=NOW)
    let_go(session, 20)

    with pytest.raises(TimeClash):
        take(session, ada, 19)
    take(session, bo, 18)
    with pytest.raises(PlaceTaken):
        take(session, ada, 17, replacing=[other])

    assert statuses(ada, other) == [Status.WAITING, Status.BOOKED]


def test_nobody_joins_the_line_behind_others_in_that_half_hour():
    event = make.event()
    session, _ = full_with_line(event, "Ada")
    (cy,) = registered(event, "Cy")

    for act in (booking.book, last_minutes.take):
        with pytest.raises(BookingClosed):
            act(session, cy, by=BY, at=before(session, 30))
    with pytest.raises(BookingClosed):
        last_minutes.take(session, cy, by=BY, at=before(session, 11))

    assert places(session) == (1, 0, 1)


def test_where_nobody_waits_the_place_is_anybodys():
    event = make.event()
    session = make.workshop(event, capacity=1)
    ada, cy = registered(event, "Ada", "Cy")
    booking.book(session, ada, by=BY, at=NOW)
    let_go(session, 20)

    assert booking.book(session, cy, by=BY, at=before(session, 19)).status == Status.BOOKED


def test_in_the_last_ten_minutes_what_those_in_line_have_left_is_anybodys():
    event = make.event()
    session, (ada,) = full_with_line(event, "Ada")
    cy, di = registered(event, "Cy", "Di")
    let_go(session, 20)

    taken = last_minutes.take(session, cy, by=BY, at=before(session, 10))
    with pytest.raises(PlaceTaken):
        last_minutes.take(session, di, by=BY, at=before(session, 9))

    assert (taken.status, statuses(ada)) == (Status.BOOKED, [Status.WAITING])
    assert places(session) == (1, 0, 1)
    assert not Booking.objects.filter(registration=di).exists()


def test_an_offer_that_lapses_in_that_half_hour_goes_to_who_looks():
    event = make.event()
    session, (ada, bo) = full_with_line(event, "Ada", "Bo")
    booking.book(make.workshop(event), ada.registration, by=BY, at=NOW)
    let_go(session, 35)
    assert statuses(ada, bo) == [Status.OFFERED, Status.WAITING]

    waiting_list.sweep(at=before(session, 20))

    assert (statuses(ada, bo), places(session)) == ([Status.PASSED, Status.WAITING], (1, 1, 1))
    assert take(session, bo, 19).status == Status.BOOKED


def test_an_offer_of_theirs_that_still_stands_is_accepted():
    event = make.event()
    session, (ada,) = full_with_line(event, "Ada")
    other = booking.book(make.workshop(event), ada.registration, by=BY, at=NOW)
    let_go(session, 31)

    assert take(session, ada, 25, replacing=[other]).status == Status.BOOKED
    assert places(session) == (1, 0, 0)
