"""The waiting list: who gets a place that comes free, who is passed, who is moved up."""

from datetime import timedelta

import pytest

from events import registration as registering
from events.models import Event, Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places.state import full_with_line, offered, places, statuses
from workshops.models import Booking, PlaceOverride, Workshop
from workshops.places import booking, waiting_list
from workshops.places.refusals import SessionStarted
from workshops.programme import capacity

pytestmark = pytest.mark.django_db

Status = Booking.Status
SECOND = timedelta(seconds=1)


@pytest.mark.slow
def test_places_that_come_free_go_to_as_many_as_there_are_in_order():
    event = make.event()
    session, line = full_with_line(event, "Ada", "Bo", "Cy")
    Workshop.objects.update(capacity=3)

    given = waiting_list.serve(session.pk, at=NOW)

    assert (given, statuses(*line)) == (2, [Status.BOOKED, Status.BOOKED, Status.WAITING])
    assert places(session) == (3, 0, 1)


def test_serving_where_nobody_waits_or_nothing_is_free_gives_nothing():
    event = make.event()
    empty = make.workshop(event)
    full, line = full_with_line(event, "Ada")

    given = [waiting_list.serve(session.pk, at=NOW) for session in (empty, full)]

    assert (given, statuses(*line)) == ([0, 0], [Status.WAITING])


@pytest.mark.slow
def test_waves_let_the_line_in_and_no_further():
    event = make.event()
    session = make.workshop(event, capacity=5)
    Workshop.objects.update(places_open=0)
    line = [booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 4)]
    Workshop.objects.update(places_open=3)

    waiting_list.sweep(at=NOW)

    assert statuses(*line) == [Status.BOOKED] * 3 + [Status.WAITING]


def test_a_session_that_has_started_or_does_not_take_place_serves_nobody():
    event = make.event()
    session, line = full_with_line(event, "Ada")
    Workshop.objects.update(capacity=2)

    at_the_start = waiting_list.serve(session.pk, at=found(session.starts_at))
    Workshop.objects.update(is_open=False)
    closed = waiting_list.serve(session.pk, at=NOW)

    assert (at_the_start, closed, statuses(*line)) == (0, 0, [Status.WAITING])


@pytest.mark.parametrize("status", ["cancelled", "archived"])
def test_an_event_that_does_not_take_place_gives_no_places(status):
    event = make.event()
    session, line = full_with_line(event, "Ada")
    Workshop.objects.update(capacity=2)
    Event.objects.update(status=status)

    given = waiting_list.serve(session.pk, at=NOW)

    assert (given, waiting_list.sweep(at=NOW), list(waiting_list.due(NOW))) == (0, 0, [])
    assert statuses(*line) == [Status.WAITING]


@pytest.mark.slow
def test_who_hosts_something_at_that_time_is_passed_and_the_next_one_served():
    event = make.event()
    session, [adas, bos] = full_with_line(event, "Ada", "Bo")
    make.host(make.session(event), member=adas.member)

    capacity.set_capacity(session, 2, by=BY, at=NOW)

    assert (statuses(adas, bos), places(session)) == ([Status.PASSED, Status.BOOKED], (2, 0, 0))


def test_a_place_that_the_last_in_line_cannot_have_is_open_to_everybody():
    event = make.event()
    session, [adas] = full_with_line(event, "Ada")
    make.host(make.session(event), member=adas.member)
    booking.cancel(Booking.objects.booked().get(), by=BY, at=NOW)

    newcomer = booking.book(session, make.registration(event, make.member("Nia")), by=BY, at=NOW)

    assert (statuses(adas), newcomer.status) == ([Status.PASSED], Status.BOOKED)


@pytest.mark.slow
def test_an_offer_lapses_at_its_deadline_and_goes_to_the_next():
    event = make.event()
    bos, _ = offered(event)
    cys = booking.book(bos.session, make.registration(event, make.member("Cy")), by=BY, at=NOW)

    before = waiting_list.serve(bos.session_id, at=found(bos.expires_at) - SECOND)
    at_it = waiting_list.serve(bos.session_id, at=found(bos.expires_at))

    assert (before, at_it, statuses(bos, cys)) == (0, 1, [Status.PASSED, Status.BOOKED])


@pytest.mark.slow
def test_an_offer_of_another_session_lapses_when_that_one_is_served():
    event = make.event()
    (bos, _), (cys, _) = offered(event), offered(event, name="Cy", hour=14)
    both_lapsed = max(found(bos.expires_at), found(cys.expires_at))

    waiting_list.serve(bos.session_id, at=both_lapsed)

    assert statuses(bos, cys) == [Status.PASSED, Status.OFFERED]


@pytest.mark.slow
def test_the_sweep_finds_a_lapsed_offer_that_nobody_waits_for():
    event = make.event()
    bos, _ = offered(event)

    waiting_list.sweep(at=found(bos.expires_at))

    assert (statuses(bos), places(bos.session)) == ([Status.PASSED], (0, 0, 0))


@pytest.mark.slow
def test_an_offer_is_due_from_its_deadline_to_the_start_of_an_open_session():
    bos, _ = offered(make.event())
    deadline = found(bos.expires_at)
    moments = [deadline - SECOND, deadline, bos.during.lower - SECOND, bos.during.lower]

    due = [[one.session_id for one in waiting_list.due(at)] for at in moments]
    Workshop.objects.update(is_open=False)

    assert due == [[], [bos.session_id], [bos.session_id], []]
    assert not waiting_list.due(deadline).exists()


@pytest.mark.slow
def test_who_asks_next_finds_the_lapsed_offer_without_any_sweep():
    event = make.event()
    bos, _ = offered(event)

    cys = booking.book(
        bos.session, make.registration(event, make.member("Cy")), by=BY, at=found(bos.expires_at)
    )

    assert (cys.status, statuses(bos)) == (Status.BOOKED, [Status.PASSED])


@pytest.mark.slow
def test_an_offer_that_has_been_answered_is_not_passed():
    event = make.event()
    bos, theirs = offered(event)
    booking.accept(bos, by=BY, at=NOW, replacing=[theirs])

    waiting_list.pass_offer(bos.pk, bos.registration_id, by=BY, at=NOW + timedelta(days=3))

    assert (statuses(bos), places(bos.session)) == ([Status.BOOKED], (1, 0, 0))


@pytest.mark.slow
def test_who_was_passed_for_a_session_of_another_event_waits_again_too():
    here, there = make.event(), make.event()
    ada = make.member("Ada")
    theirs = booking.book(make.workshop(there), make.registration(there, ada), by=BY, at=NOW)
    session = make.workshop(here, capacity=0)
    hers = booking.book(session, make.registration(here, ada), by=BY, at=NOW)
    capacity.set_capacity(session, 1, by=BY, at=NOW)
    booking.decline(hers, by=BY, at=NOW)

    registering.cancel(theirs.registration, by=BY, at=NOW)

    assert statuses(theirs, hers) == [Status.CANCELLED, Status.BOOKED]


def test_a_registration_that_is_not_in_force_gets_no_place():
    event = make.event()
    session, [adas, bos] = full_with_line(event, "Ada", "Bo")
    adas.registration.status = "received"
    adas.registration.save()
    Workshop.objects.update(capacity=2)

    given = waiting_list.serve(session.pk, at=NOW)

    assert (given, statuses(adas, bos)) == (1, [Status.PASSED, Status.BOOKED])


def test_one_line_that_cannot_be_served_does_not_keep_the_others_waiting(caplog):
    event = make.event()
    broken, [adas] = full_with_line(event, "Ada")
    session, [bos] = full_with_line(event, "Bo", hour=12)
    hers = booking.book(make.workshop(event, hour=14), adas.registration, by=BY, at=NOW)
    Booking.objects.filter(pk=hers.pk).update(during=broken.workshop.during)
    Session.objects.filter(pk=broken.pk).update(starts_at=hers.session.ends_at, ends_at="2026-11-18T18:00Z")
    Workshop.objects.filter(session__in=(broken, session)).update(capacity=2)

    waiting_list.sweep(at=NOW)

    assert statuses(adas, bos) == [Status.WAITING, Status.BOOKED]
    assert f"The waiting list of session {broken.pk} could not be served." in flat(caplog.text)


@pytest.mark.slow
def test_moving_someone_up_puts_them_first_and_records_why():
    event = make.event()
    _, [adas, bos, cys] = full_with_line(event, "Ada", "Bo", "Cy")
    team = make.member("Tess")

    waiting_list.move_up(cys, at=NOW, by=team, reason=" Her room had no loop. ")
    waiting_list.move_up(cys, at=NOW, by=team, reason="Twice is once.")
    booking.cancel(Booking.objects.booked().get(), by=BY, at=NOW)

    assert statuses(adas, bos, cys) == [Status.WAITING, Status.WAITING, Status.BOOKED]
    override = PlaceOverride.objects.get()
    assert (override.reason, override.by, override.at, override.ticket_before) == (
        "Her room had no loop.",
        team,
        NOW,
        4,
    )


def test_who_is_moved_up_never_has_the_ticket_of_somebody_else():
    event = make.event()
    session, [adas, bos] = full_with_line(event, "Ada", "Bo")
    team = make.member("Tess")

    waiting_list.move_up(bos, at=NOW, by=team, reason="Carer.")
    waiting_list.move_up(adas, at=NOW, by=team, reason="Carer too.")

    tickets = list(Booking.objects.filter(session=session).values_list("ticket", flat=True))
    assert len(set(tickets)) == 3
    statuses(adas, bos)
    assert [waiting_list.position(one) for one in (adas, bos)] == [1, 2]


def test_moving_up_needs_a_reason_and_somebody_who_waits():
    event = make.event()
    _, [adas] = full_with_line(event, "Ada")
    booked = Booking.objects.booked().get()

    with pytest.raises(ValueError, match="needs a reason"):
        waiting_list.move_up(adas, at=NOW, by=make.member("Tess"), reason=" ")
    for one in (adas, booked):
        waiting_list.move_up(one, at=NOW, by=make.member("Tess"), reason="Nothing to do.")

    assert not PlaceOverride.objects.exists()


def test_the_position_counts_those_ahead_in_this_line():
    event = make.event()
    full_with_line(event, "Dan", "Eve", hour=14)
    _, line = full_with_line(event, "Ada", "Bo", "Cy")
    booking.cancel(line[0], by=BY, at=NOW)

    assert [waiting_list.position(one) for one in line[1:]] == [1, 2]
    assert [waiting_list.position(one) for one in Booking.objects.booked()] == [None, None]


def test_nobody_is_moved_up_once_the_session_has_begun():
    session, [adas, bos] = full_with_line(make.event(), "Ada", "Bo")
    begun = found(session.starts_at)

    with pytest.raises(SessionStarted):
        waiting_list.move_up(bos, at=begun, by=make.member("Tess"), reason="Carer.")
    assert not PlaceOverride.objects.exists()
    assert [waiting_list.position(one) for one in (adas, bos)] == [1, 2]

    waiting_list.move_up(bos, at=begun - timedelta(seconds=1), by=make.member("Tess"), reason="Carer.")
    assert PlaceOverride.objects.count() == 1
