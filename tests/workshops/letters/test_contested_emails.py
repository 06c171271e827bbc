"""The emails about places that overlap since a session moved, read from the mailbox."""

from datetime import timedelta

import pytest

from events.models import Session
from tests import letters, make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import minutes
from tests.workshops.programme.moving import move, told
from workshops.models import Booking
from workshops.places import booking, deciding, waiting_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address")]

UNTIL = "Wednesday 4 November, 10:05 (UK and Ireland time)"


@pytest.fixture
def session(event, ada) -> Session:
    """A session that Ada has booked beside one at noon, and was told of."""
    noon = make.workshop(event, hour=12, title="Noon")
    booking.book(noon, ada, by=BY, at=NOW)
    return told(event, ada)


def places() -> tuple[Booking, Booking]:
    by_title = {one.session.title: one for one in Booking.objects.select_related("session")}
    return by_title["Leading quietly"], by_title["Noon"]


@pytest.mark.slow
def test_one_letter_asks_which_to_keep_by_when_and_says_what_happens_else(session):
    move(session)

    email = letters.only(letters.deliver(minutes(5)))

    assert email.subject == "New time: Leading quietly"
    assert (
        f"It is now at the same time as “Noon”. All places are yours until {UNTIL}. Decide which you keep. "
        "If you do not decide, you keep “Noon”, and the other place goes to the next in line."
    ) in " ".join(letters.lines(email))
    assert f"/events/{session.event.slug}/agenda/leading/decide/" in email.body
    assert letters.entries(email) == [("REQUEST", "To decide: Leading quietly", 1)]
    assert letters.say_the_same_twice(email)


@pytest.mark.slow
def test_what_was_decided_is_told_and_the_calendar_has_its_title_again(session):
    move(session)
    letters.deliver(minutes(5))
    moved, noon = places()

    deciding.keep(moved, giving_up=[noon], by=moved.member, at=minutes(6))
    email = letters.only(letters.deliver(minutes(20)))

    assert "You gave up your place in “Noon”." in email.body
    assert "Yours for certain: “Leading quietly”" in " ".join(email.body.split())
    assert letters.entries(email) == [
        ("PUBLISH", "Leading quietly", 2),
        ("PUBLISH", "Not in your agenda any more: Noon", 1),
    ]


@pytest.mark.slow
def test_what_ended_undecided_is_told_with_its_time(session):
    move(session)
    letters.deliver(minutes(5))
    deadline = found(places()[0].expires_at)

    waiting_list.sweep(at=deadline)
    email = letters.only(letters.deliver(deadline + timedelta(minutes=10)))

    assert (
        f"Your place in “Leading quietly” ended on {UNTIL}, because you had not decided by then. You keep "
        "what overlapped it."
    ) in " ".join(email.body.split())


@pytest.mark.slow
def test_a_move_that_is_decided_before_the_letter_goes_asks_nothing(session):
    move(session)
    moved, noon = places()

    deciding.keep(moved, giving_up=[noon], by=moved.member, at=minutes(5))
    subjects = {email.subject: email.body for email in letters.deliver(minutes(5))}

    assert "Your place is still yours." in subjects["New time: Leading quietly"]


@pytest.mark.slow
def test_who_hosts_at_the_new_time_keeps_the_place_and_is_told(event, ada):
    session = told(event, ada)
    make.host(make.workshop(event, hour=12, title="Own"), member=ada.member)

    move(session)
    email = letters.only(letters.deliver(minutes(5)))

    assert "Your place is still yours, but it is now at the same time as “Own”, which you host." in " ".join(
        letters.lines(email)
    )
    assert Booking.objects.get().status == Booking.Status.BOOKED


@pytest.mark.slow
def test_a_host_is_told_what_they_have_booked_at_the_new_time(event, ada):
    own = make.workshop(event, hour=10, title="Own")
    make.host(own, member=ada.member)
    booking.book(make.workshop(event, hour=12, title="Noon"), ada, by=BY, at=NOW)
    letters.deliver(minutes(2))

    move(own)
    email = letters.only(letters.deliver(minutes(5)))

    assert "You have booked “Noon” at this time: give that up, or tell us if you cannot host." in " ".join(
        letters.lines(email)
    )
    assert letters.say_the_same_twice(email)
