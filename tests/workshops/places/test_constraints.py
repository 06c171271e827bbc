"""What Postgres itself refuses, whoever writes: P1 does not rest on Python alone."""

import pytest
from django.db import IntegrityError, transaction

from tests import make
from tests.make import NOW
from workshops.models import Booking, Workshop

pytestmark = pytest.mark.django_db
Status = Booking.Status


def write(registration, session, status=Status.BOOKED, **fields):
    """Write a booking past all rules."""
    defaults = {"ticket": 1, "during": (session.starts_at, session.ends_at)}
    with transaction.atomic():
        return Booking.objects.create(
            registration=registration,
            member=registration.member,
            session=session,
            status=status,
            created_at=NOW,
            status_changed_at=NOW,
            **(defaults | fields),
        )


@pytest.mark.parametrize("status", [Status.CHOSEN, Status.WAITING, Status.PASSED])
def test_two_live_bookings_of_one_registration_in_one_session(status):
    event = make.event()
    session, ada = make.workshop(event), make.registration(event, make.member("Ada"))
    write(ada, session, Status.CANCELLED)
    write(ada, session, status)

    with pytest.raises(IntegrityError, match="one_live_booking_per_registration_and_session"):
        write(ada, session, Status.WAITING)


def test_two_booked_sessions_of_one_member_that_overlap_in_whatever_events():
    here, there = make.event(), make.event()
    ada = make.member("Ada")
    hers, theirs = make.registration(here, ada), make.registration(there, ada)
    write(hers, make.workshop(here, hour=10))
    write(theirs, make.workshop(there, hour=11))
    write(theirs, make.workshop(there, hour=10), Status.WAITING)

    with pytest.raises(IntegrityError, match="no_two_booked_sessions_of_a_member_overlap"):
        write(theirs, make.workshop(there, hour=9.5))


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"status": Status.OFFERED}, "what_is_held_until_a_moment_and_only_that_has_a_deadline"),
        (
            {"status": Status.WAITING, "expires_at": NOW},
            "what_is_held_until_a_moment_and_only_that_has_a_deadline",
        ),
        ({"status": Status.WAITING, "ticket": None}, "a_booking_with_an_order_has_a_ticket"),
        ({"status": Status.WAITING, "ended": "member"}, "only_a_cancelled_booking_has_ended"),
    ],
)
def test_a_booking_that_cannot_be(fields, constraint):
    event = make.event()
    session, ada = make.workshop(event), make.registration(event, make.member("Ada"))

    with pytest.raises(IntegrityError, match=constraint):
        write(ada, session, **fields)


def test_more_places_taken_than_there_are():
    make.workshop(make.event(), capacity=2)

    with pytest.raises(IntegrityError, match="workshop_never_more_taken_than_places"), transaction.atomic():
        Workshop.objects.update(taken=3)
