"""Registering for an event and seeing what became of it, through the pages."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from events.models import AccessNeeds, Event, EventPlaces, Registration
from members.models import Member
from tests import make
from tests.events.registering import ACCEPTED, CANCEL, REGISTER, status_of, text_of
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.mark.parametrize("address", [REGISTER, CANCEL])
def test_who_is_not_logged_in_is_asked_to_and_comes_back(client: Client, event: Event, address: str):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={address}")


def test_the_form_shows_their_details_and_asks_what_they_need(client: Client, event: Event, ada: Member):
    text = text_of(client.get(REGISTER))

    for words in (
        "Ada",
        "ada@example.org",
        "Nurse, Leeds Trust",
        "What do you need to take part?",
        "Be kind.",
    ):
        assert words in text
    assert "Hosts of the sessions you book see it only where you say so." in text
    assert not re.search(r'name="code_of_conduct"[^>]*checked', text)


def test_a_get_registers_nobody(client: Client, event: Event, ada: Member):
    client.get(REGISTER)
    client.head(REGISTER)

    assert status_of(ada) is None


def test_a_member_registers_with_what_they_need(client: Client, event: Event, ada: Member):
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
    assert '<a href="#id_code_of_conduct">' in flat(text)
    assert "Captions, and breaks</textarea>" in flat(text)
    assert re.search(r'name="share_with_hosts"[^>]*checked', text)
    assert "<title>Error: " in flat(text)
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


@pytest.mark.slow
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


def test_who_comes_to_a_full_event_is_told_their_position(client: Client, ada: Member):
    event = make.event(slug="2026", capacity=1)
    EventPlaces.objects.filter(event=event).update(taken=1, ticket=1)

    before = text_of(client.get(REGISTER))
    after = text_of(client.post(REGISTER, {}, follow=True))

    assert "Join the waiting list" in before
    assert "You are 1st on the waiting list of the event." in after
    assert status_of(ada) == "waiting"


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("status", [Event.Status.CANCELLED, Event.Status.ARCHIVED])
def test_an_event_that_does_not_take_place_takes_no_registration(
    client: Client, event: Event, ada: Member, status: str
):
    Event.objects.update(status=status)

    shown = text_of(client.get(REGISTER))
    posted = client.post(REGISTER, ACCEPTED)

    assert "<textarea" not in shown
    assert (posted.status_code, status_of(ada)) == (200, None)
