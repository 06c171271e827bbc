"""The waiting list while everything else goes on: offers, promotions, sweeps, overrides."""

from datetime import timedelta
from functools import partial

import pytest

from events import registration as registering
from tests import make
from tests.make import BY, NOW
from tests.races.together import (
    Act,
    Process,
    holding,
    holding_registration,
    holding_workshop,
    together,
    until_blocked,
)
from workshops.models import Booking, PlaceOverride, Workshop
from workshops.places import booking, waiting_list
from workshops.places.refusals import OfferGone
from workshops.programme import capacity

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
Status = Booking.Status
LATER = NOW + timedelta(days=2)


def line_of(session, number):
    """Fill one place, and put ``number`` people in line; return (who has it, the line)."""
    first, *others = make.crowd(session.event, number + 1)
    return booking.book(session, first, by=BY, at=NOW), [
        booking.book(session, one, by=BY, at=NOW) for one in others
    ]


def offered(session, other):
    """One person who holds an offer for ``session`` because they have booked ``other``."""
    has_it, [hers] = line_of(session, 1)
    booking.book(other, hers.registration, by=BY, at=NOW)
    booking.cancel(has_it, by=BY, at=NOW)
    hers.refresh_from_db()
    assert hers.status == Status.OFFERED
    return hers


def statuses(*bookings):
    for one in bookings:
        one.refresh_from_db()
    return [one.status for one in bookings]


def test_an_offer_accepted_while_it_expires_is_theirs_or_the_next_ones_never_both():
    for _ in range(6):
        event = make.event()
        session, other = make.workshop(event, capacity=1), make.workshop(event)
        hers = offered(session, other)
        bos = booking.book(session, make.registration(event, make.member("Bo")), by=BY, at=NOW)
        mine = Booking.objects.get(registration=hers.registration, session=other)
        just_before = hers.expires_at - timedelta(seconds=1)

        accepted, _ = together(
            partial(booking.accept, hers, by=BY, at=just_before, replacing=[mine]),
            partial(waiting_list.serve, session.pk, at=hers.expires_at),
        )

        ended = statuses(hers, bos, mine)
        if isinstance(accepted, OfferGone):
            assert ended == [Status.PASSED, Status.BOOKED, Status.BOOKED]
        else:
            assert ended == [Status.BOOKED, Status.WAITING, Status.CANCELLED]


def test_an_offer_declined_while_the_capacity_is_raised_gives_the_line_both_places():
    for _ in range(4):
        event = make.event()
        session, other = make.workshop(event, capacity=1), make.workshop(event)
        hers = offered(session, other)
        line = [booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 4)]

        together(
            partial(booking.decline, hers, by=BY, at=NOW),
            partial(capacity.set_capacity, session, 2, by=BY, at=NOW),
        )

        assert statuses(*line) == [Status.BOOKED, Status.BOOKED, Status.WAITING, Status.WAITING]


def test_capacity_raised_and_lowered_while_people_book_and_cancel_is_never_exceeded():
    event = make.event()
    session = make.workshop(event, capacity=10)
    crowd = make.crowd(event, 60)
    booked = [booking.book(session, one, by=BY, at=NOW) for one in crowd[:10]]

    together(
        *(partial(booking.book, session, one, by=BY, at=NOW) for one in crowd[10:]),
        *(partial(capacity.set_capacity, session, n, by=BY, at=NOW) for n in (15, 12, 20, 8, 17, 11)),
        *(partial(booking.cancel, one, by=BY, at=NOW) for one in booked),
        threads=14,
    )

    row = Workshop.objects.get(session=session)
    assert row.taken == row.capacity
    assert row.line == 50 - row.taken


def test_a_registration_cancelled_while_it_is_promoted_leaves_the_place_to_the_next():
    for _ in range(6):
        event = make.event()
        session = make.workshop(event, capacity=1)
        has_it, [bos, cys] = line_of(session, 2)

        together(
            partial(booking.cancel, has_it, by=BY, at=NOW),
            partial(registering.cancel, bos.registration, by=BY, at=NOW),
        )

        assert statuses(bos, cys) == [Status.CANCELLED, Status.BOOKED]


def test_someone_moved_up_while_the_line_is_served_gets_exactly_one_place():
    for _ in range(6):
        event = make.event()
        session = make.workshop(event, capacity=1)
        has_it, [bos, cys, dans] = line_of(session, 3)
        team = make.member("Tess")

        together(
            partial(booking.cancel, has_it, by=BY, at=NOW),
            partial(waiting_list.move_up, dans, at=NOW, by=team, reason="Her room was wrong."),
        )

        ended = statuses(bos, cys, dans)
        assert sorted(ended) == [Status.BOOKED, Status.WAITING, Status.WAITING]
        assert ended[1] == Status.WAITING


def test_whoever_gets_their_place_at_that_moment_is_not_moved_up():
    session = make.workshop(make.event(), capacity=1)
    _, [_, cys] = line_of(session, 2)
    team = make.member("Tess")

    with holding(
        "UPDATE workshops_workshop SET capacity = 2, taken = 2, line = 1 WHERE session_id = %s;"
        " UPDATE workshops_booking SET status = 'booked' WHERE id = %s",
        session.pk,
        cys.pk,
    ):
        moving = Act(lambda: waiting_list.move_up(cys, at=NOW, by=team, reason="Her room was wrong."))
        until_blocked()
    moving.wait()

    assert (statuses(cys), PlaceOverride.objects.count()) == ([Status.BOOKED], 0)


def test_who_waits_again_for_two_reasons_at_once_joins_the_line_once():
    event = make.event()
    session, other = make.workshop(event, capacity=1), make.workshop(event)
    hers = offered(session, other)
    booking.decline(hers, by=BY, at=NOW)

    with holding_registration(hers.registration_id):
        again = partial(waiting_list.wait_again, [hers.member_id], (hers.during.lower, hers.during.upper))
        acts = [Act(partial(again, at=NOW)) for _ in range(2)]
        until_blocked(2)
    for act in acts:
        act.wait()

    assert statuses(hers) == [Status.OFFERED]


def test_a_line_served_by_many_at_once_gives_each_place_once():
    event = make.event()
    session = make.workshop(event, capacity=1)
    has_it, line = line_of(session, 8)
    Workshop.objects.filter(session=session).update(capacity=5)

    given = together(
        *[lambda: waiting_list.serve(session.pk, at=NOW)] * 5, *[lambda: waiting_list.sweep(at=NOW)] * 5
    )

    assert sum(given) == 4
    assert statuses(has_it, *line) == [Status.BOOKED] * 5 + [Status.WAITING] * 4


def test_a_process_killed_between_giving_up_and_serving_leaves_the_place_to_the_line_and_the_sweep_mends_it():
    event = make.event()
    session = make.workshop(event, capacity=1)
    has_it, [bos, cys] = line_of(session, 2)
    newcomer = make.registration(event, make.member("Nia"))

    with Process("cancel_and_die", has_it.pk) as process:
        process.go()
        assert process.result() == "committed"
        process.kill()
    unserved = statuses(has_it, bos)
    row = Workshop.objects.get(session=session)
    waiting_list.sweep(at=NOW)
    nias = booking.book(session, newcomer, by=BY, at=NOW)

    assert (unserved, row.held) == ([Status.CANCELLED, Status.WAITING], 1)
    assert statuses(bos, cys, nias) == [Status.BOOKED, Status.WAITING, Status.WAITING]


def test_the_next_who_touches_the_session_mends_it_too():
    event = make.event()
    session = make.workshop(event, capacity=1)
    has_it, [bos] = line_of(session, 1)
    with Process("cancel_and_die", has_it.pk) as process:
        process.go()
        process.result()
        process.kill()

    nias = booking.book(session, make.registration(event, make.member("Nia")), by=BY, at=NOW)

    assert statuses(bos, nias) == [Status.BOOKED, Status.WAITING]


def test_a_sweep_during_everything_changes_nothing_but_who_waits():
    event = make.event()
    sessions = [make.workshop(event, capacity=3, hour=10 + n / 2) for n in range(4)]
    crowd = make.crowd(event, 24)
    theirs = [booking.book(sessions[n % 4], one, by=BY, at=NOW) for n, one in enumerate(crowd)]

    together(
        *(partial(booking.cancel, one, by=BY, at=NOW) for one in theirs[:12]),
        *(partial(booking.book, sessions[(n + 1) % 4], one, by=BY, at=NOW) for n, one in enumerate(crowd)),
        *[lambda: waiting_list.sweep(at=LATER)] * 10,
        lambda: registering.cancel(crowd[20], by=BY, at=NOW),
        lambda: capacity.set_capacity(sessions[0], 6, by=BY, at=NOW),
        threads=12,
    )


def test_whoever_waits_for_their_own_lock_is_looked_at_again_before_they_get_a_place():
    event = make.event()
    session, other = make.workshop(event, capacity=1), make.workshop(event)
    has_it, [bos] = line_of(session, 1)

    with holding_registration(bos.registration_id):
        serving = Act(lambda: booking.cancel(has_it, by=BY, at=NOW))
        until_blocked()
        hers = Booking.objects.create(
            registration=bos.registration,
            member_id=bos.member_id,
            session=other,
            status=Status.BOOKED,
            ticket=1,
            during=(other.starts_at, other.ends_at),
            created_at=NOW,
            status_changed_at=NOW,
        )
        Workshop.objects.filter(session=other).update(taken=1, ticket=1)
    serving.wait()

    assert statuses(bos, hers) == [Status.OFFERED, Status.BOOKED]


def test_who_books_at_that_time_in_another_event_at_that_moment_has_an_offer():
    here, there = make.event(), make.event()
    session, other = make.workshop(here, capacity=1), make.workshop(there, capacity=0)
    has_it, [bos] = line_of(session, 1)
    theirs = booking.book(other, make.registration(there, bos.member), by=BY, at=NOW)

    with holding("UPDATE workshops_booking SET status = 'booked' WHERE id = %s", theirs.pk):
        serving = Act(lambda: booking.cancel(has_it, by=BY, at=NOW))
        until_blocked()
        Workshop.objects.filter(session=other).update(capacity=1, taken=1, line=0)
    serving.wait()

    assert statuses(bos, theirs) == [Status.OFFERED, Status.BOOKED]


def test_two_who_wait_again_at_once_for_one_place_leave_the_line_as_long_as_it_is():
    event = make.event()
    session, other = make.workshop(event, capacity=1), make.workshop(event)
    hers = offered(session, other)
    booking.decline(hers, by=BY, at=NOW)

    together(*[lambda: booking.book(session, hers.registration, by=BY, at=NOW)] * 4)

    assert statuses(hers) == [Status.OFFERED]


def test_a_place_given_up_while_the_row_is_held_goes_to_the_head_of_the_line_as_it_is_then():
    event = make.event()
    session = make.workshop(event, capacity=1)
    has_it, [bos, cys] = line_of(session, 2)

    with holding_workshop(session.pk):
        acts = [Act(partial(booking.cancel, one, by=BY, at=NOW)) for one in (has_it, bos)]
        until_blocked(2)
    for act in acts:
        act.wait()

    assert statuses(has_it, bos, cys) == [Status.CANCELLED, Status.CANCELLED, Status.BOOKED]
