"""What a reader has, as it is read."""

from datetime import timedelta

import pytest

from events.models import Event, Registration
from tests import make
from tests.found import found
from tests.make import BY, NOW
from workshops.agenda.own_bookings import own_bookings
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db
OPENS = NOW + timedelta(hours=1)


def test_choices_stand_in_the_order_in_which_they_will_be_booked_also_after_one_was_given_up_before(
    event: Event, ada: Registration
) -> None:
    one, other = make.workshop(event, title="One"), make.workshop(event, title="Other")
    booking.cancel(booking.book(one, ada, by=BY, at=NOW), by=BY, at=NOW)
    Event.objects.filter(pk=event.pk).update(booking_opens_at=OPENS)
    for minutes, session in enumerate((other, one)):
        choices.choose(session, ada, by=BY, at=NOW + timedelta(minutes=minutes))

    shown = own_bookings(ada, at=NOW + timedelta(minutes=5))

    [first, _] = choices.book_choices(ada, by=BY, at=OPENS)
    assert [choice.session_id for choice in shown.choices] == [other.pk, one.pk]
    assert found(first.booking).session_id == other.pk
