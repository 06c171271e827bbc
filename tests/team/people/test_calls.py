"""What is done for a person in a call is told in one letter: all of it, once."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from audit.acts import Act
from audit.models import Entry
from events import registration as registering
from events.models import Registration
from members import membership
from members.models import Member
from notifications.models import Message
from notifications.resend import send_again
from team.models import CallAct
from team.people import calls
from tests import letters, make
from tests.contracts import people
from tests.letters import entries
from tests.make import BY, NOW
from tests.team.people.calling import (
    ada_registered,
    book,
    done_in,
    during,
    give_up,
    kinds,
    mailed_to,
    minutes,
    register,
)
from workshops import notices
from workshops.places import booking, choices
from workshops.places.refusals import BookingRefused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def registration() -> Registration:
    return ada_registered()


@pytest.fixture
def ada(registration: Registration) -> Member:
    return registration.member


def test_of_a_call_one_letter_tells_all_in_order_and_how_it_stands(sam, ada, registration):
    event = registration.event
    falls, sleep = make.workshop(event, title="Falls"), make.workshop(event, title="Sleep", hour=14)
    old = book(falls, registration, sam)
    book(sleep, registration, sam, minutes(1))
    give_up(old, sam, minutes(2))

    before = mailed_to(ada, minutes(11.9))
    letter = letters.only(mailed_to(ada, minutes(12)))

    assert before == []
    assert done_in(letter) == [
        "Booked “Falls” for you. (Staff Support, Mon 2 Nov, 10:00)",
        "Booked “Sleep” for you. (Staff Support, Mon 2 Nov, 10:01)",
        "Gave up “Falls”. (Staff Support, Mon 2 Nov, 10:02)",
    ]
    after = str(letter.body).partition("Your agenda now")[2]
    assert ("Sleep" in after, "Falls" in after) == (True, False)
    assert mailed_to(ada, minutes(60)) == []


def test_the_calendar_follows_as_with_every_letter(sam, ada, registration):
    falls = make.workshop(registration.event, title="Falls")
    old = book(falls, registration, sam)
    first = letters.only(mailed_to(ada, minutes(10)))
    give_up(old, sam, minutes(20))

    second = letters.only(mailed_to(ada, minutes(30)))

    assert entries(first) == [("PUBLISH", "Falls", 0), ("PUBLISH", "Gathering", 0)]
    assert entries(second) == [("CANCEL", "Falls", 1)]


def test_who_is_registered_and_booked_in_a_call_hears_of_it_once(sam):
    ada, event = make.member("Ada Byron"), make.event(title="Gathering", code_of_conduct="Be kind.")
    registration = register(event, ada, sam)
    book(make.workshop(event, title="Falls"), registration, sam, minutes(1))

    letter = letters.only(mailed_to(ada, minutes(11)))

    assert [line.partition(" (")[0] for line in done_in(letter)] == [
        "Registered you for Gathering.",
        "Noted that you heard the code of conduct of Gathering, and accepted it.",
        "Booked “Falls” for you.",
    ]
    assert "You are registered for Gathering." in letter.body
    assert mailed_to(ada, minutes(60)) == []


def test_of_a_registration_that_is_cancelled_their_calendar_is_cleared(sam, ada, registration):
    booking.book(make.workshop(registration.event, title="Falls"), registration, by=ada, at=NOW)
    mailed_to(ada, minutes(5))
    during(ada, sam, minutes(6), lambda: registering.cancel(registration, by=sam, at=minutes(6)))

    letter = letters.only(mailed_to(ada, minutes(16)))

    assert done_in(letter)[0].startswith("Cancelled your registration for Gathering.")
    assert "Gave up “Falls” with the registration." in letter.body
    assert ("CANCEL", "Falls", 1) in entries(letter)
    assert "You are not registered for Gathering." in letter.body


def test_a_choice_that_is_taken_back_is_named_though_nothing_of_it_stays(sam, ada, registration):
    falls = make.workshop(registration.event, title="Falls", booking_opens_at=minutes(600))
    choice = choices.choose(falls, registration, by=ada, at=NOW)
    with calls.call(ada, by=sam, at=minutes(1), session=falls):
        choices.unchoose(choice, by=sam, at=minutes(1))

    letter = letters.only(mailed_to(ada, minutes(11)))

    assert [line.partition(" (")[0] for line in done_in(letter)] == ["Took “Falls” out of your choices."]


def test_ending_the_call_sends_it_at_once_and_twice_is_once(sam, ada, registration):
    book(make.workshop(registration.event), registration, sam)

    goes = [calls.end(ada, by=sam, at=minutes(1)) for _ in range(2)]
    letter = mailed_to(ada, minutes(1))

    assert goes == [minutes(1)] * 2
    assert len(letter) == 1
    assert Entry.objects.filter(act=Act.CALL_ENDED, member_id=ada.pk, actor_id=sam.pk).count() == 1
    with pytest.raises(calls.NothingToTell):
        calls.end(ada, by=sam, at=minutes(2))


def test_what_is_refused_or_changes_nothing_owes_no_letter(sam, ada, registration):
    full = make.workshop(registration.event, booking_opens_at=minutes(600))

    with pytest.raises(BookingRefused):
        book(full, registration, sam)

    assert kinds(ada) == []
    assert not CallAct.objects.exists()
    with pytest.raises(calls.NothingToTell):
        calls.end(ada, by=sam, at=minutes(1))


def test_what_is_refused_takes_nothing_from_the_letter_that_waits(sam, ada, registration):
    book(make.workshop(registration.event, title="Falls"), registration, sam)
    with pytest.raises(BookingRefused):
        book(make.workshop(registration.event, booking_opens_at=minutes(600)), registration, sam, minutes(1))

    assert len(done_in(letters.only(mailed_to(ada, minutes(11))))) == 1


@pytest.mark.parametrize("who_is_first", ["the team", "they"])
def test_what_they_do_themselves_near_it_is_told_in_the_one_letter(sam, ada, registration, who_is_first):
    event = registration.event
    falls, sleep = make.workshop(event, title="Falls"), make.workshop(event, title="Sleep", hour=14)
    ours, own = (NOW, minutes(1)) if who_is_first == "the team" else (minutes(1), NOW)
    if who_is_first == "the team":
        book(falls, registration, sam, ours)
    booking.book(sleep, registration, by=ada, at=own)
    if who_is_first == "they":
        book(falls, registration, sam, ours)

    before = mailed_to(ada, minutes(9.9))
    letter = letters.only(mailed_to(ada, minutes(11)))

    assert before == []
    assert [line.partition(" (")[0] for line in done_in(letter)] == ["Booked “Falls” for you."]
    assert "Sleep" in str(letter.body).partition("Your agenda now")[2]
    assert mailed_to(ada, minutes(60)) == []


def test_what_is_new_on_their_agenda_besides_is_named_in_the_letter(sam, ada, registration):
    event = registration.event
    booking.book(make.workshop(event, title="Rest", hour=18), registration, by=ada, at=NOW)
    mailed_to(ada, minutes(5))
    book(make.workshop(event, title="Falls"), registration, sam, minutes(6))
    booking.book(make.workshop(event, title="Sleep", hour=14), registration, by=ada, at=minutes(7))

    letter = letters.only(mailed_to(ada, minutes(17)))

    besides = str(letter.body).partition("Also new since we last wrote:")[2].partition("Your agenda now")[0]
    assert ("Sleep" in besides, "Falls" in besides) == (True, False)


def test_their_agenda_of_another_event_does_not_wait_for_the_letter(sam, ada, registration):
    other = make.registration(make.event(title="Reunion", slug="reunion"), ada)
    book(make.workshop(registration.event, title="Falls"), registration, sam)
    booking.book(make.workshop(other.event, title="Sleep", hour=14), other, by=ada, at=minutes(1))

    assert [one.subject for one in mailed_to(ada, minutes(4))] == ["Your agenda for Reunion"]


def test_an_agenda_that_they_ask_for_does_not_wait_for_the_letter(sam, ada, registration):
    book(make.workshop(registration.event, title="Falls"), registration, sam)
    notices.queue_agenda(registration, at=minutes(1))

    assert [one.subject for one in mailed_to(ada, minutes(1))] == ["Your agenda for Gathering"]


def test_what_they_do_while_the_letter_is_in_the_hands_of_a_worker_is_told_by_their_agenda(
    sam, ada, registration
):
    book(make.workshop(registration.event, title="Falls"), registration, sam)
    booking.book(make.workshop(registration.event, title="Sleep", hour=14), registration, by=ada, at=NOW)
    Message.objects.filter(kind=calls.KIND).update(state="sending", lease_until=minutes(30))

    assert [one.subject for one in mailed_to(ada, minutes(4))] == ["Your agenda for Gathering"]


def test_what_one_of_the_team_does_for_themselves_is_no_call(sam):
    own = make.registration(make.event(), sam)

    book(make.workshop(own.event), own, sam)

    assert kinds(sam) == [("agenda", "queued")]
    assert not CallAct.objects.exists()


def test_two_who_help_at_once_are_both_in_the_one_letter(sam, ada, registration):
    tess = people.staff("Support", "Event admin")
    Member.objects.filter(pk=tess.pk).update(name="Tess")
    event = registration.event
    book(make.workshop(event, title="Falls"), registration, sam)
    book(make.workshop(event, title="Sleep", hour=14), registration, tess, minutes(1))

    letter = letters.only(mailed_to(ada, minutes(11)))

    assert "This is what Staff Support and Tess of our team changed for you:" in letter.body
    assert len(done_in(letter)) == 2


def test_a_long_call_is_told_half_an_hour_after_its_first_act_and_what_follows_in_the_next(
    sam, ada, registration
):
    event = registration.event
    told = []
    for number in range(5):
        told += [len(done_in(one)) for one in mailed_to(ada, minutes(8 * number - 1))]
        book(make.workshop(event, hour=10 + number), registration, sam, minutes(8 * number))

    assert told == [4]
    assert len(done_in(letters.only(mailed_to(ada, minutes(42))))) == 1
    assert not CallAct.objects.filter(told_at=None).exists()


def test_it_waits_until_an_approval_stands_also_where_the_call_is_ended(sam):
    winnie = make.member("Winnie", membership="waiting")
    event = make.event(title="Gathering", audience="members")
    registration = register(event, winnie, sam)
    membership.approve(winnie, by=sam, at=minutes(1))
    registration.refresh_from_db()
    book(make.workshop(event), registration, sam, minutes(2))

    goes = calls.end(winnie, by=sam, at=minutes(3))
    before = mailed_to(winnie, minutes(10.9))
    after = mailed_to(winnie, minutes(11))

    assert goes == minutes(11)
    assert before == []
    assert "What we changed for you: Gathering" in [one.subject for one in after]


def test_also_at_the_end_of_a_long_call_it_waits_until_an_approval_stands(sam):
    winnie, event = make.member("Winnie", membership="waiting"), make.event(audience="members")
    registration = register(event, winnie, sam)
    for number in (9, 18, 24):
        book_choice = make.workshop(event, hour=number - 1, booking_opens_at=minutes(600))
        with calls.call(winnie, by=sam, at=minutes(number)):
            choices.choose(book_choice, registration, by=sam, at=minutes(number))
    membership.approve(winnie, by=sam, at=minutes(25))
    registration.refresh_from_db()
    book(make.workshop(event), registration, sam, minutes(26))

    letter = Message.objects.get(kind=calls.KIND)

    assert letter.send_after >= minutes(35)


def test_an_offer_with_its_deadline_goes_at_once(sam, ada, registration):
    event = registration.event
    wanted, mine = make.workshop(event, capacity=1), make.workshop(event, title="Mine")
    holder = booking.book(wanted, make.registration(event, make.member("Bo")), by=BY, at=NOW)
    book(wanted, registration, sam)
    book(mine, registration, sam, minutes(1))
    booking.cancel(holder, by=BY, at=minutes(2))

    assert [one.subject for one in mailed_to(ada, minutes(2))] != []
    assert ("changed-for-you", "queued") in kinds(ada)


def test_sent_again_it_tells_the_same(sam, ada, registration):
    book(make.workshop(registration.event, title="Falls"), registration, sam)
    first = letters.only(mailed_to(ada, minutes(10)))
    book(make.workshop(registration.event, title="Sleep", hour=14), registration, sam, minutes(12))

    message = Message.objects.get(kind=calls.KIND, state="sent")
    again = letters.only(mailed_to(ada, send_again(message, by=sam, at=minutes(13)).send_after))
    once_more = send_again(Message.objects.get(resend_of=message), by=sam, at=minutes(16))
    third = letters.only(mailed_to(ada, once_more.send_after))

    assert done_in(first) == done_in(again) == done_in(third)
    assert len(done_in(letters.only(mailed_to(ada, minutes(22))))) == 1


def test_nobody_is_written_to_who_cannot_be_reached_and_what_was_done_is_told_later(sam):
    una = make.member("Una")
    EmailAddress.objects.filter(user=una).update(verified=False)
    registration = make.registration(make.event(title="Gathering"), una)
    book(make.workshop(registration.event), registration, sam)

    assert mailed_to(una, minutes(10)) == []
    assert calls.waiting(una) is None
    EmailAddress.objects.filter(user=una).update(verified=True)
    book(make.workshop(registration.event, hour=14), registration, sam, minutes(20))
    assert len(done_in(letters.only(mailed_to(una, minutes(30))))) == 2


def test_what_was_done_is_forgotten_when_the_words_of_the_letter_are(sam, ada, registration):
    book(make.workshop(registration.event), registration, sam)

    early = calls.forget(at=NOW + timedelta(days=89))
    late = calls.forget(at=NOW + timedelta(days=90))

    assert (early, late) == (0, 1)
