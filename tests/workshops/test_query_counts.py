"""What the rules cost: the same literal number of queries however much there is already."""

import pytest
from django.db import connection

from tests import make
from tests.make import BY, NOW
from workshops.models import Booking, Workshop
from workshops.places import booking, choices, waiting_list

pytestmark = pytest.mark.django_db
Status = Booking.Status


def past(event, ada, number):
    """So many bookings that they have given up, and so many others in line."""
    session = make.workshop(event, capacity=0, hour=18)
    Booking.objects.bulk_create(
        Booking(
            registration=one,
            member_id=one.member_id,
            session=session,
            status=status,
            ticket=ticket,
            during=(session.starts_at, session.ends_at),
            created_at=NOW,
            status_changed_at=NOW,
        )
        for status, people in (("cancelled", [ada] * number), ("waiting", make.crowd(event, number)))
        for ticket, one in enumerate(people, 1)
    )
    return session


@pytest.mark.parametrize("number", [1, 30])
def test_booking_a_place_takes_five_queries(number, django_assert_num_queries):
    event = make.event()
    session = make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    past(event, ada, number)

    with django_assert_num_queries(5):  # two of them the savepoint
        booking.book(session, ada, by=BY, at=NOW)


@pytest.mark.parametrize("number", [1, 30])
def test_each_place_that_is_given_takes_the_same_number_of_queries(number, django_assert_num_queries):
    event = make.event()
    session = past(event, make.registration(event, make.member("Ada")), number)
    Workshop.objects.filter(session=session).update(line=number, ticket=number, capacity=1)

    with django_assert_num_queries(15 if number == 1 else 19):  # one look more where somebody is left
        waiting_list.serve(session.pk, at=NOW)

    assert Booking.objects.booked().count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 4])
def test_each_choice_takes_one_query_more_than_a_booking(number, django_assert_num_queries):
    event = make.event(booking_opens_at=NOW)
    ada = make.registration(event, make.member("Ada"))
    for hour in range(number):
        choices.choose(make.workshop(event, hour=9 + hour), ada, by=BY, at=NOW.replace(hour=9))

    with django_assert_num_queries(1 + 6 * number):
        choices.book_choices(ada, by=BY, at=NOW)


def plan(queryset):
    """How Postgres would run it, with the statistics of now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE workshops_booking")
    return queryset.explain()


@pytest.mark.slow
def test_the_head_of_the_line_and_the_position_in_it_are_found_by_indexes():
    event = make.event()
    crowd = make.crowd(event, 500)
    sessions = [make.workshop(event, hour=hour) for hour in range(10)]
    Booking.objects.bulk_create(
        Booking(
            registration=one,
            member_id=one.member_id,
            session=session,
            status="booked" if number % 10 < 3 else "waiting",
            ticket=number,
            during=(session.starts_at, session.ends_at),
            created_at=NOW,
            status_changed_at=NOW,
        )
        for session in sessions
        for number, one in enumerate(crowd)
    )
    waits = Booking.objects.waiting().filter(session=sessions[4])

    head = plan(waits.values_list("pk", "registration_id")[:1])
    ahead = plan(Booking.objects.filter(session=sessions[4], status="waiting", ticket__lt=40).order_by())
    overlapping = plan(
        Booking.objects.with_place().filter(
            member_id=crowd[0].member_id, during__overlap=sessions[2].workshop.during
        )
    )

    assert "booking_line" in head
    assert "Seq Scan" not in head + ahead + overlapping
