"""Approving in the admin: whom it concerns is named, with what one decides by; nobody else is touched."""

import pytest
import time_machine
from django.test import Client

from members.models import ListedAddress, Member
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.members.accounts.signing_up import sign_up
from tests.members.staff import MEMBERS, act, approve
from tests.workshops.places.state import minutes

pytestmark = [pytest.mark.django_db]

M = Member.Membership


def waiting(name: str, **fields) -> Member:
    return make.member(name, membership=M.WAITING, **fields)


@pytest.fixture
def support(client: Client) -> Client:
    client.force_login(people.staff("Support"))
    return client


def unconfirmed() -> Member:
    """Una has signed up and never typed their code in."""
    sign_up(Client(), name="Una", email="una@example.org")
    Message.objects.all().delete()
    una: Member = Member.objects.get(name="Una")
    return una


@pytest.mark.slow
def test_who_never_confirmed_the_address_is_not_counted_not_offered_and_not_mailed(sam, client):
    una, ada = unconfirmed(), waiting("Ada")

    front = client.get("/team/").text
    listed = client.get(f"{MEMBERS}?standing=waiting").text
    others = client.get(f"{MEMBERS}?standing=unconfirmed").text
    page = act(client, "approve", una, ada).text
    refused = approve(client, una).text
    act(client, "decline", una, reason="No.")

    assert "1 person waits for approval" in front
    assert ("Ada" in listed, "una@example.org" in listed) == (True, False)
    assert "una@example.org" in others
    assert "una@example.org" not in page
    assert "Una has not confirmed the address" in refused
    una.refresh_from_db()
    assert una.membership == M.WAITING
    assert not Message.objects.exists()


@pytest.mark.slow
def test_the_page_names_everybody_with_what_one_decides_by_and_changes_nothing(support):
    ada = waiting("Ada", organisation="Mater", role="Nurse", introduction="I came to the event in Leeds.")
    crowd = [waiting(f"Person {number}") for number in range(25)]
    ListedAddress.objects.create(email=ada.email)

    page = act(support, "approve", ada, *crowd).text

    assert "Nurse, Mater" in page
    assert "I came to the event in Leeds." in page
    assert "on the community’s list" in page
    assert all(one.email in page for one in crowd)
    assert "Approve 26 people" in page
    assert set(Member.objects.filter(pk__gte=ada.pk).values_list("membership", flat=True)) == {"waiting"}


def test_only_those_who_were_named_are_approved(support):
    ada, bo = waiting("Ada"), waiting("Bo")
    chosen = {"action": "approve", "_selected_action": [ada.pk, bo.pk], "select_across": "1"}

    support.post(MEMBERS, chosen | {"named": [ada.pk, "x", "9" * 30]})

    assert dict(Member.objects.filter(name__in=["Ada", "Bo"]).values_list("name", "membership")) == {
        "Ada": "active",
        "Bo": "waiting",
    }


@pytest.mark.slow
def test_more_than_can_be_read_are_not_approved_at_once(support):
    people_ = Member.objects.bulk_create(
        Member(name=f"P {number}", email=f"p{number}@example.org") for number in range(201)
    )

    page = act(support, "approve", *people_).text

    assert "Approve at most 200 people at once." in page


@pytest.mark.slow
def test_an_approval_is_taken_back_within_ten_minutes_and_nobody_is_mailed(support):
    ada = waiting("Ada")
    with time_machine.travel(NOW, tick=False):
        support.force_login(people.staff("Support"))
        approve(support, ada)
        page = act(support, "take_back", ada).text
    with time_machine.travel(minutes(1), tick=False):
        approve(support, ada)
    with time_machine.travel(minutes(11), tick=False):
        late = act(support, "take_back", ada).text

    ada.refresh_from_db()
    assert "Done for 1 person." in page
    assert "An approval can be taken back for ten minutes." in late
    assert ada.membership == M.ACTIVE
    assert [message.created_at for message in Message.objects.all()] == [minutes(1)]


def test_who_waits_is_asked_what_helps_to_decide_and_need_not_answer(client):
    ada, bo = waiting("Ada"), make.member("Bo")
    client.force_login(ada)
    other = Client()
    other.force_login(bo)
    said = {"organisation": "Mater", "role": "", "introduction": "Through Bo."}

    page = client.get("/members/membership/").text
    client.post("/members/membership/", said)
    other.post("/members/membership/", said)

    ada.refresh_from_db()
    bo.refresh_from_db()
    assert "How do you know the community?" in page
    assert (ada.organisation, ada.introduction, ada.membership) == ("Mater", "Through Bo.", M.WAITING)
    assert (bo.organisation, bo.introduction) == ("", "")
    assert "How do you know the community?" not in other.get("/members/membership/").text
