"""Bookings in the admin: made, cancelled and moved up by the rules."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from tests import make
from tests.admin_forms import errors
from tests.make import BY
from tests.markup import flat
from workshops.models import Booking, PlaceOverride, Workshop
from workshops.places import booking

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
BOOKINGS = reverse("admin:workshops_booking_changelist")


@pytest.fixture
def event() -> Event:
    """An event that lies ahead of the real clock, which the admin reads."""
    return make.event_ahead()


def test_booking_for_a_member_is_the_same_rule(admin, event):
    session = make.workshop(event, capacity=1)
    ada, bo = make.registration(event, make.member("Ada")), make.registration(event, make.member("Bo"))
    url = reverse("admin:workshops_booking_add")

    for one in (ada, bo):
        admin.post(url, {"member": one.member.email, "session": session.pk})

    assert list(Booking.objects.order_by("ticket").values_list("member__name", "status")) == [
        ("Ada", "booked"),
        ("Bo", "waiting"),
    ]


@pytest.mark.slow
def test_a_refused_booking_for_a_member_says_why(admin, event):
    early, late = make.workshop(event, hour=10), make.workshop(event, hour=10.5)
    ada = make.registration(event, make.member("Ada"))
    booking.book(early, ada, by=BY, at=timezone.now())

    response = admin.post(
        reverse("admin:workshops_booking_add"), {"member": ada.member.email, "session": late.pk}
    )

    assert errors(response) == {"__all__": [f"It is at the same time as “{early.title}”, which Ada has."]}
    assert Booking.objects.count() == 1


def test_a_booking_cannot_be_edited_by_hand(admin, event):
    session = make.workshop(event)
    one = booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=timezone.now())
    url = reverse("admin:workshops_booking_change", args=[one.pk])

    shown, posted = admin.get(url), admin.post(url, {"status": "cancelled"})

    one.refresh_from_db()
    assert (shown.status_code, posted.status_code, one.status) == (200, 403, "booked")


@pytest.mark.slow
def test_cancelling_a_booking_serves_the_line(admin, event, django_capture_on_commit_callbacks):
    session = make.workshop(event, capacity=1)
    ada, bo = (
        booking.book(session, make.registration(event, make.member(name)), by=BY, at=timezone.now())
        for name in "AB"
    )

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(BOOKINGS, {"action": "cancel", "_selected_action": [ada.pk], "confirmed": "1"})

    ada.refresh_from_db()
    bo.refresh_from_db()
    assert (ada.status, ada.ended, bo.status) == ("cancelled", "staff", "booked")


@pytest.mark.slow
def test_moving_up_needs_a_reason_and_is_recorded(admin, event):
    session = make.workshop(event, capacity=1)
    people = [make.registration(event, make.member(name)) for name in ("Ada", "Bo", "Cy")]
    last = [booking.book(session, one, by=BY, at=timezone.now()) for one in people][-1]
    chosen = {"action": "move_up", "_selected_action": [last.pk], "confirmed": "1"}

    without = admin.post(BOOKINGS, chosen | {"reason": " "})
    admin.post(BOOKINGS, chosen | {"reason": "Was cut off while booking"})

    line = Booking.objects.waiting().values_list("member__name", flat=True)
    assert "This field is required" in flat(without.content.decode())
    assert list(line) == ["Cy", "Bo"]
    assert PlaceOverride.objects.values_list("reason", "by__name", "ticket_before").get() == (
        "Was cut off while booking",
        "Alex",
        3,
    )


def test_a_booking_that_is_not_given_up_any_more_keeps_no_other(admin, event):
    begun = make.workshop(event, hour=9)
    ada, bo = make.registration(event, make.member("Ada")), make.registration(event, make.member("Bo"))
    kept = booking.book(begun, ada, by=BY, at=timezone.now())
    ended = booking.book(make.workshop(event), bo, by=BY, at=timezone.now())
    Workshop.objects.filter(session=begun).update(during=(timezone.now() - HOUR, timezone.now() + HOUR))

    chosen = {"action": "cancel", "_selected_action": [kept.pk, ended.pk], "confirmed": "1"}
    said = flat(admin.post(BOOKINGS, chosen, follow=True).text)

    assert f"“{begun.title}” has started, so what Ada has there stays as it is." in said
    assert "The bookings are cancelled." in said
    assert dict(Booking.objects.values_list("member__name", "status")) == {"Ada": "booked", "Bo": "cancelled"}


def test_nothing_is_booked_for_a_closed_account(admin, event):
    ada = make.registration(event, make.member("Ada", is_active=False))

    response = admin.post(
        reverse("admin:workshops_booking_add"),
        {"member": ada.member.email, "session": make.workshop(event).pk},
    )

    assert errors(response) == {"__all__": ["The account of Ada is closed, so nothing is booked for them."]}
    assert not Booking.objects.exists()
