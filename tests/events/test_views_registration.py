"""Registering, seeing what became of it, access needs, and cancelling: through the pages."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from events.models import AccessNeeds, Event, EventPlaces, Registration
from members.models import Member
from tests import make
from workshops.models import Booking

pytestmark = pytest.mark.django_db

REGISTER = "/events/2026/register/"
NEEDS = "/events/2026/register/needs/"
CANCEL = "/events/2026/cancel/"
ACCEPTED = {"code_of_conduct": "on", "needs": "", "share_with_hosts": ""}


@pytest.fixture(autouse=True)
def ordinary_monday() -> Any:
    """Every test begins with an empty cache, on the same morning."""
    cache.clear()
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event", code_of_conduct="Be kind.")


@pytest.fixture
def ada(client: Client) -> Member:
    """A member who is logged in."""
    ada = make.member("Ada", email="ada@example.org", organisation="Leeds Trust", role="Nurse")
    client.force_login(ada)
    return ada


def text_of(response: Any) -> str:
    return response.content.decode()


def status_of(member: Member) -> str | None:
    return Registration.objects.filter(member=member).values_list("status", flat=True).first()


@pytest.mark.parametrize("address", [REGISTER, CANCEL])
def test_who_is_not_logged_in_is_asked_to_and_comes_back(client: Client, event: Event, address: str):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")


def test_the_form_shows_her_details_and_asks_what_she_needs(client: Client, event: Event, ada: Member):
    text = text_of(client.get(REGISTER))

    for words in (
        "Ada",
        "ada@example.org",
        "Nurse, Leeds Trust",
        "What do you need to take part?",
        "Be kind.",
    ):
        assert words in text
    assert "Only the event team and support see this" in text
    assert not re.search(r'name="code_of_conduct"[^>]*checked', text)


def test_a_get_registers_nobody(client: Client, event: Event, ada: Member):
    client.get(REGISTER)
    client.head(REGISTER)

    assert status_of(ada) is None


def test_a_member_registers_with_what_she_needs(client: Client, event: Event, ada: Member):
    response = client.post(REGISTER, ACCEPTED | {"needs": "Captions", "share_with_hosts": "on"}, follow=True)

    needs = AccessNeeds.objects.get(registration__member=ada)
    assert response.redirect_chain == [(REGISTER, 302)]
    assert "You are registered" in text_of(response)
    assert "Build your agenda" in text_of(response)
    assert (status_of(ada), needs.needs, needs.is_shared_with_hosts) == ("confirmed", "Captions", True)


def test_pressing_twice_is_the_same_as_once(client: Client, event: Event, ada: Member):
    first = client.post(REGISTER, ACCEPTED | {"needs": "Captions"})
    second = client.post(REGISTER, ACCEPTED | {"needs": "Captions"})

    assert (first.status_code, second.status_code) == (302, 302)
    assert Registration.objects.count() == 1
    assert EventPlaces.objects.get(event=event).taken == 1
    assert AccessNeeds.objects.get().needs == "Captions"


def test_the_code_of_conduct_must_be_accepted_and_what_was_typed_stays(
    client: Client, event: Event, ada: Member
):
    response = client.post(REGISTER, {"needs": "Captions, and breaks", "share_with_hosts": "on"})

    text = text_of(response)
    assert response.status_code == 200
    assert text.count("Accept the code of conduct to register.") == 2
    assert '<a href="#id_code_of_conduct">' in text
    assert "Captions, and breaks</textarea>" in text
    assert re.search(r'name="share_with_hosts"[^>]*checked', text)
    assert "<title>Error: " in text
    assert status_of(ada) is None


def test_an_event_without_a_code_of_conduct_asks_for_none(client: Client, event: Event, ada: Member):
    Event.objects.update(code_of_conduct="")

    shown = text_of(client.get(REGISTER))
    client.post(REGISTER, {})

    assert "code_of_conduct" not in shown
    assert status_of(ada) == "confirmed"


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ("a" * 2001, "Use at most 2000 characters; there are 2001."),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_bad_needs_are_named_beside_the_field_and_nothing_is_saved(
    client: Client, event: Event, ada: Member, needs: str, words: str
):
    response = client.post(REGISTER, ACCEPTED | {"needs": needs})

    assert response.status_code == 200
    assert text_of(response).count(words) == 2
    assert status_of(ada) is None


def test_a_person_waiting_for_approval_is_told_that_it_is_received(client: Client, event: Event):
    bo = make.member("Bo", membership=Member.Membership.WAITING)
    client.force_login(bo)

    before = text_of(client.get(REGISTER))
    after = text_of(client.post(REGISTER, ACCEPTED, follow=True))

    assert "it is confirmed when your membership is approved" in before
    assert "We have your registration" in after
    assert "usually within two working days" in after
    assert "Need help?" in after
    assert status_of(bo) == "received"


def test_who_comes_to_a_full_event_is_told_her_position(client: Client, ada: Member):
    event = make.event(slug="2026", capacity=1)
    EventPlaces.objects.filter(event=event).update(taken=1, ticket=1)

    before = text_of(client.get(REGISTER))
    after = text_of(client.post(REGISTER, {}, follow=True))

    assert "Join the waiting list" in before
    assert "You are 1st on the waiting list of the event." in after
    assert status_of(ada) == "waiting"


@pytest.mark.parametrize("membership", [Member.Membership.ENDED, Member.Membership.DECLINED])
def test_who_may_not_register_hears_why_and_gets_no_form(client: Client, event: Event, membership: str):
    cy = make.member("Cy", membership=membership)
    client.force_login(cy)

    text = text_of(client.get(REGISTER))
    posted = client.post(REGISTER, ACCEPTED)

    assert "so you cannot register for this event" in text
    assert "Contact the Q team" in text
    assert "<textarea" not in text
    assert (posted.status_code, status_of(cy)) == (200, None)
    assert "so you cannot register for this event." in text_of(posted)


def test_registration_opens_and_closes_to_the_second_for_the_post_as_well(
    client: Client, event: Event, ada: Member
):
    second = timedelta(seconds=1)
    Event.objects.update(
        registration_opens_at=make.NOW + second, registration_closes_at=make.NOW + 2 * second
    )

    early = client.post(REGISTER, ACCEPTED)
    with time_machine.travel(make.NOW + 2 * second, tick=False):
        late = client.post(REGISTER, ACCEPTED)
    nothing = status_of(ada)
    with time_machine.travel(make.NOW + second, tick=False):
        in_time = client.post(REGISTER, ACCEPTED)

    assert (early.status_code, late.status_code, nothing) == (200, 200, None)
    assert "Registration has not opened yet." in text_of(early)
    assert "Registration has closed." in text_of(late)
    assert (in_time.status_code, status_of(ada)) == (302, "confirmed")


@pytest.mark.parametrize("status", [Event.Status.CANCELLED, Event.Status.ARCHIVED])
def test_an_event_that_does_not_take_place_takes_no_registration(
    client: Client, event: Event, ada: Member, status: str
):
    Event.objects.update(status=status)

    shown = text_of(client.get(REGISTER))
    posted = client.post(REGISTER, ACCEPTED)

    assert "<textarea" not in shown
    assert (posted.status_code, status_of(ada)) == (200, None)


def test_access_needs_can_be_changed_after_registering(client: Client, event: Event, ada: Member):
    registration = make.registration(event, ada)
    AccessNeeds.objects.create(registration=registration, needs="Captions", is_shared_with_hosts=True)

    before = text_of(client.get(REGISTER))
    after = text_of(client.post(NEEDS, {"needs": "Captions and breaks"}, follow=True))

    needs = AccessNeeds.objects.get()
    assert "Captions</textarea>" in before
    assert re.search(r'name="share_with_hosts"[^>]*checked', before)
    assert "Your access needs are saved." in after
    assert (needs.needs, needs.is_shared_with_hosts) == ("Captions and breaks", False)


def test_access_needs_that_are_emptied_are_forgotten(client: Client, event: Event, ada: Member):
    AccessNeeds.objects.create(registration=make.registration(event, ada), needs="Captions")

    client.post(NEEDS, {"needs": "  "})

    assert not AccessNeeds.objects.exists()


def test_bad_access_needs_are_named_and_what_was_typed_stays(client: Client, event: Event, ada: Member):
    AccessNeeds.objects.create(registration=make.registration(event, ada), needs="Captions")

    response = client.post(NEEDS, {"needs": "b" * 2001})

    assert response.status_code == 200
    assert "b" * 2001 in text_of(response)
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
    AccessNeeds.objects.create(registration=make.registration(event, bo), needs="Bo's own words")

    shown = text_of(client.get(REGISTER))
    client.post(CANCEL)

    assert "own words" not in shown
    assert status_of(bo) == "confirmed"


@pytest.mark.parametrize("address", [REGISTER, NEEDS, CANCEL])
def test_a_post_from_another_site_is_refused(event: Event, address: str):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.member("Ada"))

    assert client.post(address, ACCEPTED).status_code == 403


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

    with django_assert_num_queries(7):
        client.get(CANCEL)
