"""Changing the programme: moving, cancelling, publishing, and how many places there are."""

from datetime import timedelta

import pytest

from events.models import Event, Session
from events.places import CapacityBelowTaken
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import offered, passed, places, registered, statuses
from workshops.models import Booking, Workshop
from workshops.places import booking, choices
from workshops.programme import cancelling, capacity, changes
from workshops.programme.changes import (
    MoveWouldClash,
    ProgrammeRefused,
    SessionHasBookings,
)

pytestmark = pytest.mark.django_db
Status = Booking.Status
HOUR = timedelta(hours=1)


def move(session, by):
    session.starts_at += by
    session.ends_at += by
    return session


def test_a_move_takes_places_and_bookings_along():
    event = make.event()
    session = make.workshop(event, capacity=1)
    booked, waits = (booking.book(session, one, by=BY, at=NOW) for one in registered(event, "Ada", "Bo"))

    changes.save_session(move(session, HOUR), by=BY, at=NOW)

    assert statuses(booked, waits) == [Status.BOOKED, Status.WAITING]
    during = Workshop.objects.get().during
    assert (during.lower, during.upper) == (session.starts_at, session.ends_at)
    assert [booked.during, waits.during] == [during, during]


@pytest.mark.slow
def test_a_move_that_makes_people_clash_at_a_time_that_has_begun_is_refused_with_their_number():
    event = make.event()
    session, other = make.workshop(event), make.workshop(event, hour=12)
    for one in registered(event, "Ada", "Bo"):
        booking.book(session, one, by=BY, at=NOW)
        booking.book(other, one, by=BY, at=NOW)
    booking.book(session, make.registration(event, make.member("Cy")), by=BY, at=NOW)
    before = Workshop.objects.get(session=session).during
    begun = found(other.starts_at)

    with pytest.raises(MoveWouldClash, match="2 people have booked another session") as refusal:
        changes.save_session(move(session, 2 * HOUR), by=BY, at=begun)

    assert refusal.value.people == 2
    assert Session.objects.get(pk=session.pk).starts_at == before.lower
    assert Workshop.objects.get(session=session).during == before


def test_a_refusal_for_one_person_speaks_of_one():
    assert str(MoveWouldClash(1)).startswith("1 person has booked another session at that time")
    assert str(SessionHasBookings(1)).startswith("1 person has a place")
    assert str(SessionHasBookings(4)).startswith("4 people have a place")


def test_two_sessions_trade_their_times_although_each_step_alone_would_clash():
    event = make.event()
    one, other = make.workshop(event), make.workshop(event, hour=14)
    ada = make.registration(event, make.member("Ada"))
    hers = [booking.book(session, ada, by=BY, at=NOW) for session in (one, other)]

    changes.save_sessions([move(one, 4 * HOUR), move(other, -4 * HOUR)], by=BY, at=NOW)

    assert statuses(*hers) == [Status.BOOKED, Status.BOOKED]
    assert [mine.during.lower for mine in hers] == [one.starts_at, other.starts_at]


def test_of_several_sessions_all_are_saved_or_none():
    event = make.event()
    fine, clashing, other = make.workshop(event), make.workshop(event, hour=12), make.workshop(event, hour=14)
    ada = make.registration(event, make.member("Ada"))
    for session in (clashing, other):
        booking.book(session, ada, by=BY, at=NOW)
    fine.title = "Better"

    with pytest.raises(MoveWouldClash):
        changes.save_sessions([fine, move(clashing, 2 * HOUR)], by=BY, at=found(other.starts_at))

    assert Session.objects.get(pk=fine.pk).title != "Better"


@pytest.mark.slow
def test_who_was_passed_for_the_old_time_waits_again_at_the_new_one():
    event = make.event()
    bos, theirs = passed(event)

    changes.save_session(move(bos.session, 2 * HOUR), by=BY, at=NOW)

    assert (statuses(bos, theirs), places(bos.session)) == ([Status.BOOKED, Status.BOOKED], (1, 0, 0))


@pytest.mark.slow
def test_an_offer_is_not_held_past_a_start_that_is_sooner_now():
    event = make.event()
    at = found(make.session(event).starts_at) - timedelta(hours=20)
    bos, theirs = offered(event, at=at, hour=16)
    assert found(bos.expires_at) > found(bos.session.starts_at) - 5 * HOUR

    changes.save_session(move(bos.session, -4 * HOUR), by=BY, at=at)

    assert statuses(bos, theirs) == [Status.OFFERED, Status.BOOKED]
    assert found(bos.expires_at) <= found(bos.session.starts_at) - timedelta(minutes=15)


@pytest.mark.slow
def test_cancelling_a_session_ends_everything_in_it_and_closes_it():
    event = make.event()
    bos, theirs = offered(event)
    waits = booking.book(bos.session, make.registration(event, make.member("Cy")), by=BY, at=NOW)
    bos.session.status = Session.Status.CANCELLED

    changes.save_session(bos.session, by=BY, at=NOW)

    assert statuses(bos, waits, theirs) == [Status.CANCELLED, Status.CANCELLED, Status.BOOKED]
    assert {bos.ended, waits.ended} == {Booking.Ended.SESSION}
    row = Workshop.objects.get(session=bos.session)
    assert (row.taken, row.held, row.line, row.is_open) == (0, 0, 0, False)


def test_a_session_that_takes_place_after_all_can_be_booked_again():
    event = make.event()
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    hers = booking.book(session, ada, by=BY, at=NOW)
    session.status = Session.Status.CANCELLED
    changes.save_session(session, by=BY, at=NOW)
    cancelling.settle(at=NOW + timedelta(minutes=10))
    session.status = Session.Status.PUBLISHED
    changes.save_session(session, by=BY, at=NOW + timedelta(minutes=11))

    again = booking.book(session, ada, by=BY, at=NOW)

    assert (again.status, statuses(hers)) == (Status.BOOKED, [Status.CANCELLED])
    assert Session.objects.get().sequence == 2


def test_a_draft_that_is_published_takes_bookings_from_then_on():
    event = make.event()
    session = make.session(event, status=Session.Status.DRAFT)
    capacity.set_capacity(session, 5, by=BY, at=NOW)
    assert not Workshop.objects.get().is_open
    session.status = Session.Status.PUBLISHED

    changes.save_session(session, by=BY, at=NOW)

    assert (
        booking.book(session, make.registration(event, make.member()), by=BY, at=NOW).status == Status.BOOKED
    )
    assert Session.objects.get().sequence == 0


@pytest.mark.parametrize("change", [{"status": "draft"}, {"starts_at": None, "ends_at": None}])
def test_a_session_that_people_count_on_is_neither_hidden_nor_put_on_demand(change):
    event = make.event()
    session = make.workshop(event, capacity=1)
    for one in registered(event, "Ada", "Bo"):
        booking.book(session, one, by=BY, at=NOW)
    for name, value in change.items():
        setattr(session, name, value)

    with pytest.raises(SessionHasBookings) as refusal:
        changes.save_session(session, by=BY, at=NOW)

    assert refusal.value.people == 2
    assert Session.objects.get().is_published
    assert Session.objects.get().is_live


def test_choices_do_not_keep_a_session_from_going_on_demand():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    choices.choose(session, make.registration(event, make.member()), by=BY, at=NOW - HOUR)
    session.starts_at = session.ends_at = None

    changes.save_session(session, by=BY, at=NOW)

    assert not Workshop.objects.exists()
    assert not Booking.objects.exists()


def test_a_stale_copy_never_turns_the_sequence_back():
    event = make.event()
    session = make.workshop(event)
    stale = Session.objects.get()
    changes.save_session(move(session, HOUR), by=BY, at=NOW)
    changes.save_session(move(session, -HOUR), by=BY, at=NOW)
    stale.title = "Another title"

    changes.save_session(stale, by=BY, at=NOW)

    assert Session.objects.get().sequence == 2


def test_every_save_raises_the_version_of_the_programme():
    event = make.event()
    session = make.session(event)
    before = Event.objects.get().version

    changes.save_session(session, by=BY, at=NOW)
    capacity.set_capacity(session, 3, by=BY, at=NOW)
    capacity.open_to_all(session, by=BY, at=NOW)

    assert Event.objects.get().version == before + 3


def test_more_places_let_in_the_line():
    event = make.event()
    session = make.workshop(event, capacity=1)
    _, *line = (booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 4))

    capacity.set_capacity(session, 3, by=BY, at=NOW)
    after_three = statuses(*line)
    capacity.set_capacity(session, None, by=BY, at=NOW)

    assert after_three == [Status.BOOKED, Status.BOOKED, Status.WAITING]
    assert (statuses(*line), places(session)) == ([Status.BOOKED] * 3, (4, 0, 0))


def test_fewer_places_than_are_taken_are_refused_with_their_number():
    event = make.event()
    session = make.workshop(event, capacity=5)
    for one in make.crowd(event, 3):
        booking.book(session, one, by=BY, at=NOW)

    capacity.set_capacity(session, 3, by=BY, at=NOW)
    with pytest.raises(CapacityBelowTaken, match="3 places are taken, so there cannot be fewer") as refusal:
        capacity.set_capacity(session, 2, by=BY, at=NOW)

    assert (refusal.value.taken, Workshop.objects.get().capacity) == (3, 3)


@pytest.mark.parametrize(("new", "places_open"), [(2, 2), (8, 4), (None, None)])
def test_a_wave_never_has_more_places_than_the_session(new, places_open):
    event = make.event()
    session = make.workshop(event, capacity=5)
    Workshop.objects.update(places_open=4)

    capacity.set_capacity(session, new, by=BY, at=NOW)

    row = Workshop.objects.get()
    assert (row.capacity, row.places_open) == (new, places_open)


def test_a_session_on_demand_has_no_places():
    event = make.event()
    session = make.session(event, starts_at=None, ends_at=None)

    with pytest.raises(ProgrammeRefused, match="without a time"):
        capacity.set_capacity(session, 5, by=BY, at=NOW)

    assert not Workshop.objects.exists()


def test_places_are_given_at_the_time_that_the_session_has_now():
    event = make.event()
    stale = make.session(event)
    changes.save_session(move(Session.objects.get(), HOUR), by=BY, at=NOW)

    capacity.set_capacity(stale, 5, by=BY, at=NOW)

    assert Workshop.objects.get().during.lower == Session.objects.get().starts_at


def test_places_are_taken_away_only_while_nobody_counts_on_them():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada, bo = registered(event, "Ada", "Bo")
    chosen = choices.choose(session, bo, by=BY, at=NOW - HOUR)
    hers = booking.book(session, ada, by=BY, at=NOW)

    with pytest.raises(SessionHasBookings):
        capacity.open_to_all(session, by=BY, at=NOW)
    booking.cancel(hers, by=BY, at=NOW)
    capacity.open_to_all(session, by=BY, at=NOW)
    capacity.open_to_all(session, by=BY, at=NOW)

    assert not Workshop.objects.exists()
    assert not Booking.objects.filter(pk=chosen.pk).exists()
    assert booking.cancel(hers, by=BY, at=NOW).status == Status.CANCELLED
