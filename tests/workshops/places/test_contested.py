"""A session moves onto another one that somebody has booked: both places stay theirs until it is decided."""

from datetime import timedelta

import pytest

from audit.acts import Act
from audit.models import Entry
from events import registration as registering
from events.models import Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import fill, places, registered, statuses
from workshops.models import Booking
from workshops.places import booking, deciding, waiting_list
from workshops.places.refusals import DecisionChanged, DecisionOver, TimeClash, Undecided
from workshops.programme import cancelling, changes

pytestmark = pytest.mark.django_db
Status = Booking.Status
HOUR = timedelta(hours=1)


def moved(session, hours):
    return make.later(Session.objects.get(pk=session.pk), hours * HOUR)


def move(*sessions_and_hours, at=NOW):
    changes.save_sessions([moved(session, hours) for session, hours in sessions_and_hours], by=BY, at=at)


@pytest.fixture
def event():
    return make.event()


@pytest.fixture
def ada(event):
    return make.registration(event, make.member("Ada"))


def booked(ada, *hours, event=None, **fields):
    """Places of Ada's, one in a session at each of these hours."""
    sessions = [make.workshop(event or ada.event, hour=hour, **fields) for hour in hours]
    return [booking.book(session, ada, by=BY, at=NOW) for session in sessions]


def clash(ada, **fields):
    """A place that is to be decided since its session moved, and the one that it overlaps."""
    first, other = booked(ada, 10, 12, **fields)
    move((first.session, 2))
    assert statuses(first, other) == [Status.CONTESTED, Status.BOOKED]
    return first, other


@pytest.mark.slow
def test_a_move_onto_what_they_have_leaves_both_places_theirs_for_two_days(ada):
    first, other = booked(ada, 10, 12, capacity=1)

    move((first.session, 2))

    assert statuses(first, other) == [Status.CONTESTED, Status.BOOKED]
    assert [places(one.session) for one in (first, other)] == [(1, 0, 0), (1, 0, 0)]
    assert first.expires_at == NOW + timedelta(hours=48)
    assert first.during == other.during


@pytest.mark.slow
def test_keeping_what_moved_gives_the_other_to_its_line_at_once(ada):
    first, other = clash(ada, capacity=1)
    [bo] = registered(ada.event, "Bo")
    bos = booking.book(other.session, bo, by=BY, at=NOW)

    deciding.keep(first, giving_up=[other], by=ada.member, at=NOW)

    assert statuses(first, other, bos) == [Status.BOOKED, Status.CANCELLED, Status.BOOKED]
    assert (first.expires_at, other.ended) == (None, Booking.Ended.BY_MEMBER)


@pytest.mark.slow
def test_keeping_what_did_not_move_gives_what_moved_to_its_line_at_once(ada):
    first, other = clash(ada, capacity=1)
    [bo] = registered(ada.event, "Bo")
    bos = booking.book(first.session, bo, by=BY, at=NOW)

    deciding.keep(other, giving_up=[first], by=ada.member, at=NOW)

    assert statuses(first, other, bos) == [Status.CANCELLED, Status.BOOKED, Status.BOOKED]


def test_deciding_twice_is_not_an_error(ada):
    first, other = clash(ada)

    for _ in range(2):
        deciding.keep(first, giving_up=[other], by=ada.member, at=NOW)

    assert statuses(first, other) == [Status.BOOKED, Status.CANCELLED]


def test_nothing_is_given_up_that_was_not_named(ada):
    first, other = clash(ada)

    with pytest.raises(DecisionChanged):
        deciding.keep(first, giving_up=[], by=ada.member, at=NOW)

    assert statuses(first, other) == [Status.CONTESTED, Status.BOOKED]


def test_what_is_named_and_overlaps_no_more_stays_theirs(ada):
    first, other = clash(ada)
    move((first.session, -2))

    deciding.keep(first, giving_up=[other], by=ada.member, at=NOW)

    assert statuses(first, other) == [Status.BOOKED, Status.BOOKED]


def test_nobody_gives_up_what_is_somebody_elses(ada):
    first, other = clash(ada)
    [bo] = registered(ada.event, "Bo")
    bos = booking.book(other.session, bo, by=BY, at=NOW)

    with pytest.raises(DecisionChanged):
        deciding.keep(first, giving_up=[bos], by=ada.member, at=NOW)

    assert statuses(first, other, bos) == [Status.CONTESTED, Status.BOOKED, Status.BOOKED]


@pytest.mark.slow
def test_undecided_what_did_not_move_stays_and_what_moved_goes_to_its_line(ada):
    first, other = clash(ada, capacity=1)
    [bo] = registered(ada.event, "Bo")
    bos = booking.book(first.session, bo, by=BY, at=NOW)
    deadline = found(first.expires_at)

    waiting_list.sweep(at=deadline - timedelta(seconds=1))
    before = statuses(first, other, bos)
    waiting_list.sweep(at=deadline)

    assert before == [Status.CONTESTED, Status.BOOKED, Status.WAITING]
    assert statuses(first, other, bos) == [Status.CANCELLED, Status.BOOKED, Status.BOOKED]
    assert first.ended == Booking.Ended.UNDECIDED


def test_once_the_time_is_over_it_is_too_late_to_keep_it(ada):
    first, other = clash(ada)

    with pytest.raises(DecisionOver):
        deciding.keep(first, giving_up=[other], by=ada.member, at=found(first.expires_at))

    assert statuses(first, other) == [Status.CONTESTED, Status.BOOKED]


@pytest.mark.slow
def test_whoever_touches_the_session_after_the_deadline_is_served(ada):
    first, _ = clash(ada, capacity=1)
    [bo] = registered(ada.event, "Bo")

    bos = booking.book(first.session, bo, by=BY, at=found(first.expires_at))

    assert statuses(first, bos) == [Status.CANCELLED, Status.BOOKED]


def test_a_session_that_moves_back_is_booked_again(ada):
    first, other = clash(ada)

    move((first.session, -2))

    assert statuses(first, other) == [Status.BOOKED, Status.BOOKED]
    assert first.expires_at is None


def test_a_session_that_moves_on_leaves_them_two_days_from_then(ada):
    first, _ = clash(ada)
    later = NOW + 5 * HOUR

    move((first.session, 0.5), at=later)

    assert statuses(first) == [Status.CONTESTED]
    assert first.expires_at == later + timedelta(hours=48)


def test_when_the_other_session_moves_away_it_is_booked(ada):
    first, other = clash(ada)

    move((other.session, 3))

    assert statuses(first, other) == [Status.BOOKED, Status.BOOKED]


def test_when_the_other_session_moves_and_still_overlaps_it_stays_to_be_decided(ada):
    first, other = clash(ada)

    move((other.session, 0.5))

    assert statuses(first, other) == [Status.CONTESTED, Status.BOOKED]


def test_when_the_other_place_is_given_up_it_is_booked(ada):
    first, other = clash(ada)

    booking.cancel(other, by=ada.member, at=NOW)

    assert statuses(first, other) == [Status.BOOKED, Status.CANCELLED]


def test_when_the_other_session_is_cancelled_it_is_booked_once_that_is_told(ada):
    first, other = clash(ada)
    cancelled = Session.objects.get(pk=other.session_id)
    cancelled.status = Session.Status.CANCELLED

    changes.save_session(cancelled, by=BY, at=NOW)
    meanwhile = statuses(first, other)
    cancelling.settle(at=NOW + timedelta(minutes=10))

    assert meanwhile == [Status.CONTESTED, Status.CANCELLED]
    assert statuses(first, other) == [Status.BOOKED, Status.CANCELLED]


def test_two_sessions_that_move_together_onto_a_third_are_both_to_be_decided(ada):
    one, two, stays = booked(ada, 10, 14, 12)

    move((one.session, 2), (two.session, -2))

    assert statuses(one, two, stays) == [Status.CONTESTED, Status.CONTESTED, Status.BOOKED]


def test_of_three_at_one_time_one_is_kept_and_two_are_given_up(ada):
    one, two, stays = booked(ada, 10, 14, 12)
    move((one.session, 2), (two.session, -2))

    deciding.keep(two, giving_up=[one, stays], by=ada.member, at=NOW)

    assert statuses(one, two, stays) == [Status.CANCELLED, Status.BOOKED, Status.CANCELLED]


def test_of_two_sessions_that_move_onto_each_other_what_was_booked_first_stays(ada):
    one, two = booked(ada, 10, 14)

    move((two.session, -2), (one.session, 2))

    assert statuses(one, two) == [Status.BOOKED, Status.CONTESTED]


def test_of_two_that_overlap_the_third_alone_giving_it_up_leaves_both(ada):
    one, two = booked(ada, 9, 16)
    [stays] = booked(ada, 11, hours=3)
    move((one.session, 2), (two.session, -3))
    before = statuses(one, two, stays)

    booking.cancel(stays, by=ada.member, at=NOW)

    assert before == [Status.CONTESTED, Status.CONTESTED, Status.BOOKED]
    assert statuses(one, two) == [Status.BOOKED, Status.BOOKED]


def test_of_two_that_overlap_each_other_too_giving_the_third_up_leaves_one_to_be_decided(ada):
    one, two, stays = booked(ada, 10, 14, 12)
    move((one.session, 2), (two.session, -2))

    booking.cancel(stays, by=ada.member, at=NOW)

    assert sorted(statuses(one, two)) == [Status.BOOKED, Status.CONTESTED]


def test_what_overlaps_sessions_of_two_events_is_decided_alike(ada):
    there = make.registration(make.event(), ada.member)
    [first], [other] = booked(ada, 10), booked(there, 12)
    move((first.session, 2))

    deciding.keep(first, giving_up=[other], by=ada.member, at=NOW)

    assert statuses(first, other) == [Status.BOOKED, Status.CANCELLED]


def test_cancelling_the_registration_of_the_other_event_settles_it(ada):
    there = make.registration(make.event(), ada.member)
    [first], [_] = booked(ada, 10), booked(there, 12)
    move((first.session, 2))

    registering.cancel(there, by=ada.member, at=NOW)

    assert statuses(first) == [Status.BOOKED]


def test_what_is_to_be_decided_keeps_them_from_a_third_session_until_then(ada):
    first, other = clash(ada)
    third = make.workshop(ada.event, hour=12)

    swapped = booking.swap([first, other], third, by=ada.member, at=NOW)

    assert statuses(first, other, swapped) == [Status.CANCELLED, Status.CANCELLED, Status.BOOKED]


def test_a_place_that_comes_free_at_that_time_is_held_for_them(ada):
    first, other = booked(ada, 10, 12)
    third = make.workshop(ada.event, hour=12.5, capacity=1)
    fill(third)
    waits = booking.book(third, ada, by=BY, at=NOW)
    move((first.session, 3))

    booking.cancel(Booking.objects.booked().get(session=third), by=BY, at=NOW)

    assert statuses(other, waits) == [Status.BOOKED, Status.OFFERED]


def test_an_act_on_what_is_to_be_decided_stands_in_the_trail_of_each(ada):
    first, other = clash(ada)
    deciding.keep(first, giving_up=[other], by=ada.member, at=NOW)

    acts = [list(acts_of(one)) for one in (first, other)]

    assert acts == [[Act.BOOKED, Act.CONTESTED, Act.KEPT], [Act.BOOKED, Act.BOOKING_CANCELLED]]


def acts_of(one):
    entries = Entry.objects.filter(thing=Booking._meta.label_lower, thing_id=one.pk)
    return entries.order_by("id").values_list("act", flat=True)


def test_shortly_before_the_start_nothing_ends_before_it(ada):
    first, other = booked(ada, 10, 12)
    at = found(other.session.starts_at) - timedelta(hours=3, minutes=59)

    move((first.session, 2.5), at=at)

    assert statuses(first) == [Status.CONTESTED]
    assert first.expires_at == other.session.starts_at


@pytest.mark.slow
def test_who_books_what_has_just_ended_undecided_joins_its_line_at_once(ada):
    first, _ = clash(ada, capacity=1)
    bo, cy = registered(ada.event, "Bo", "Cy")
    booking.book(first.session, bo, by=BY, at=NOW)
    late = found(first.expires_at)

    again = booking.book(first.session, ada, by=ada.member, at=late)
    cys = booking.book(first.session, cy, by=BY, at=late)

    assert statuses(first, again, cys) == [Status.CANCELLED, Status.WAITING, Status.WAITING]
    assert found(again.ticket) < found(cys.ticket)


def test_a_swap_into_what_is_to_be_decided_gives_nothing_up(ada):
    first, other = clash(ada)

    with pytest.raises(Undecided):
        booking.swap([other], first.session, by=ada.member, at=NOW)

    assert statuses(first, other) == [Status.CONTESTED, Status.BOOKED]


@pytest.mark.slow
def test_what_runs_over_into_the_next_leaves_that_to_be_decided_until_its_start(ada):
    runs, follows = booked(ada, 10, 11)
    session = Session.objects.get(pk=runs.session_id)
    session.ends_at = found(session.ends_at) + timedelta(minutes=10)

    changes.save_session(session, by=BY, at=found(session.starts_at) + timedelta(minutes=30))

    assert statuses(runs, follows) == [Status.BOOKED, Status.CONTESTED]
    assert follows.expires_at == follows.session.starts_at


def test_what_stays_and_moves_to_an_earlier_start_leaves_no_deadline_after_that(ada):
    [first], [other] = booked(ada, 9), booked(ada, 12, hours=3)
    at = found(first.session.starts_at) - timedelta(hours=20)
    move((first.session, 4), at=at)
    before = statuses(first, other), first.expires_at

    move((other.session, -1.5), at=at)

    first.refresh_from_db()
    assert before[0] == [Status.CONTESTED, Status.BOOKED]
    assert found(first.expires_at) < found(before[1])
    assert found(first.expires_at) <= found(Session.objects.get(pk=other.session_id).starts_at)


def test_of_two_that_are_left_what_was_booked_first_becomes_certain(ada):
    late, early = (make.workshop(ada.event, hour=hour) for hour in (14, 10))
    stays = booked(ada, 12)[0]
    second, first = (booking.book(one, ada, by=BY, at=NOW) for one in (early, late))
    move((early, 2), (late, -2))

    booking.cancel(stays, by=ada.member, at=NOW)

    assert statuses(second, first) == [Status.BOOKED, Status.CONTESTED]


def test_what_overlaps_only_what_is_to_be_decided_is_not_booked_beside_it(ada):
    first, _ = booked(ada, 10, 12)
    third = make.workshop(ada.event, hour=13)
    move((first.session, 2.5))

    with pytest.raises(TimeClash):
        booking.book(third, ada, by=ada.member, at=NOW)
