"""What the admin calls registrations and bookings: by who and what, never by a number alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from workshops import booking

pytestmark = pytest.mark.django_db
AUTOCOMPLETE = reverse("admin:autocomplete")


@pytest.fixture
def admin(client):
    """A client that is logged in as an admin."""
    client.force_login(make.member("Alex", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def event():
    first = timezone.now().date() + timedelta(days=30)
    return make.event(first_day=first, last_day=first, title="Community event")


def find(admin, words):
    """What is offered where a booking is made for somebody, by the words typed."""
    field = {"app_label": "workshops", "model_name": "booking", "field_name": "registration"}
    return [one["text"] for one in admin.get(AUTOCOMPLETE, field | {"term": words}).json()["results"]]


def test_whom_to_book_for_is_found_by_name(admin, event):
    make.registration(event, make.member("Ada"))
    make.registration(event, make.member("Bo"))

    assert find(admin, "ad") == ["Ada, Community event"]


def test_finding_whom_to_book_for_takes_as_many_queries_for_many(admin, event, django_assert_num_queries):
    make.crowd(event, 30)
    counts = []

    for words in ("Member 29", "Member"):
        with django_assert_num_queries(4):
            counts.append(len(find(admin, words)))

    assert counts == [1, 20]


@pytest.mark.parametrize("people", [1, 10])
def test_who_cancels_bookings_sees_whose_they_are(admin, event, people, django_assert_num_queries):
    session = make.workshop(event, capacity=30, title="Run charts")
    booked = [booking.book(session, one, at=timezone.now()) for one in make.crowd(event, people)]

    with django_assert_num_queries(6):
        page = admin.post(
            reverse("admin:workshops_booking_changelist"),
            {"action": "cancel", "_selected_action": [one.pk for one in booked]},
        ).text

    assert all(f"<li>Member {number}: Run charts</li>" in page for number in range(people))


@pytest.mark.parametrize("people", [1, 10])
def test_who_cancels_registrations_sees_whose_they_are(admin, event, people, django_assert_num_queries):
    registered = make.crowd(event, people)

    with django_assert_num_queries(6):
        page = admin.post(
            reverse("admin:events_registration_changelist"),
            {"action": "cancel", "_selected_action": [one.pk for one in registered]},
        ).text

    assert all(f"<li>Member {number}, Community event</li>" in page for number in range(people))
