"""What taking an approval back does to what was chosen, booked and given up around it."""

import pytest

from events.models import Event, Registration
from notifications.models import Message
from tests import make
from tests.make import BY, NOW
from tests.workshops.places.state import crowd, minutes, told
from tests.workshops.places.test_choices_after_approval import approve, mine, take_back, winnie
from workshops.models import Booking
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db
Status = Booking.Status


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def waits(event: Event) -> Registration:
    return winnie(event)


def test_what_they_gave_up_before_it_stays_given_up_and_does_not_keep_the_approval(event, waits):
    booking.cancel(choices.choose(make.workshop(event), waits, by=BY, at=NOW), by=BY, at=NOW)
    approve(waits, at=NOW)

    take_back(waits, at=minutes(1))

    assert mine(waits) == {}
    assert Registration.objects.get(pk=waits.pk).status == Registration.Status.RECEIVED


def test_every_choice_is_promised_again_and_nothing_else(event, waits):
    for number in range(2):
        choices.choose(make.workshop(event), waits, by=BY, at=minutes(number - 30))
    approve(waits, at=NOW)

    take_back(waits, at=minutes(1))

    rows = Booking.objects.filter(registration=waits).values_list("status", "is_promised")
    assert sorted(rows) == [(Status.CANCELLED, False), (Status.CHOSEN, True), (Status.CHOSEN, True)]


def test_a_choice_that_could_not_be_booked_leaves_what_others_were_promised(event, waits):
    for _ in range(2):
        choices.choose(make.workshop(event), waits, by=BY, at=NOW)
    others = choices.choose(make.workshop(event), winnie(event), by=BY, at=NOW)

    approve(waits)

    others.refresh_from_db()
    assert sorted(mine(waits).values()) == [Status.BOOKED, Status.CHOSEN]
    assert (others.status, others.is_promised) == (Status.CHOSEN, True)


def test_who_is_refused_what_was_promised_has_their_agenda_mailed(event, waits):
    choices.choose(make.workshop(event, booking_closes_at=minutes(10)), waits, by=BY, at=NOW)

    approve(waits, at=minutes(20))

    assert list(mine(waits).values()) == [Status.CHOSEN]
    assert told("agenda") == [("agenda", "Winnie", {"registration": waits.pk})]


def test_nobody_is_told_of_a_place_that_went_back(event, waits):
    full = make.workshop(event, capacity=1)
    crowd(event, full, 1)
    choices.choose(full, waits, by=BY, at=NOW)
    approve(waits, at=NOW)
    booking.cancel(Booking.objects.booked().get(), by=BY, at=minutes(1))
    news = Message.objects.filter(kind="place-given", state=Message.State.QUEUED)
    owed_before = news.count()

    take_back(waits, at=minutes(2))

    assert (owed_before, news.count()) == (1, 0)
