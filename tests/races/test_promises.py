"""Promised choices: a process that is killed on the way, and an approval taken back at that moment."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine

from events import registration as registering
from members import membership
from members.membership import MembershipRefused
from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.races.together import Act, Process, holding, together, until_blocked
from workshops import tasks
from workshops.models import Booking
from workshops.places import booking, choices, choices_after_approval
from workshops.places.refusals import NotRegistered

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("rules_hold")]

SOON = NOW + timedelta(minutes=1)


def winnie(event, *sessions):
    """Winnie has registered, waits for approval, and has chosen in this order."""
    registration = registering.register(event, make.member("Winnie", membership="waiting"), by=BY, at=NOW)
    for number, session in enumerate(sessions):
        choices.choose(session, registration, by=BY, at=NOW - timedelta(hours=1, seconds=-number))
    return registration


def approve(waits):
    membership.approve(waits.member, by=BY, at=NOW)
    waits.refresh_from_db()
    return waits


def taken_back(waits, sam, at=SOON):
    return lambda: membership.take_back_approval(waits.member, by=sam, at=at)


def held(registration):
    """What they have, by the session's title."""
    rows = Booking.objects.live().filter(registration=registration).order_by("created_at", "id")
    return dict(rows.values_list("session__title", "status"))


def places(session):
    session.workshop.refresh_from_db()
    return session.workshop.taken, session.workshop.line


def kill(act, **argument):
    """Let a process act until it reaches the function that is named, and kill it there."""
    with Process(act, argument) as process:
        process.go()
        process.result()
        process.kill()


# Killed on the way


@pytest.mark.parametrize(
    ("before", "call", "left"),
    [
        ("workshops.places.choices_after_approval.keep", 1, ("chosen", "chosen", "chosen")),
        ("workshops.places.choices_after_approval._keep", 2, ("booked", "chosen", "chosen")),
        ("workshops.places.waiting_list.serve_if_due", 1, ("booked", "waiting", "chosen")),
        ("workshops.places.choices_after_approval._keep", 3, ("booked", "waiting", "chosen")),
        ("workshops.places.choices_after_approval._refused", 1, ("booked", "waiting", "chosen")),
    ],
)
def test_wherever_the_process_of_an_approval_is_killed_one_sweep_does_the_rest(before, call, left):
    event = make.event()
    free, clash = (make.workshop(event, title=title, hour=9) for title in ("Free", "Clash"))
    full = make.workshop(event, 1, title="Full", hour=12)
    booking.book(full, make.registration(event, make.member("Ada")), by=BY, at=NOW)
    waits = winnie(event, free, full, clash)

    kill("approve_and_die", member=waits.member_id, before=before, call=call)
    then = held(waits)
    with time_machine.travel(SOON, tick=False):
        tasks.sweep()

    letters = Message.objects.filter(member=waits.member, send_after__gt=NOW)
    assert then == dict(zip(("Free", "Full", "Clash"), left, strict=True))
    assert held(waits) == {"Free": "booked", "Full": "waiting", "Clash": "chosen"}
    assert not Booking.objects.filter(is_promised=True).exists()
    assert sorted(letters.values_list("kind", flat=True)) == ["agenda", "membership-approved", "registered"]
    assert set(letters.values_list("send_after", flat=True)) == {NOW + membership.TAKEN_BACK_WITHIN}


@pytest.mark.parametrize("before", ["workshops.places.waiting_list.serve", "events.approval.serve"])
def test_wherever_the_process_that_takes_back_is_killed_one_sweep_does_the_rest(before):
    event = make.event()
    sam, session = make.member("Sam", is_staff=True), make.workshop(event, 1, title="One place")
    waits = winnie(event, session)
    approve(waits)
    ada = make.registration(event, make.member("Ada"))
    booking.book(session, ada, by=BY, at=SOON)

    kill("take_back_and_die", member=waits.member_id, by=sam.pk, before=before, call=1)
    with time_machine.travel(SOON, tick=False):
        tasks.sweep()

    assert (held(waits), held(ada)) == ({"One place": "chosen"}, {"One place": "booked"})


def test_many_sweeps_at_once_book_each_choice_once():
    event = make.event()
    session = make.workshop(event, 5, title="Free")
    waits = winnie(event, session)
    kill(
        "approve_and_die",
        member=waits.member_id,
        before="workshops.places.choices_after_approval.keep",
        call=1,
    )

    together(*(lambda: choices_after_approval.keep(at=NOW) for _ in range(6)))

    assert held(waits) == {"Free": "booked"}
    assert places(session) == (1, 0)
    assert session.workshop.ticket == 1


# Taken back at the same moment


def test_of_taking_back_and_booking_exactly_one_wins():
    event = make.event()
    sam, session = make.member("Sam", is_staff=True), make.workshop(event, 30, title="Theirs")
    for _ in range(12):
        waits = approve(winnie(event))

        booked, back = together(partial(booking.book, session, waits, by=BY, at=SOON), taken_back(waits, sam))

        waits.refresh_from_db()
        outcome = (waits.member.membership, waits.status, held(waits))
        if isinstance(booked, NotRegistered):
            assert (back.membership, *outcome) == ("waiting", "waiting", "received", {})
        else:
            assert isinstance(back, MembershipRefused)
            assert outcome == ("active", "confirmed", {"Theirs": "booked"})


def test_a_booking_that_is_being_made_is_waited_for_and_keeps_the_approval():
    event = make.event()
    sam, session = make.member("Sam", is_staff=True), make.workshop(event, title="Theirs")
    waits = approve(winnie(event))

    with holding("SELECT 1 FROM workshops_workshop WHERE session_id = %s FOR NO KEY UPDATE", session.pk):
        books = Act(lambda: booking.book(session, waits, by=BY, at=SOON))
        until_blocked()
        takes_back = Act(taken_back(waits, sam))
        until_blocked(2)

    assert books.wait().status == "booked"
    assert isinstance(takes_back.wait(), MembershipRefused)
    assert Member.objects.get(name="Winnie").membership == "active"


def test_a_taking_back_that_is_being_made_is_waited_for_and_refuses_the_booking():
    event = make.event()
    sam, session = make.member("Sam", is_staff=True), make.workshop(event, title="Theirs")
    waits = approve(winnie(event))

    with holding("SELECT 1 FROM events_eventplaces WHERE event_id = %s FOR NO KEY UPDATE", event.pk):
        takes_back = Act(taken_back(waits, sam))
        until_blocked()
        books = Act(lambda: booking.book(session, waits, by=BY, at=SOON))
        until_blocked(2)

    assert takes_back.wait().membership == "waiting"
    assert isinstance(books.wait(), NotRegistered)
    assert held(waits) == {}


@pytest.mark.parametrize("act", ["chooses", "gives up"])
def test_of_taking_back_and_another_act_of_theirs_exactly_one_wins(act):
    opens = NOW if act == "gives up" else NOW + timedelta(hours=1)
    event = make.event(booking_opens_at=opens)
    sam = make.member("Sam", is_staff=True)
    session, other = (
        make.workshop(event, 30, title="Theirs", hour=9),
        make.workshop(event, title="New", hour=15),
    )
    for _ in range(8):
        waits = approve(winnie(event, session))
        promised = Booking.objects.get(registration=waits)
        acts = {
            "chooses": partial(choices.choose, other, waits, by=BY, at=SOON),
            "gives up": partial(booking.cancel, promised, by=BY, at=SOON),
        }

        _, back = together(acts[act], taken_back(waits, sam))

        waits.refresh_from_db()
        is_member = waits.member.membership == "active"
        assert is_member == isinstance(back, MembershipRefused) == (waits.status == "confirmed")
        if act == "gives up":
            assert held(waits) == ({} if is_member else {"Theirs": "chosen"})


def test_an_approval_taken_back_while_its_choices_are_booked_leaves_nothing_half_done():
    event = make.event(booking_opens_at=SOON)
    sam = make.member("Sam", is_staff=True)
    sessions = [make.workshop(event, 30, title=str(hour), hour=hour) for hour in (9, 11, 13, 15)]
    for _ in range(10):
        waits = approve(winnie(event, *sessions))

        together(lambda: choices_after_approval.keep(at=SOON), taken_back(waits, sam))

        waits.refresh_from_db()
        assert (waits.member.membership, waits.status) == ("waiting", "received")
        assert held(waits) == dict.fromkeys(["9", "11", "13", "15"], "chosen")
        assert Booking.objects.filter(registration=waits, status="chosen", is_promised=True).count() == 4
        assert not Message.objects.filter(member=waits.member, kind="agenda").exists()


def test_a_taking_back_that_waits_for_a_promise_being_kept_undoes_that_too():
    event = make.event(booking_opens_at=SOON)
    sam, session = make.member("Sam", is_staff=True), make.workshop(event, 1, title="One place")
    waits = approve(winnie(event, session))

    with holding("SELECT 1 FROM workshops_workshop WHERE session_id = %s FOR NO KEY UPDATE", session.pk):
        keeps = Act(lambda: choices_after_approval.keep(at=SOON))
        until_blocked()
        takes_back = Act(taken_back(waits, sam))
        until_blocked(2)

    assert (keeps.wait(), takes_back.wait().membership) == (1, "waiting")
    assert held(waits) == {"One place": "chosen"}
    assert places(session) == (0, 0)


def test_a_refusal_that_comes_after_the_taking_back_leaves_the_promise():
    event = make.event()
    sam = make.member("Sam", is_staff=True)
    free, clash = (make.workshop(event, title=title, hour=9) for title in ("Free", "Clash"))
    waits = winnie(event, free, clash)
    kill(
        "approve_and_die",
        member=waits.member_id,
        before="workshops.places.choices_after_approval._keep",
        call=2,
    )

    with holding("SELECT 1 FROM notifications_message WHERE kind = 'agenda' FOR NO KEY UPDATE"):
        keeps = Act(lambda: choices_after_approval.keep(at=SOON))
        until_blocked()
        takes_back = Act(taken_back(waits, sam))
        until_blocked(2)

    assert (keeps.wait(), takes_back.wait().membership) == (1, "waiting")
    assert Booking.objects.filter(registration=waits, status="chosen", is_promised=True).count() == 2


# The letter


def test_an_approval_whose_letter_is_in_the_hands_of_a_worker_stands():
    event = make.event()
    sam, session = make.member("Sam", is_staff=True), make.workshop(event, title="Free")
    waits = approve(winnie(event, session))
    claim = "UPDATE notifications_message SET state = 'sending', lease_until = send_after"

    with holding(f"{claim} WHERE kind = 'membership-approved'"):
        takes_back = Act(taken_back(waits, sam))
        until_blocked()

    assert isinstance(takes_back.wait(), MembershipRefused)
    assert (Member.objects.get(name="Winnie").membership, held(waits)) == ("active", {"Free": "booked"})
