"""What a registered member does later, through the pages: change their access needs, cancel."""

import re
from typing import Any

import pytest
from django.test import Client

from events.models import AccessNeeds, Event, EventPlaces, Registration
from members.models import Member
from tests import make
from tests.events.registering import ACCEPTED, CANCEL, NEEDS, REGISTER, status_of, text_of
from tests.markup import flat
from workshops.models import Booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_access_needs_can_be_changed_after_registering(client: Client, event: Event, ada: Member):
    registration = make.registration(event, ada)
    make.needs(registration, "Captions", shared=True)

    before = text_of(client.get(REGISTER))
    after = text_of(client.post(NEEDS, {"needs": "Captions and breaks"}, follow=True))

    needs = AccessNeeds.objects.get()
    assert "Captions</textarea>" in flat(before)
    assert re.search(r'name="share_with_hosts"[^>]*checked', before)
    assert "Your access needs are saved." in after
    assert (needs.needs, needs.is_shared_with_hosts) == ("Captions and breaks", False)


@pytest.mark.parametrize(
    ("needs", "says", "summary"),
    [
        ("", "You have told us of none.", "Tell us what you need to take part"),
        ("Captions", "Captions</bdi>", "Change your access needs"),
    ],
)
def test_access_needs_are_asked_once_and_then_only_on_demand(
    client: Client, event: Event, ada: Member, needs: str, says: str, summary: str
):
    client.post(REGISTER, ACCEPTED | {"needs": needs})

    text = text_of(client.get(REGISTER))

    assert says in text
    assert re.search(rf'<details class="reveal">\s*<summary>{summary}</summary>\s*<form', text)


def test_access_needs_that_are_emptied_are_forgotten(client: Client, event: Event, ada: Member):
    make.needs(make.registration(event, ada), "Captions")

    client.post(NEEDS, {"needs": "  "})

    assert not AccessNeeds.objects.exists()


def test_bad_access_needs_are_named_and_what_was_typed_stays(client: Client, event: Event, ada: Member):
    make.needs(make.registration(event, ada), "Captions")

    response = client.post(NEEDS, {"needs": "b" * 2001})

    assert response.status_code == 200
    assert "b" * 2001 in text_of(response)
    assert '<details class="reveal" open>' in text_of(response)
    assert AccessNeeds.objects.get().needs == "Captions"


def test_access_needs_without_a_registration_lead_to_registering(client: Client, event: Event, ada: Member):
    response = client.post(NEEDS, {"needs": "Captions"})

    assert (response.status_code, response["Location"]) == (302, REGISTER)
    assert not AccessNeeds.objects.exists()


def test_access_needs_are_not_changed_by_a_get(client: Client, event: Event, ada: Member):
    assert client.get(NEEDS).status_code == 405


def test_cancelling_asks_first_and_lists_what_is_lost(client: Client, event: Event, ada: Member):
    registration = make.registration(event, ada)
    for title, status in (("Listening", "booked"), ("Waiting room", "waiting"), ("Given up", "cancelled")):
        session = make.workshop(event, title=title, hour=10 + len(title))
        Booking.objects.create(
            registration=registration, member=ada, session=session, status=status, ticket=1,
            during=session.workshop.during, created_at=make.NOW, status_changed_at=make.NOW,
        )  # fmt: skip

    text = text_of(client.get(CANCEL))

    assert "Listening" in text
    assert "Waiting room" in text
    assert "On the waiting list" in text
    assert "Given up" not in text
    assert status_of(ada) == "confirmed"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Registration.Status.CONFIRMED, "You have booked no session."),
        (Registration.Status.WAITING, "You would leave the waiting list of the event"),
    ],
)
def test_cancelling_without_bookings_says_what_is_lost_all_the_same(
    client: Client, event: Event, ada: Member, status: str, words: str
):
    make.registration(event, ada, status=status, ticket=1)

    assert words in text_of(client.get(CANCEL))


@pytest.mark.slow
def test_cancelling_frees_the_place_and_registering_again_is_the_way_back(
    client: Client, event: Event, ada: Member
):
    client.post(REGISTER, ACCEPTED)

    cancelled = client.post(CANCEL, follow=True)
    after = (status_of(ada), EventPlaces.objects.get(event=event).taken)
    client.post(REGISTER, ACCEPTED)

    assert cancelled.redirect_chain == [("/events/2026/", 302)]
    assert "Your registration is cancelled." in text_of(cancelled)
    assert "Register for the event" in text_of(cancelled)
    assert after == ("cancelled", 0)
    assert (status_of(ada), EventPlaces.objects.get(event=event).taken) == ("confirmed", 1)


def test_cancelling_twice_or_without_a_registration_leads_to_the_event(
    client: Client, event: Event, ada: Member
):
    asked, posted = client.get(CANCEL), client.post(CANCEL)

    assert (asked["Location"], posted["Location"]) == ("/events/2026/", "/events/2026/")


def test_nobody_sees_another_persons_registration(client: Client, event: Event, ada: Member):
    bo = make.member("Bo")
    make.needs(make.registration(event, bo), "Bo's secret")

    shown = text_of(client.get(REGISTER))
    client.post(CANCEL)

    assert "Bo's secret" not in shown
    assert status_of(bo) == "confirmed"


@pytest.mark.parametrize("address", [REGISTER, NEEDS, CANCEL])
def test_a_post_from_another_site_is_refused(event: Event, address: str):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.member("Ada"))

    assert client.post(address, ACCEPTED).status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize("bookings", [1, 30])
def test_the_list_of_what_is_lost_costs_the_same_queries_however_long_it_is(
    client: Client, event: Event, ada: Member, bookings: int, django_assert_num_queries: Any
):
    registration = make.registration(event, ada)
    for number in range(bookings):
        session = make.workshop(event, hour=number * 2)
        Booking.objects.create(
            registration=registration, member=ada, session=session, status="booked", ticket=1,
            during=session.workshop.during, created_at=make.NOW, status_changed_at=make.NOW,
        )  # fmt: skip

    with django_assert_num_queries(6):
        client.get(CANCEL)
