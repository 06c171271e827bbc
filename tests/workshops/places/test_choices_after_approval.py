"""Choices of people who wait for approval, what becomes of them with it, and taking it back."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, TestCase

from events import registration as registering
from events.models import Event, Registration, Session
from members import membership
from members.membership import MembershipRefused
from members.models import Member
from notifications.models import Message
from tests import invariants, letters, make
from tests.make import BY, NOW
from tests.workshops.places.state import crowd, minutes, places, registered
from workshops import tasks
from workshops.models import Booking
from workshops.places import booking, choices, choices_after_approval
from workshops.places.refusals import BookingClosed, NotRegistered
from workshops.programme import changes

pytestmark = pytest.mark.django_db
Status = Booking.Status


def winnie(event, **fields) -> Registration:
    """Winnie has registered and waits for approval."""
    member = make.member("Winnie", membership="waiting", **fields)
    return registering.register(event, member, by=BY, at=NOW - timedelta(hours=1))


def mine(registration) -> dict[str, str]:
    """What they have, by the session's title, in the order in which they chose."""
    rows = Booking.objects.live().filter(registration=registration).order_by("created_at", "id")
    return dict(rows.values_list("session__title", "status"))


def approve(registration, at=NOW) -> Member:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return membership.approve(registration.member, by=make.member("Sam", is_staff=True), at=at)


def take_back(registration, at) -> Member:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return membership.take_back_approval(registration.member, by=make.member("Sue", is_staff=True), at=at)


@pytest.fixture
def event() -> Event:
    return make.event()


def test_who_waits_may_choose_also_once_booking_is_open_and_takes_no_place(event):
    session = make.workshop(event)
    waits = winnie(event)

    choice = choices.choose(session, waits, by=BY, at=NOW)

    assert (choice.status, choice.is_promised, places(session)) == (Status.CHOSEN, True, (0, 0, 0))
    with pytest.raises(NotRegistered):
        booking.book(session, waits, by=BY, at=NOW)


def test_what_has_closed_cannot_be_chosen(event):
    session = make.workshop(event, booking_closes_at=NOW)

    with pytest.raises(BookingClosed):
        choices.choose(session, winnie(event), by=BY, at=NOW)


@pytest.mark.slow
def test_with_the_approval_each_is_booked_in_their_order_behind_what_is_taken_by_then(event):
    free = make.workshop(event, title="Free", hour=9)
    full = make.workshop(event, 1, title="Full", hour=12)
    clash = make.workshop(event, title="At the same time as Free", hour=9)
    waits = winnie(event)
    for number, session in enumerate([free, full, clash]):
        choices.choose(session, waits, by=BY, at=minutes(number - 30))
    crowd(event, full, 2)

    approve(waits, at=NOW)

    assert mine(waits) == {"Free": "booked", "Full": "waiting", "At the same time as Free": "chosen"}
    assert places(full) == (1, 0, 2)
    assert not Booking.objects.filter(is_promised=True, status=Status.CHOSEN).exists()
    assert invariants.broken() == []


def test_before_booking_opens_nothing_is_booked_and_then_the_sweep_does_it():
    event = make.event(booking_opens_at=minutes(60))
    session = make.workshop(event, title="Later")
    waits = winnie(event)
    choices.choose(session, waits, by=BY, at=NOW)

    approve(waits)
    before = mine(waits)
    none = choices_after_approval.keep(at=minutes(59))
    still = mine(waits)
    one = choices_after_approval.keep(at=minutes(60))

    assert (before, still, mine(waits)) == ({"Later": "chosen"}, {"Later": "chosen"}, {"Later": "booked"})
    assert (none, one) == (0, 1)


def test_a_choice_that_they_gave_up_is_not_booked_with_the_approval(event):
    waits = winnie(event)
    booking.cancel(choices.choose(make.workshop(event), waits, by=BY, at=NOW), by=BY, at=NOW)

    approve(waits)

    assert mine(waits) == {}


def test_the_choice_that_was_made_first_is_booked_first_whichever_row_is_older(event):
    later, earlier = make.workshop(event, title="Later"), make.workshop(event, title="Earlier")
    waits = winnie(event)
    choices.choose(later, waits, by=BY, at=minutes(-10))
    choices.choose(earlier, waits, by=BY, at=minutes(-20))

    approve(waits)

    assert mine(waits) == {"Earlier": "booked", "Later": "chosen"}


def test_a_session_that_was_cancelled_since_does_not_keep_the_approval(event):
    session = make.workshop(event)
    waits = winnie(event)
    choices.choose(session, waits, by=BY, at=NOW)
    approve(waits)
    session.status = Session.Status.CANCELLED
    changes.save_session(session, by=BY, at=minutes(5))

    take_back(waits, at=minutes(6))

    assert Member.objects.get(pk=waits.member_id).membership == Member.Membership.WAITING


def test_the_sweep_of_the_worker_keeps_promises(event):
    waits = winnie(event)
    choices.choose(make.workshop(event, title="Free"), waits, by=BY, at=NOW)
    membership.approve(waits.member, by=BY, at=NOW)
    before = mine(waits)

    with time_machine.travel(minutes(1), tick=False):
        tasks.sweep()

    assert (before, mine(waits)) == ({"Free": "chosen"}, {"Free": "booked"})


def test_a_choice_of_a_member_is_not_booked_for_them():
    event = make.event(booking_opens_at=minutes(60))
    (ada,) = registered(event, "Ada")
    choices.choose(make.workshop(event), ada, by=BY, at=NOW)

    assert choices_after_approval.keep(at=minutes(61)) == 0


@pytest.mark.slow
def test_the_letters_wait_ten_minutes_and_say_all_of_it(event):
    waits = winnie(event)
    choices.choose(make.workshop(event, title="Free"), waits, by=BY, at=NOW)
    Message.objects.all().delete()

    approve(waits)
    early = letters.deliver(minutes(9.9))
    sent = letters.deliver(minutes(10))

    assert early == []
    assert sorted(Message.objects.values_list("kind", flat=True)) == [
        "agenda",
        "membership-approved",
        "registered",
    ]
    assert len(sent) == 3


# Taken back


@pytest.mark.slow
def test_an_approval_is_taken_back_with_its_letters_and_the_places_go_to_the_line(event):
    session = make.workshop(event, 1, title="One place")
    waits = winnie(event)
    choices.choose(session, waits, by=BY, at=NOW)
    Message.objects.all().delete()
    approve(waits)
    (ada,) = registered(event, "Ada")
    booking.book(session, ada, by=BY, at=minutes(1))

    take_back(waits, at=minutes(9))
    sent = letters.deliver(minutes(30))

    waits.refresh_from_db()
    assert (waits.status, waits.ticket) == (Registration.Status.RECEIVED, None)
    assert (mine(waits), mine(ada)) == ({"One place": "chosen"}, {"One place": "booked"})
    assert "winnie" not in str([one.to for one in sent]).lower()
    assert waits.member.email not in [address for one in sent for address in one.to]
    assert invariants.broken() == []


@pytest.mark.slow
def test_an_approval_can_be_given_again_and_books_what_they_had_chosen(event):
    waits = winnie(event)
    choices.choose(make.workshop(event, title="Free"), waits, by=BY, at=NOW)
    approve(waits)
    take_back(waits, at=minutes(1))

    approve(waits, at=minutes(2))

    assert mine(waits) == {"Free": "booked"}


def test_taking_back_frees_the_place_of_the_event_for_its_line():
    event = make.event(capacity=1)
    waits = winnie(event)
    approve(waits)
    ada = registering.register(event, make.member("Ada"), by=BY, at=minutes(1))
    before = ada.status

    take_back(waits, at=minutes(2))

    ada.refresh_from_db()
    assert (before, ada.status) == ("waiting", "confirmed")


def test_after_ten_minutes_it_stands(event):
    waits = winnie(event)
    approve(waits)

    with pytest.raises(MembershipRefused, match="for ten minutes"):
        take_back(waits, at=minutes(10))


def test_who_was_a_member_by_the_list_is_not_taken_back(event, settings):
    settings.MEMBERSHIP_APPROVAL = "open"
    waits = winnie(event)
    membership.confirmed_address(waits.member, at=NOW)

    with pytest.raises(MembershipRefused):
        take_back(waits, at=minutes(1))


def acts_of_their_own(event):
    """What people do once they are approved, by its name."""
    session = make.workshop(event, title="Free", hour=9)
    other = make.event()
    return {
        "books": lambda mine: booking.book(make.workshop(event, hour=15), mine, by=BY, at=minutes(1)),
        "gives up": lambda mine: booking.cancel(Booking.objects.get(session=session), by=BY, at=minutes(1)),
        "registers": lambda mine: registering.register(other, mine.member, by=BY, at=minutes(1)),
        "cancels": lambda mine: registering.cancel(mine, by=BY, at=minutes(1)),
    }, session


@pytest.mark.slow
@pytest.mark.parametrize("act", ["books", "gives up", "registers", "cancels"])
def test_once_they_have_acted_it_is_not_taken_back(event, act):
    acts, session = acts_of_their_own(event)
    waits = winnie(event)
    choices.choose(session, waits, by=BY, at=minutes(-5))
    approve(waits)
    waits.member.refresh_from_db()
    acts[act](waits)
    before = mine(waits)

    with pytest.raises(MembershipRefused, match="So the approval stands"):
        take_back(waits, at=minutes(2))

    assert (Member.objects.get(name="Winnie").membership, mine(waits)) == ("active", before)


# On the pages


@pytest.mark.slow
@pytest.mark.usefixtures("ordinary_monday")
def test_the_agenda_of_who_waits_says_what_waiting_costs_and_offers_choices(event):
    session = make.workshop(event, title="Free", slug="free")
    waits = winnie(event)
    client = Client()
    client.force_login(waits.member)
    path = f"/events/{event.slug}/agenda/"

    page = client.get(path).text
    client.post(f"{path}free/choose/")
    client.post(f"{path}book-choices/")
    after = client.get(path).text

    assert "You come after everybody who has booked by then" in page
    assert "Book a place" not in page
    assert "You have chosen 1." in after
    assert "Book my" not in after
    assert mine(waits) == {"Free": "chosen"}
    assert places(session) == (0, 0, 0)
