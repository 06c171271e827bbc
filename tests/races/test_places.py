"""Many members at the same places at once: threads and processes, real locks."""

from collections import Counter
from itertools import chain

import pytest

from audit.acts import Act as Acted
from audit.models import Entry
from common import transactions
from tests import invariants, make
from tests.found import found
from tests.make import BY, NOW
from tests.races.together import Act, holding, processes_together, together, until_blocked
from workshops.models import Booking, Workshop
from workshops.places import booking, choices
from workshops.places.refusals import TimeClash, WorkshopFull
from workshops.programme import capacity

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
Status = Booking.Status


def book(session, registration):
    return lambda: booking.book(session, registration, by=BY, at=NOW)


def cancel(one):
    return lambda: booking.cancel(one, by=BY, at=NOW)


def swap(old, new):
    return lambda: booking.swap([old], new, by=BY, at=NOW)


def statuses(session):
    """How many live bookings of the session have which status."""
    return Counter(Booking.objects.live().filter(session=session).values_list("status", flat=True))


def test_of_200_members_at_20_places_20_have_one_and_180_wait_in_the_order_of_their_tickets():
    event = make.event()
    session = make.workshop(event, capacity=20)
    crowd = make.crowd(event, 200)

    together(*(book(session, one) for one in crowd), threads=24)

    assert statuses(session) == {Status.BOOKED: 20, Status.WAITING: 180}
    tickets = Booking.objects.filter(session=session).order_by("ticket").values_list("ticket", flat=True)
    assert list(tickets) == list(range(1, 201))
    assert invariants.overtaken(session.pk) == []


def test_separate_processes_share_out_the_places_as_threads_do():
    event = make.event()
    session = make.workshop(event, capacity=20)
    crowd = [one.pk for one in make.crowd(event, 120)]

    results = processes_together(
        *(("book", {"session": session.pk, "registrations": crowd[n::3]}) for n in range(3))
    )

    assert Counter(chain.from_iterable(results)) == {"booked": 20, "waiting": 100}
    assert statuses(session) == {Status.BOOKED: 20, Status.WAITING: 100}
    assert invariants.overtaken(session.pk) == []


def test_twelve_at_five_places():
    event = make.event()
    session = make.workshop(event, capacity=5)

    together(*(book(session, one) for one in make.crowd(event, 12)))

    assert statuses(session) == {Status.BOOKED: 5, Status.WAITING: 7}


@pytest.mark.parametrize("capacity", [5, 0])
def test_six_clicks_at_once_are_one_booking(capacity):
    event = make.event()
    session = make.workshop(event, capacity=capacity)
    ada = make.registration(event, make.member("Ada"))

    booked = together(*[book(session, ada)] * 6)

    assert len({one.pk for one in booked}) == 1
    assert Booking.objects.count() == 1
    assert Workshop.objects.get().ticket == 1


def test_six_clicks_at_once_on_a_choice_are_one_booking():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event, capacity=5)
    ada = make.registration(event, make.member("Ada"))
    choices.choose(session, ada, by=BY, at=NOW.replace(hour=9))

    together(*[lambda: choices.book_choices(ada, by=BY, at=NOW)] * 6)

    assert statuses(session) == {Status.BOOKED: 1}
    assert Workshop.objects.get().ticket == 1


def test_a_choice_that_is_being_booked_is_not_taken_back_and_its_place_is_theirs():
    event = make.event(booking_opens_at=NOW)
    first, chosen = make.workshop(event, hour=9), make.workshop(event, hour=12, capacity=5)
    ada = make.registration(event, make.member("Ada"))
    choice = choices.choose(chosen, ada, by=BY, at=NOW.replace(hour=9))
    booking.book(first, ada, by=BY, at=NOW)

    with holding("SELECT 1 FROM notifications_message WHERE kind = 'agenda' FOR NO KEY UPDATE"):
        books = Act(lambda: choices.book_choices(ada, by=BY, at=NOW))  # held after its row is written
        until_blocked()
        takes_back = Act(lambda: choices.unchoose(choice, by=BY, at=NOW))
        until_blocked(2)

    [outcome] = books.wait()
    takes_back.wait()
    assert (found(outcome.booking).pk, statuses(chosen)) == (choice.pk, {Status.BOOKED: 1})
    assert Workshop.objects.get(session=chosen).taken == 1


def test_a_choice_that_is_taken_back_while_its_session_opens_to_all_is_told_of_once():
    event = make.event(booking_opens_at=NOW)
    session, ada = make.workshop(event), make.registration(event, make.member("Ada"))
    early = NOW.replace(hour=9)
    choice = choices.choose(session, ada, by=BY, at=early)

    with holding("SELECT 1 FROM workshops_booking WHERE id = %s FOR UPDATE", choice.pk):
        takes_back = Act(lambda: choices.unchoose(choice, by=BY, at=early))
        until_blocked()
        drops = Act(lambda: capacity.open_to_all(session, by=BY, at=early))
        until_blocked(2)

    takes_back.wait()
    drops.wait()
    assert Entry.objects.filter(act=Acted.UNCHOSEN, thing_id=choice.pk).count() == 1
    assert not Workshop.objects.filter(session=session).exists()


def test_places_given_up_at_once_go_to_as_many_different_people_in_their_order():
    event = make.event()
    session = make.workshop(event, capacity=8)
    booked = [booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 8)]
    line = [booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 12)]

    together(*(cancel(one) for one in booked))

    now_booked = Booking.objects.booked().order_by("ticket").values_list("pk", flat=True)
    assert list(now_booked) == [one.pk for one in line[:8]]


def test_processes_that_cancel_at_once_promote_different_people_in_their_order():
    event = make.event()
    session = make.workshop(event, capacity=6)
    booked = [booking.book(session, one, by=BY, at=NOW).pk for one in make.crowd(event, 6)]
    line = [booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 9)]

    processes_together(("cancel", booked[:3]), ("cancel", booked[3:]), ("sweep", 20))

    now_booked = Booking.objects.booked().order_by("ticket").values_list("pk", flat=True)
    assert list(now_booked) == [one.pk for one in line[:6]]


def test_giving_up_a_place_twice_at_once_frees_one_place():
    event = make.event()
    session = make.workshop(event, capacity=2)
    ada, bo = (booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 2))
    line = [booking.book(session, one, by=BY, at=NOW) for one in make.crowd(event, 3)]

    together(*[cancel(ada)] * 6)

    booked = Booking.objects.booked().values_list("pk", flat=True)
    assert set(booked) == {bo.pk, line[0].pk}


def test_two_clashing_sessions_at_once_are_never_both_theirs():
    event = make.event()
    one, other = make.workshop(event, hour=10), make.workshop(event, hour=10.5)
    crowd = make.crowd(event, 5)

    for ada in crowd:
        outcomes = together(book(one, ada), book(other, ada))
        assert Counter(type(outcome) for outcome in outcomes) == {Booking: 1, TimeClash: 1}

    assert Booking.objects.booked().count() == 5


def test_clashing_sessions_of_two_events_at_once_are_never_both_theirs():
    here, there = make.event(), make.event()
    one, other = make.workshop(here), make.workshop(there)

    for _ in range(5):
        ada = make.member("Ada")
        hers = make.registration(here, ada), make.registration(there, ada)
        outcomes = together(book(one, hers[0]), book(other, hers[1]))
        assert Counter(type(outcome) for outcome in outcomes) == {Booking: 1, TimeClash: 1}

    assert Booking.objects.booked().count() == 5


def test_four_choices_each_by_200_members_at_once():
    event = make.event(booking_opens_at=NOW)
    sessions = [make.workshop(event, capacity=20, hour=9 + slot) for slot in range(8)]
    crowd = make.crowd(event, 200)
    Booking.objects.bulk_create(
        Booking(
            registration=one,
            member_id=one.member_id,
            session=sessions[(n * 3 + slot * (-1) ** n) % 8],
            status=Status.CHOSEN,
            during=(session.starts_at, session.ends_at),
            created_at=NOW,
            status_changed_at=NOW,
        )
        for n, one in enumerate(crowd)
        for slot in range(4)
        for session in [sessions[(n * 3 + slot * (-1) ** n) % 8]]
    )

    outcomes = together(
        *(lambda one=one: choices.book_choices(one, by=BY, at=NOW) for one in crowd), threads=20
    )

    assert all(outcome.booking for each in outcomes for outcome in each)
    assert Counter(Booking.objects.values_list("status", flat=True)) == {
        Status.BOOKED: 160,
        Status.WAITING: 640,
    }
    assert [invariants.overtaken(session.pk) for session in sessions] == [[]] * 8


def test_a_swap_into_a_place_that_is_given_up_at_that_moment_loses_nobody_a_place():
    for _ in range(8):
        event = make.event()
        old, new = make.workshop(event, capacity=1), make.workshop(event, capacity=1)
        ada, bo, cy = make.crowd(event, 3)
        adas, bos = booking.book(old, ada, by=BY, at=NOW), booking.book(new, bo, by=BY, at=NOW)
        booking.book(old, cy, by=BY, at=NOW)

        swapped, _ = together(swap(adas, new), cancel(bos))

        kept = Booking.objects.booked().get(registration=ada).session
        assert kept == (old if isinstance(swapped, WorkshopFull) else new)


def test_the_same_place_swapped_and_given_up_at_once_is_freed_once():
    for _ in range(8):
        event = make.event()
        old, new = make.workshop(event, capacity=1), make.workshop(event, capacity=1)
        ada, bo, cy = make.crowd(event, 3)
        adas = booking.book(old, ada, by=BY, at=NOW)
        bos, cys = booking.book(old, bo, by=BY, at=NOW), booking.book(old, cy, by=BY, at=NOW)

        together(swap(adas, new), cancel(adas))

        bos.refresh_from_db()
        cys.refresh_from_db()
        assert (bos.status, cys.status) == (Status.BOOKED, Status.WAITING)


def test_two_who_swap_with_each_other_at_once_never_lose_what_they_have():
    for _ in range(6):
        event = make.event()
        one, other = make.workshop(event, capacity=1), make.workshop(event, capacity=1)
        ada, bo = make.crowd(event, 2)
        adas, bos = booking.book(one, ada, by=BY, at=NOW), booking.book(other, bo, by=BY, at=NOW)

        outcomes = together(swap(adas, other), swap(bos, one))

        assert {type(outcome) for outcome in outcomes} == {WorkshopFull}
        assert (statuses(one), statuses(other)) == ({Status.BOOKED: 1}, {Status.BOOKED: 1})


def test_crowds_that_swap_in_both_directions_meet_no_deadlock(monkeypatch):
    monkeypatch.setattr(transactions, "TRIES", 1)  # a deadlock would be raised here, not tried again
    event = make.event()
    one, other = make.workshop(event, capacity=30), make.workshop(event, capacity=30)
    here = [booking.book(one, ada, by=BY, at=NOW) for ada in make.crowd(event, 20)]
    there = [booking.book(other, bo, by=BY, at=NOW) for bo in make.crowd(event, 20)]

    outcomes = together(
        *(swap(hers, other) for hers in here),
        *(swap(his, one) for his in there),
        threads=16,
    )

    moved = [outcome for outcome in outcomes if isinstance(outcome, Booking)]
    assert len(moved) >= 20
    assert Booking.objects.booked().count() == 40
