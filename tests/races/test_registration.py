"""Places of an event: registered, received, approved, cancelled, all at once."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from common import transactions
from events import approval, capacity, publishing
from events import registration as registering
from events.models import Event, EventPlaces, Registration
from events.places import CapacityBelowTaken
from members.models import Member
from tests import make
from tests.make import BY, NOW
from tests.races.together import Act, holding, together, until_blocked
from workshops.models import Booking
from workshops.places import booking

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]
Status = Registration.Status


def register(event, member):
    return lambda: registering.register(event, member, by=BY, at=NOW)


def approve(member):
    """Make them a member, as ``members.membership`` does: lock them, change them, call who is to act."""

    def act():
        with transaction.atomic():
            fresh = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
            fresh.membership = Member.Membership.ACTIVE
            fresh.save(update_fields=["membership"])
            approval.approve_received(fresh, by=BY, at=NOW)

    return act


def statuses(event):
    return Counter(Registration.objects.filter(event=event).values_list("status", flat=True))


def tickets(event, status):
    return list(Registration.objects.filter(event=event, status=status).values_list("ticket", flat=True))


def test_of_100_members_at_30_places_30_are_registered_and_70_wait_in_order():
    event = make.event(capacity=30)
    people = [make.member() for _ in range(100)]

    together(*(register(event, one) for one in people), threads=20)

    assert statuses(event) == {Status.CONFIRMED: 30, Status.WAITING: 70}
    assert sorted(tickets(event, Status.CONFIRMED)) == list(range(1, 31))
    assert sorted(tickets(event, Status.WAITING)) == list(range(31, 101))


def test_registering_six_times_at_once_is_one_registration():
    event = make.event(capacity=5)

    made = together(*[register(event, make.member("Ada"))] * 6)

    assert len({one.pk for one in made}) == 1
    assert EventPlaces.objects.get().ticket == 1


def test_registrations_cancelled_at_once_let_in_the_first_in_line():
    event = make.event(capacity=10)
    here = [registering.register(event, make.member(), by=BY, at=NOW) for _ in range(10)]
    line = [registering.register(event, make.member(), by=BY, at=NOW) for _ in range(15)]

    together(
        *(partial(registering.cancel, one, by=BY, at=NOW) for one in here),
        lambda: registering.cancel(line[3], by=BY, at=NOW),
        lambda: registering.sweep(at=NOW),
    )

    first = [one.ticket for n, one in enumerate(line) if n != 3][:10]
    assert sorted(tickets(event, Status.CONFIRMED)) == first


def test_approvals_at_once_never_let_in_more_than_there_are_places():
    event = make.event(capacity=5)
    people = [make.member(membership="waiting") for _ in range(12)]
    received = [registering.register(event, one, by=BY, at=NOW).status for one in people]

    together(*(approve(one) for one in people))

    assert set(received) == {Status.RECEIVED}
    assert statuses(event) == {Status.CONFIRMED: 5, Status.WAITING: 7}


def test_who_is_approved_while_they_register_is_not_left_as_received():
    event = make.event(capacity=20)
    for _ in range(10):
        ada = make.member("Ada", membership="waiting")

        together(register(event, ada), approve(ada))

        assert Registration.objects.get(member=ada).status == Status.CONFIRMED


def test_an_approval_that_is_being_made_is_waited_for():
    event = make.event()
    ada = make.member("Ada", membership="waiting")

    with holding("UPDATE members_member SET membership = 'active' WHERE id = %s", ada.pk):
        registers = Act(register(event, ada))
        until_blocked()

    assert registers.wait().status == Status.CONFIRMED


def test_capacity_lowered_while_people_register_is_never_exceeded():
    event = make.event(capacity=10)
    people = [make.member() for _ in range(25)]

    def lower(number):
        def act():
            try:
                capacity.set_capacity(event, number, by=BY, at=NOW)
            except CapacityBelowTaken as refusal:
                return refusal.taken

        return act

    together(*(register(event, one) for one in people), *map(lower, (5, 15, 8, 20, 3, 12)), threads=12)

    row = EventPlaces.objects.get()
    assert row.taken == row.capacity


def test_a_registration_cancelled_while_they_book_leaves_no_booking():
    event = make.event()
    sessions = [make.workshop(event, capacity=1, hour=9 + n) for n in range(4)]
    bo = make.registration(event, make.member("Bo"))
    for _ in range(5):
        ada = make.registration(event, make.member("Ada"))
        for session in sessions:
            booking.book(session, bo, by=BY, at=NOW)

        together(
            *(partial(booking.book, session, ada, by=BY, at=NOW) for session in sessions),
            partial(registering.cancel, ada, by=BY, at=NOW),
        )

        ada.refresh_from_db()
        assert ada.status == Status.CANCELLED
        assert not Booking.objects.live().filter(registration=ada).exists()


def test_registrations_with_four_places_each_cancelled_at_once_serve_every_line(monkeypatch):
    monkeypatch.setattr(transactions, "TRIES", 1)  # a deadlock would be raised here, not tried again
    event = make.event()
    sessions = [make.workshop(event, capacity=6, hour=9 + n) for n in range(4)]
    leaving, staying = make.crowd(event, 6), make.crowd(event, 6)
    for n, one in enumerate([*leaving, *staying]):
        for session in sessions if n % 2 else sessions[::-1]:
            booking.book(session, one, by=BY, at=NOW)

    together(*(partial(registering.cancel, one, by=BY, at=NOW) for one in leaving))

    booked = Booking.objects.booked().values_list("registration", flat=True)
    assert Counter(booked) == {one.pk: 4 for one in staying}


def test_registering_again_while_the_last_place_is_given_away_keeps_the_count():
    event = make.event(capacity=1)
    for _ in range(5):
        ada = registering.register(event, make.member("Ada"), by=BY, at=NOW)
        bo = registering.register(event, make.member("Bo"), by=BY, at=NOW)

        together(
            partial(registering.cancel, ada, by=BY, at=NOW),
            partial(registering.cancel, bo, by=BY, at=NOW),
            partial(registering.register, event, ada.member, by=BY, at=NOW + timedelta(seconds=1)),
        )

        for one in Registration.objects.filter(event=event):
            registering.cancel(one, by=BY, at=NOW)


def hide(event):
    def act():
        event.status = Event.Status.DRAFT
        try:
            publishing.save_event(event, by=BY, at=NOW)
        except publishing.EventHasRegistrations as refusal:
            return refusal

    return act


@pytest.mark.parametrize("again", [False, True], ids=["for the first time", "again"])
def test_who_registers_while_the_event_is_made_a_draft_keeps_it_or_is_refused(again):
    for _ in range(5):
        event, ada = make.event(), make.member("Ada")
        if again:
            registering.cancel(registering.register(event, ada, by=BY, at=NOW), by=BY, at=NOW)

        _, hidden = together(register(event, ada), hide(event))

        is_registered = Registration.objects.current().filter(event=event).exists()
        assert is_registered == (hidden is not None)
        assert Event.objects.get(pk=event.pk).is_published == is_registered


@pytest.mark.parametrize("again", [False, True], ids=["for the first time", "again"])
def test_a_registration_that_is_being_made_keeps_the_event_from_being_hidden(again):
    event, ada = make.event(), make.member("Ada")
    if again:
        registering.cancel(registering.register(event, ada, by=BY, at=NOW), by=BY, at=NOW)

    with holding("SELECT 1 FROM events_eventplaces WHERE event_id = %s FOR NO KEY UPDATE", event.pk):
        registers = Act(register(event, ada))
        until_blocked()
        hides = Act(hide(event))
        until_blocked(2)

    assert registers.wait().status == Status.CONFIRMED
    assert isinstance(hides.wait(), publishing.EventHasRegistrations)


@pytest.mark.parametrize("again", [False, True], ids=["for the first time", "again"])
def test_an_event_that_is_being_hidden_takes_no_registration(again):
    event, ada = make.event(), make.member("Ada")
    if again:
        registering.cancel(registering.register(event, ada, by=BY, at=NOW), by=BY, at=NOW)
    hide_it = "WITH one AS (SELECT id FROM events_event WHERE id = %s FOR UPDATE)"
    hide_it += " UPDATE events_event SET status = 'draft' WHERE id = (SELECT id FROM one)"

    with holding(hide_it, event.pk):
        registers = Act(register(event, ada))
        until_blocked()

    assert isinstance(registers.wait(), registering.RegistrationNotOpen)
