"""The line of one event beside that of another, and registering where nobody has counted before."""

from datetime import timedelta

import pytest

from events import capacity
from events import registration as registering
from events.models import EventPlaces, Registration
from members.models import Member
from notifications.models import Message
from tests import make
from tests.make import BY, NOW

pytestmark = pytest.mark.django_db
Status = Registration.Status


def test_the_position_counts_those_who_wait_for_this_event():
    one, other = make.event(capacity=0), make.event(capacity=0)

    for event in (one, other):
        first, second = (registering.register(event, make.member(), by=BY, at=NOW) for _ in range(2))

        assert [registering.position(first), registering.position(second)] == [1, 2]


def test_an_event_whose_places_were_never_set_has_room_for_everybody():
    event = make.event()
    EventPlaces.objects.all().delete()

    registered = registering.register(event, make.member("Ada"), by=BY, at=NOW)

    places = EventPlaces.objects.get()
    assert (registered.status, places.capacity, places.taken) == (Status.CONFIRMED, None, 1)


def test_an_event_whose_places_were_never_set_can_be_given_some():
    event = make.event()
    EventPlaces.objects.all().delete()

    capacity.set_capacity(event, 3, by=BY, at=NOW)

    assert EventPlaces.objects.get().capacity == 3


def test_what_they_are_told_of_their_registration_is_due_at_once():
    ada = registering.register(make.event(), make.member("Ada"), by=BY, at=NOW)
    later = NOW + timedelta(hours=1)

    registering.cancel(ada, by=BY, at=later)

    assert dict(Message.objects.values_list("kind", "send_after")) == {
        "registered": NOW,
        "registration-cancelled": later,
    }


def test_a_place_of_the_event_goes_past_a_closed_account_to_the_next_in_line():
    event = make.event(capacity=1)
    ada, bo, _ = (
        registering.register(event, make.member(name), by=BY, at=NOW) for name in ("Ada", "Bo", "Cy")
    )
    Member.objects.filter(pk=bo.member_id).update(is_active=False)

    registering.cancel(ada, by=BY, at=NOW)

    found = dict(Registration.objects.values_list("member__name", "status"))
    row = EventPlaces.objects.get()
    assert found == {"Ada": Status.CANCELLED, "Bo": Status.CANCELLED, "Cy": Status.CONFIRMED}
    assert (row.taken, row.held, row.line) == (1, 0, 0)


def test_a_place_that_only_closed_accounts_wait_for_is_open_to_everybody():
    event = make.event(capacity=1)
    ada, bo = (registering.register(event, make.member(name), by=BY, at=NOW) for name in ("Ada", "Bo"))
    Member.objects.filter(pk=bo.member_id).update(is_active=False)

    registering.cancel(ada, by=BY, at=NOW)

    assert registering.register(event, make.member("Cy"), by=BY, at=NOW).status == Status.CONFIRMED
