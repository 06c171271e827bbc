"""What the admin calls registrations and bookings: by who and what, never by a number alone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from tests import make
from tests.admin_forms import errors
from tests.make import BY
from tests.markup import flat
from workshops.models import Booking
from workshops.places import booking

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    """A client that is logged in as an admin."""
    client.force_login(make.member("Alex", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def event() -> Event:
    first = timezone.now().date() + timedelta(days=30)
    return make.event(first_day=first, last_day=first, title="Community event")


def book(admin, member, session):
    """Book for whom these words mean."""
    return admin.post(reverse("admin:workshops_booking_add"), {"member": member, "session": session.pk})


@pytest.mark.parametrize(
    "words", ["Ada Lovelace", "lovelace", "ADA@example.org", "Ada Lovelace <ada@example.org>"]
)
def test_whom_to_book_for_is_written_by_name_or_address(admin, event, words):
    ada = make.registration(event, make.member("Ada Lovelace", email="ada@example.org"))
    make.registration(event, make.member("Bo"))

    book(admin, words, make.workshop(event))

    assert Booking.objects.get().registration == ada


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Ada", "Several people are called “Ada”. Write the whole email address."),
        ("Zed", "There is nobody here with the name or address “Zed”. Write the whole email address."),
        ("Ada\x00", "Null characters are not allowed."),
        ("", "This field is required."),
        ("Cy", "Cy is not registered for Community event. Tick the box below to register them."),
    ],
)
def test_who_is_not_one_person_that_comes_is_refused_beside_the_field(admin, event, words, told):
    for name in ("Ada One", "Ada Two"):
        make.registration(event, make.member(name))
    make.member("Cy")

    answer = book(admin, words, make.workshop(event))

    assert errors(answer) == {"member": [told]}
    assert words.replace("\x00", "") in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("people", [1, 10])
def test_who_cancels_bookings_sees_whose_they_are(admin, event, people, django_assert_num_queries):
    session = make.workshop(event, capacity=30, title="Run charts")
    booked = [booking.book(session, one, by=BY, at=timezone.now()) for one in make.crowd(event, people)]

    with django_assert_num_queries(7):
        page = admin.post(
            reverse("admin:workshops_booking_changelist"),
            {"action": "cancel", "_selected_action": [one.pk for one in booked]},
        ).text

    assert all(f"<li>Member {number}: Run charts</li>" in flat(page) for number in range(people))


@pytest.mark.parametrize("people", [1, 10])
def test_who_cancels_registrations_sees_whose_they_are(admin, event, people, django_assert_num_queries):
    registered = make.crowd(event, people)

    with django_assert_num_queries(6):
        page = admin.post(
            reverse("admin:events_registration_changelist"),
            {"action": "cancel", "_selected_action": [one.pk for one in registered]},
        ).text

    assert all(f"<li>Member {number}, Community event</li>" in flat(page) for number in range(people))
