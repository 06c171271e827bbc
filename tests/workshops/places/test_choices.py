"""Choices: marked before booking opens, booked with one button at the minute."""

from datetime import timedelta

import pytest
from django.db import transaction

from audit.acts import Act
from audit.models import Entry
from events.models import Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import places, registered, statuses
from workshops.models import Booking, Workshop
from workshops.places import booking, choices, counters
from workshops.places.refusals import (
    BookingClosed,
    BookingNotOpen,
    ChoicesClosed,
    NothingToBook,
    NotRegistered,
    TimeClash,
)

pytestmark = pytest.mark.django_db
Status = Booking.Status
BEFORE = NOW - timedelta(seconds=1)


def choose(registration, *sessions):
    return [
        choices.choose(one, registration, by=BY, at=BEFORE - timedelta(minutes=9 - n))
        for n, one in enumerate(sessions)
    ]


def test_a_choice_takes_no_place_and_no_ticket():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    first, again = (
        choices.choose(session, ada, by=BY, at=BEFORE),
        choices.choose(session, ada, by=BY, at=BEFORE),
    )

    assert (first.pk, first.status, first.ticket) == (again.pk, Status.CHOSEN, None)
    assert (places(session), Workshop.objects.get().ticket) == ((0, 0, 0), 0)


def test_choices_end_at_the_second_at_which_booking_opens():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))

    with pytest.raises(ChoicesClosed, match="Booking has opened: book your place now"):
        choices.choose(session, ada, by=BY, at=NOW)


@pytest.mark.parametrize("status", [Session.Status.DRAFT, Session.Status.CANCELLED])
def test_what_does_not_take_place_cannot_be_chosen(status):
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event, status=status)
    ada = make.registration(event, make.member("Ada"))

    with pytest.raises(BookingClosed):
        choices.choose(session, ada, by=BY, at=BEFORE)


def test_what_has_no_places_or_who_is_not_registered_cannot_choose():
    event = make.event(booking_opens_at=NOW)
    session, plenary = make.workshop(event), make.session(event)
    ada = make.registration(event, make.member("Ada"))
    bo = make.registration(event, make.member("Bo"), status="cancelled")

    with pytest.raises(NothingToBook):
        choices.choose(plenary, ada, by=BY, at=BEFORE)
    with pytest.raises(NotRegistered):
        choices.choose(session, bo, by=BY, at=BEFORE)


def test_a_host_cannot_choose_their_own_session():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    hana = make.member("Hana")
    make.host(session, member=hana)

    with pytest.raises(NothingToBook, match="You host this session"):
        choices.choose(session, make.registration(event, hana), by=BY, at=BEFORE)


def test_a_choice_is_taken_back_without_a_trace_and_anything_else_stays():
    event = make.event(booking_opens_at=NOW)
    one, other = make.workshop(event), make.workshop(event, hour=12)
    ada = make.registration(event, make.member("Ada"))
    chosen, booked = choices.choose(one, ada, by=BY, at=BEFORE), booking.book(other, ada, by=BY, at=NOW)

    for each in (chosen, chosen, booked):
        choices.unchoose(each, by=BY, at=NOW)

    assert list(Booking.objects.all()) == [booked]


def test_taking_back_a_choice_leaves_those_of_others():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    adas, bos = (choices.choose(session, one, by=BY, at=BEFORE) for one in registered(event, "Ada", "Bo"))

    choices.unchoose(adas, by=BY, at=BEFORE)

    assert list(Booking.objects.all()) == [bos]


def test_choices_of_a_session_that_nobody_books_any_more_go_and_are_recorded():
    event = make.event(booking_opens_at=NOW)
    one, other = make.workshop(event), make.workshop(event, hour=12)
    ada, bo = registered(event, "Ada", "Bo")
    _, stays = choose(ada, one, other)
    choose(bo, one)

    choices.drop(one, by=BY, at=NOW)

    assert list(Booking.objects.all()) == [stays]
    dropped = Entry.objects.filter(act=Act.UNCHOSEN)
    assert {entry.member_id for entry in dropped} == {ada.member_id, bo.member_id}


def test_a_choice_that_has_been_booked_meanwhile_takes_no_second_place():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event, capacity=5)
    ada = make.registration(event, make.member("Ada"))
    [choice] = choose(ada, session)
    booked = booking.book(session, ada, by=BY, at=NOW)

    with pytest.raises(BookingClosed), transaction.atomic():
        counters.claim(session, ada, choice, [], by=BY, at=NOW + timedelta(minutes=1))

    assert (places(session), Workshop.objects.get().ticket) == ((1, 0, 0), 1)
    assert list(Booking.objects.values_list("pk", "ticket", "status_changed_at")) == [(booked.pk, 1, NOW)]


def test_everyone_books_their_own_choices_only():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada, bo = registered(event, "Ada", "Bo")
    [adas], [bos] = choose(ada, session), choose(bo, session)

    outcomes = choices.book_choices(ada, by=BY, at=NOW)

    assert [one.booking for one in outcomes] == [adas]
    assert statuses(adas, bos) == [Status.BOOKED, Status.CHOSEN]


def test_the_choice_that_was_made_first_is_booked_first_whichever_row_is_older():
    event = make.event(booking_opens_at=NOW)
    ada = make.registration(event, make.member("Ada"))
    later = choices.choose(make.workshop(event), ada, by=BY, at=BEFORE)
    earlier = choices.choose(make.workshop(event), ada, by=BY, at=BEFORE - timedelta(hours=1))

    choices.book_choices(ada, by=BY, at=NOW)

    assert statuses(earlier, later) == [Status.BOOKED, Status.CHOSEN]


def test_all_choices_are_booked_in_the_order_in_which_they_were_made():
    event = make.event(booking_opens_at=NOW)
    late, early, full = make.workshop(event, hour=14), make.workshop(event), make.workshop(event, 0, hour=12)
    ada = make.registration(event, make.member("Ada"))
    chosen = choose(ada, late, full, early)

    outcomes = choices.book_choices(ada, by=BY, at=NOW)

    assert [(one.session, found(one.booking).status) for one in outcomes] == [
        (late, Status.BOOKED),
        (full, Status.WAITING),
        (early, Status.BOOKED),
    ]
    assert [one.booking for one in outcomes] == chosen
    assert (chosen[0].created_at, found(outcomes[0].booking).ticket) == (BEFORE - timedelta(minutes=9), 1)


def test_of_choices_that_clash_the_first_is_booked_and_the_other_stays_chosen():
    event = make.event(booking_opens_at=NOW)
    first, second = make.workshop(event), make.workshop(event, hour=10.5)
    ada = make.registration(event, make.member("Ada"))
    chosen = choose(ada, first, second)

    outcomes = choices.book_choices(ada, by=BY, at=NOW)

    assert (outcomes[0].booking, type(outcomes[1].refusal)) == (chosen[0], TimeClash)
    assert statuses(*chosen) == [Status.BOOKED, Status.CHOSEN]


def test_choices_before_the_opening_stay_chosen_with_the_reason():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    chosen = choose(ada, session)

    outcomes = choices.book_choices(ada, by=BY, at=BEFORE)

    assert [type(one.refusal) for one in outcomes] == [BookingNotOpen]
    assert statuses(*chosen) == [Status.CHOSEN]


def test_booking_the_choices_twice_books_nothing_twice():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    choose(ada, session)

    outcomes = [choices.book_choices(ada, by=BY, at=NOW), choices.book_choices(ada, by=BY, at=NOW)]

    assert (len(outcomes[0]), outcomes[1], places(session)) == (1, [], (1, 0, 0))


def test_a_choice_whose_session_was_cancelled_says_so_and_the_others_are_booked():
    event = make.event(booking_opens_at=NOW)
    gone, there = make.workshop(event), make.workshop(event, hour=12)
    ada = make.registration(event, make.member("Ada"))
    choose(ada, gone, there)
    Session.objects.filter(pk=gone.pk).update(status="cancelled")

    outcomes = choices.book_choices(ada, by=BY, at=NOW)

    assert [type(one.refusal) for one in outcomes] == [BookingClosed, type(None)]
    assert found(outcomes[1].booking).status == Status.BOOKED


def test_giving_up_a_choice_through_cancel_takes_no_place_with_it():
    event = make.event(booking_opens_at=NOW)
    session = make.workshop(event)
    [chosen] = choose(make.registration(event, make.member("Ada")), session)

    booking.cancel(chosen, by=BY, at=NOW)

    assert (statuses(chosen), places(session)) == ([Status.CANCELLED], (0, 0, 0))
