"""A caller without an account: one form makes, registers and books; what is refused, what it takes."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from audit.models import Entry
from events.models import Event, Registration
from events.registration import RegistrationRefused
from members import addresses
from members.models import Member
from notifications.models import Message
from team.people import welcoming
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from workshops.models import Booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

PAGE = "/team/people/new/"
BO = {"name": "Bo", "email": "bo@wards.example", "is_member": "yes"}
REGISTERED = BO | {"register": "on", "heard_conduct": "on"}


@pytest.fixture
def event() -> Event:
    return make.event(title="Event 2026", code_of_conduct="Be kind.")


def had():
    """What there is of Bo: membership, registrations, and bookings by the session's title."""
    bo = Member.objects.get(email="bo@wards.example")
    registered = Registration.objects.filter(member=bo).values_list("status", flat=True)
    booked = Booking.objects.filter(registration__member=bo).values_list("session__title", "status")
    return bo.membership, list(registered), dict(booked)


def sent(desk, fields, *sessions):
    return desk.post(PAGE, fields | {"session": [one.pk for one in sessions]}, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_one_form_makes_registers_and_books(desk, sam, event):
    flow = make.workshop(event, title="Flow", hour=10)
    full = make.workshop(event, title="Full", hour=12, capacity=0)

    answer = sent(desk, REGISTERED, flow, full)

    bo = Member.objects.get(email="bo@wards.example")
    assert answer.redirect_chain == [(f"/team/people/{bo.pk}/?event={event.slug}#event", 302)]
    assert had() == ("active", ["confirmed"], {"Flow": "booked", "Full": "waiting"})
    assert said(answer) == [
        "Bo has an account. We are emailing them how to log in. Event 2026: registered.",
        "Flow: booked for them.",
        "Full: they are 1st on the waiting list.",
    ]
    assert set(Message.objects.values_list("kind", "member")) == {
        (kind, bo.pk) for kind in ("account-made", "changed-for-you")
    }
    acts = Entry.objects.filter(actor_id=sam.pk).order_by("pk").values_list("act", flat=True)
    assert list(acts) == [
        "member.account-made",
        "registration.confirmed",
        "registration.conduct-by-telephone",
        "booking.booked",
        "booking.joined-line",
    ]


def test_a_session_that_is_refused_keeps_no_other_and_says_why(desk, event):
    flow = make.workshop(event, title="Flow", hour=10)
    clash = make.workshop(event, title="Clash", hour=10.5)
    late = make.workshop(event, title="Late", hour=14)

    answer = sent(desk, REGISTERED, flow, clash, late)

    assert had()[2] == {"Flow": "booked", "Late": "booked"}
    assert "Clash: not booked. It is at the same time as “Flow”, which Bo has." in said(answer)


def test_before_booking_opens_and_before_approval_sessions_are_chosen(desk):
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    flow = make.workshop(event, title="Flow")

    answer = sent(desk, REGISTERED | {"is_member": "no"}, flow)

    assert had() == ("waiting", ["received"], {"Flow": "chosen"})
    assert "Flow: chosen for them, to be booked once they are approved." in said(answer)


def test_where_the_event_is_full_the_account_is_made_and_it_says_that_nothing_is_booked(desk):
    event = make.event(capacity=0)
    flow = make.workshop(event, title="Flow")

    answer = sent(desk, REGISTERED, flow)

    assert had() == ("active", ["waiting"], {})
    assert "waiting list of the event, so nothing can be booked yet" in said(answer)[1]


def test_without_a_registration_only_the_account_is_made(desk, event):
    answer = sent(desk, BO)

    assert had() == ("active", [], {})
    assert said(answer) == ["Bo has an account. We are emailing them how to log in."]


def test_nobody_is_registered_who_has_not_heard_the_code_of_conduct_and_what_was_typed_stays(desk, event):
    flow = make.workshop(event)

    answer = sent(desk, REGISTERED | {"heard_conduct": ""}, flow)

    assert list(answer.context["form"].errors) == ["heard_conduct"]
    assert 'value="bo@wards.example"' in flat(answer.text)
    assert re.search(rf'id="session-{flow.pk}"\s+checked', answer.text)
    assert not Member.objects.filter(email="bo@wards.example").exists()
    assert not Message.objects.exists()


def test_a_known_address_leads_to_its_owner_and_makes_nothing(desk, event):
    bo = make.member("Bo Bright", email="Bo@wards.example")

    answer = sent(desk, REGISTERED)

    assert f'href="/team/people/{bo.pk}/"' in answer.text
    assert answer.context["form"].errors["email"] == [
        "Bo Bright has an account with this address already. Help them on their own page."
    ]
    assert not Registration.objects.exists()


def test_an_address_that_somebody_can_still_bring_back_is_theirs(desk, sam):
    ada = make.member("Ada", email="bo@wards.example")
    addresses.correct(ada, "ada@home.example", by=sam, at=NOW)

    answer = sent(desk, BO)

    assert f'href="/team/people/{ada.pk}/"' in answer.text
    assert "This was the address of Ada until lately" in answer.text
    assert Member.objects.filter(email="bo@wards.example").count() == 0


def test_an_event_that_closed_while_they_spoke_is_no_other_event_and_all_that_was_typed_stays(desk, event):
    flow = make.workshop(event)
    carried = REGISTERED | {"event": event.slug, "needs": "Captions", "consents": "on"}
    make.event(title="Another")
    Event.objects.filter(pk=event.pk).update(registration_closes_at=NOW - timedelta(seconds=1))

    answer = sent(desk, carried, flow)

    assert "Nothing was made. Registration has closed." in answer.text
    assert "Captions" in answer.text
    assert re.search(rf'id="session-{flow.pk}"\s+checked', answer.text)
    assert not Member.objects.filter(email="bo@wards.example").exists()


def test_ticked_sessions_without_the_registration_are_asked_about(desk, event):
    answer = sent(desk, BO, make.workshop(event))

    assert list(answer.context["form"].errors) == ["register"]
    assert not Member.objects.filter(email="bo@wards.example").exists()


def test_a_session_that_closed_while_they_spoke_is_said_to_be_not_booked(desk, event):
    flow = make.workshop(event, title="Flow", booking_closes_at=NOW - timedelta(seconds=1))

    answer = sent(desk, REGISTERED, flow)

    assert "Flow: not booked. Booking for this session has closed." in said(answer)


@pytest.mark.parametrize("email", ["İ" * 40 + "@wards.example", "a" * 50 + "@" + "b" * 60 + ".example" * 20])
def test_an_address_that_no_mail_reaches_is_refused_beside_its_field(desk, event, email):
    answer = sent(desk, BO | {"email": email})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["email"]


def test_a_registration_that_is_refused_at_the_last_moment_leaves_no_account_behind(sam, event):
    Event.objects.filter(pk=event.pk).update(registration_closes_at=NOW)
    bo = {"name": "Bo", "email": "bo@wards.example"}

    with pytest.raises(RegistrationRefused):
        welcoming.welcome(bo, is_member=True, event=event, sessions=[], by=sam, at=NOW)

    assert not Member.objects.filter(email="bo@wards.example").exists()
    assert not Message.objects.exists()


def test_with_two_events_the_page_is_for_the_next_and_leads_to_the_other(desk, event):
    days = {
        "first_day": event.first_day + timedelta(days=30),
        "last_day": event.last_day + timedelta(days=30),
    }
    other = make.event(title="Another", code_of_conduct="", **days)

    pages = [desk.get(PAGE), desk.get(PAGE, {"event": other.slug})]
    sent(desk, BO | {"register": "on", "event": other.slug})

    assert [page.context["event"] for page in pages] == [event, other]
    assert f'href="?event={other.slug}"' in pages[0].text
    assert Registration.objects.get().event == other


def test_what_was_looked_for_in_vain_stands_in_the_form(desk, event):
    by_name, by_address = (desk.get(PAGE, {"q": words}).context["form"] for words in ("Bo B", "bo@x.example"))

    assert 'href="/team/people/">Change nothing' in flat(desk.get(PAGE).text)
    assert (by_name["name"].value(), by_name["email"].value()) == ("Bo B", None)
    assert (by_address["name"].value(), by_address["email"].value()) == (None, "bo@x.example")


def test_who_may_not_register_or_book_makes_accounts_alone(event):
    make.workshop(event)
    member = people.staff()
    wanted = Permission.objects.filter(codename__in=["change_member", "add_member"])
    member.user_permissions.set(wanted.filter(content_type__app_label="members"))
    client = Client()
    client.force_login(member)

    page = client.get(PAGE)
    sent(client, BO)

    assert "register" not in page.context["form"].fields
    assert page.context["days"] == []
    assert had() == ("active", [], {})


def test_a_second_press_of_the_same_form_makes_nobody_twice(desk, event):
    sent(desk, REGISTERED)

    again = sent(desk, REGISTERED)

    assert "has an account with this address already" in again.text
    assert Message.objects.filter(kind="account-made").count() == 1


class Caller:
    """Walks from page to page as somebody at the telephone does, and counts presses and fields."""

    def __init__(self, client: Client, path: str) -> None:
        self.client, self.presses, self.fields = client, 0, 0
        self.page = client.get(path)

    def follow(self, words: str) -> None:
        """Press the link with these words, which must be there."""
        links = re.findall(r'<a\b[^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.page.text, re.DOTALL)
        found = [href for href, said in links if words in flat(re.sub(r"<[^>]+>", "", said))]
        assert found, f"No link says {words!r}."
        self._go(self.client.get(found[0].replace("&amp;", "&")))

    def find(self, words: str) -> None:
        """Type into the one field of a search, and press."""
        action = re.findall(
            r'<form[^>]*role="search"[^>]*action="(/team/people/)"', self.page.text, re.DOTALL
        )
        self.fields += 1
        self._go(self.client.get(action[0], {"q": words}))

    def send(self, path: str, fields: dict[str, object]) -> None:
        """Fill these fields of the page's form in, which must have them, and press its button."""
        names = set(re.findall(r'name="([^"]+)"', self.page.text))
        assert set(fields) <= names, set(fields) - names
        self.fields += len(fields)
        self._go(self.client.post(path, fields, follow=True))

    def _go(self, answer) -> None:
        assert answer.status_code == 200
        self.presses += 1
        self.page = answer


def test_a_new_caller_is_registered_and_booked_in_five_presses_from_the_teams_front_page(desk, event):
    flow = make.workshop(event, title="Flow")
    caller = Caller(desk, "/team/")

    if 'role="search"' not in caller.page.text:
        caller.follow("Find a person")
    caller.find("bo@wards.example")
    caller.follow("A caller without an account")
    asked = {"name": "Bo", "is_member": "yes", "heard_conduct": "on", "session": flow.pk}
    assert caller.page.context["form"]["email"].value() == "bo@wards.example"
    caller.send(PAGE, asked | {"email": "bo@wards.example", "register": "on"})

    assert had() == ("active", ["confirmed"], {"Flow": "booked"})
    assert caller.presses <= 5
    # The address is filled in from the search, and the tick for registering is there already.
    assert caller.fields - 2 <= 5
