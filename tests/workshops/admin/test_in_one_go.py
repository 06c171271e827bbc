"""Somebody has rung: they are added, mailed, registered and booked; a refusal speaks of them."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from members.models import Member
from notifications.models import Message
from tests import letters, make
from tests.admin_forms import errors
from tests.make import BY
from tests.markup import flat
from workshops.models import Booking
from workshops.places import booking

pytestmark = pytest.mark.django_db

ADD, BOOK = reverse("admin:members_member_add"), reverse("admin:workshops_booking_add")
REGISTER = reverse("admin:events_registration_add")
ADA = {"name": "Ada", "email": "ada@example.org", "region": ""}


@pytest.fixture
def event() -> Event:
    """An event that lies ahead of the real clock, which the admin reads."""
    return make.event_ahead()


def bookings() -> list[tuple[str, str]]:
    return list(Booking.objects.values_list("member__name", "status"))


@pytest.mark.slow
def test_a_person_who_was_added_is_a_member_is_mailed_registered_and_booked(admin, event):
    session = make.workshop(event)

    added = admin.post(ADD, ADA | {"is_member": "yes"}, follow=True)
    ada = Member.objects.get(name="Ada")
    link = f"{BOOK}?member={ada.pk}"
    form = admin.get(link).text
    admin.post(BOOK, {"member": ada.email, "session": session.pk, "has_accepted": "on"})

    assert ada.is_member
    assert f'<a href="{link}">Register Ada for an event and book a place</a>' in flat(added.text)
    assert 'value="Ada &lt;ada@example.org&gt;"' in form
    assert bookings() == [("Ada", "booked")]
    assert set(Message.objects.values_list("kind", flat=True)) == {"account-made", "registered", "agenda"}


@pytest.mark.slow
def test_who_was_added_gets_their_letters_before_they_have_logged_in_once(admin, event):
    session = make.workshop(event)
    admin.post(ADD, ADA | {"is_member": "yes"})
    ada = Member.objects.get(name="Ada")

    page = admin.get(reverse("admin:members_member_change", args=[ada.pk])).text
    booked = admin.post(BOOK, {"member": ada.email, "session": session.pk, "has_accepted": "on"}, follow=True)
    sent = letters.deliver(timezone.now() + timedelta(hours=1))

    assert "address not confirmed; emails go there, because the team wrote it" in page
    assert "gets no emails" not in booked.text
    assert [one.subject for one in sent if one.to == ["ada@example.org"]] == [
        "You have an account with Q community",
        f"You are registered for {event.title}",
        f"Your agenda for {event.title}",
    ]


@pytest.mark.slow
def test_of_who_never_confirmed_the_address_themselves_the_page_says_that_no_letter_comes(admin, event):
    session = make.workshop(event)
    ada = make.member("Ada", email="ada@example.org")
    EmailAddress.objects.filter(user=ada).update(verified=False)

    page = admin.get(reverse("admin:members_member_change", args=[ada.pk])).text
    booked = admin.post(BOOK, {"member": ada.email, "session": session.pk, "has_accepted": "on"}, follow=True)
    registered = admin.post(
        REGISTER, {"event": make.event_ahead().pk, "member": ada.email, "has_accepted": "on"}, follow=True
    )
    sent = letters.deliver(timezone.now() + timedelta(hours=1))

    warning = "Ada gets no emails about it until they log in and confirm ada@example.org. Tell them."
    assert "address not confirmed, so no emails go there" in page
    assert (warning in booked.text, warning in registered.text, sent) == (True, True, [])


def test_whether_they_are_a_member_is_asked(admin):
    answer = admin.post(ADD, ADA)

    assert list(errors(answer)) == ["is_member"]
    assert not Member.objects.filter(name="Ada").exists()


def test_who_is_not_registered_is_registered_only_where_that_was_ticked(admin, event):
    session = make.workshop(event)
    ada = make.member("Ada")

    answer = admin.post(BOOK, {"member": ada.email, "session": session.pk})

    assert errors(answer) == {
        "member": [f"Ada is not registered for {event}. Tick the box below to register them."]
    }
    assert not ada.registrations.exists()


@pytest.mark.slow
def test_where_nothing_can_be_booked_nobody_is_registered_either(admin, event):
    early, late = make.workshop(event, hour=10), make.workshop(make.event_ahead(), hour=10.5)
    ada = make.member("Ada")
    booking.book(early, make.registration(event, ada), by=BY, at=timezone.now())

    answer = admin.post(BOOK, {"member": ada.email, "session": late.pk, "has_accepted": "on"})

    assert errors(answer) == {"__all__": [f"It is at the same time as “{early.title}”, which Ada has."]}
    assert ada.registrations.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("membership", "says"),
    [
        ("ended", "The membership of Ada has ended. Reinstate it, then register them."),
        ("declined", "The membership of Ada was not approved. Approve it, then register them."),
        ("waiting", "Ada waits for approval, so nothing can be booked yet."),
    ],
)
def test_a_refusal_to_the_team_speaks_of_the_member(admin, event, membership, says):
    session = make.workshop(event)
    ada = make.member("Ada", membership=membership)

    answer = admin.post(BOOK, {"member": ada.email, "session": session.pk, "has_accepted": "on"})

    assert errors(answer) == {"__all__": [says]}
    assert not ada.registrations.exists()
    assert bookings() == []


def test_a_refused_registration_speaks_of_the_member_too(admin, event):
    ada = make.member("Ada", membership="ended")

    answer = admin.post(REGISTER, {"event": event.pk, "member": ada.email, "has_accepted": "on"})

    assert errors(answer) == {
        "__all__": ["The membership of Ada has ended. Reinstate it, then register them."]
    }
