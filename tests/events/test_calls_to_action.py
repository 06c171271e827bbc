"""What each reader is told about an event and where the button leads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events.calls_to_action import CallToAction, Link, Standing, call_to_action, standing_of
from events.models import Event, EventPlaces, Registration
from members.models import Member, SiteSettings
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
OVER = "This event is over. Thank you to everybody who took part."
REGISTER = Link("Register for the event", "/events/2026/register/")
YOURS = Link("Your registration", "/events/2026/register/")
CONTACT = Link("Contact the Q team", "/contact/")


def asked(event: Event, member: Member | None = None, at: datetime = NOW) -> CallToAction:
    """What a reader is told at a moment."""
    fresh = Event.objects.select_related("places").get(pk=event.pk)
    return call_to_action(standing_of(fresh, member), SiteSettings(), at=at)


def an_event(**fields: Any) -> Event:
    return make.event(**({"slug": "2026"} | fields))


def test_a_visitor_is_led_through_making_an_account_and_back_to_registering():
    event = an_event()

    call = asked(event)

    assert call == CallToAction(
        "The event is for members. To register you need an account, which takes a minute.",
        Link("Register for the event", "/accounts/signup/?next=%2Fevents%2F2026%2Fregister%2F"),
        Link("Log in", "/accounts/login/?next=%2Fevents%2F2026%2Fregister%2F"),
    )


def test_a_visitor_hears_that_an_event_is_open_to_everyone():
    event = an_event(audience=Event.Audience.EVERYONE)

    call = asked(event)

    assert (
        call.says == "The event is open to everyone. To register you need an account, which takes a minute."
    )


def test_a_member_is_offered_to_register():
    event = an_event()

    call = asked(event, make.member("Ada"))

    assert call == CallToAction("", REGISTER, is_to_register=True)


def test_a_person_waiting_for_approval_may_register_and_hears_when_it_counts():
    event = an_event()
    ada = make.member("Ada", membership=Member.Membership.WAITING)

    call = asked(event, ada)

    assert call == CallToAction(
        "Your membership is waiting for approval, usually within two working days. "
        "You can register now: it is confirmed when your membership is approved.",
        REGISTER,
        is_to_register=True,
    )


@pytest.mark.parametrize(
    ("membership", "says"),
    [
        (
            Member.Membership.ENDED,
            "Your membership has ended, so you cannot register for this event. "
            "To take it up again, contact the Q team.",
        ),
        (
            Member.Membership.DECLINED,
            "Your membership was not approved, so you cannot register for this event. "
            "If you think this is wrong, contact the Q team.",
        ),
    ],
)
def test_who_may_not_register_hears_why_and_what_to_do(membership: str, says: str):
    event = an_event()
    ada = make.member("Ada", membership=membership)

    call = asked(event, ada)

    assert call == CallToAction(says, CONTACT)


def test_an_event_for_everyone_is_also_for_those_whose_membership_has_ended():
    event = an_event(audience=Event.Audience.EVERYONE)
    ada = make.member("Ada", membership=Member.Membership.ENDED)

    call = asked(event, ada)

    assert call == CallToAction("", REGISTER, is_to_register=True)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (0, "The event is full. You can join its waiting list."),
        (1, "The event is full and 1 person is waiting. You can join the waiting list."),
        (1200, "The event is full and 1,200 people are waiting. You can join the waiting list."),
    ],
)
def test_a_full_event_offers_its_waiting_list(line: int, says: str):
    event = an_event(capacity=2)
    EventPlaces.objects.filter(event=event).update(taken=2, line=line)

    call = asked(event, make.member("Ada"))

    assert call == CallToAction(
        says, Link("Join the waiting list", "/events/2026/register/"), is_to_register=True
    )


def test_an_event_whose_places_were_never_written_down_has_no_limit():
    event = an_event()
    EventPlaces.objects.all().delete()

    call = asked(event, make.member("Ada"))

    assert call == CallToAction("", REGISTER, is_to_register=True)


def test_registration_opens_to_the_second():
    event = an_event(registration_opens_at=NOW)
    ada = make.member("Ada")

    assert asked(event, ada, NOW - SECOND) == CallToAction(
        "Registration opens Monday 2 November, 10:00 (UK and Ireland time)."
    )
    assert asked(event, ada, NOW) == CallToAction("", REGISTER, is_to_register=True)


def test_a_visitor_can_log_in_before_registration_opens():
    event = an_event(registration_opens_at=NOW)

    call = asked(event, at=NOW - SECOND)

    assert call.button is None
    assert call.also == Link("Log in", "/accounts/login/?next=%2Fevents%2F2026%2F")


def test_registration_closes_to_the_second():
    event = an_event(registration_closes_at=NOW)
    ada = make.member("Ada")

    assert asked(event, ada, NOW - SECOND) == CallToAction("", REGISTER, is_to_register=True)
    assert asked(event, ada, NOW) == CallToAction("Registration has closed.")


def test_an_event_is_over_when_its_last_day_has_ended_in_its_own_zone():
    event = an_event(time_zone="America/New_York")
    midnight = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

    assert asked(event, make.member("Ada"), midnight - SECOND).button == REGISTER
    assert asked(event, make.member("Bo"), midnight) == CallToAction(OVER)


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Event.Status.CANCELLED, "This event has been cancelled."),
        (Event.Status.ARCHIVED, OVER),
        (Event.Status.DRAFT, "Registration is not open."),
    ],
)
def test_an_event_that_takes_no_registrations_says_so(status: str, says: str):
    event = an_event(status=status)

    call = asked(event, make.member("Ada"))

    assert call == CallToAction(says)


def test_a_registered_member_builds_their_agenda_once_booking_has_opened():
    event = an_event(booking_opens_at=NOW)
    ada = make.member("Ada")
    make.registration(event, ada)

    assert asked(event, ada, NOW - SECOND) == CallToAction(
        "You are registered. Booking opens Monday 2 November, 10:00 (UK and Ireland time).",
        Link("Choose your sessions", "/events/2026/agenda/"),
        YOURS,
    )
    assert asked(event, ada, NOW) == CallToAction(
        "You are registered.", Link("Build your agenda", "/events/2026/agenda/"), YOURS
    )


def test_a_registered_member_sees_their_agenda_after_booking_has_closed():
    event = an_event(booking_closes_at=NOW)
    ada = make.member("Ada")
    make.registration(event, ada)

    call = asked(event, ada)

    assert call == CallToAction(
        "You are registered. Booking has closed.", Link("See your agenda", "/events/2026/agenda/"), YOURS
    )


def test_a_membership_that_ends_later_leaves_the_registration_in_force():
    event = an_event()
    ada = make.member("Ada", membership=Member.Membership.ENDED)
    make.registration(event, ada)

    call = asked(event, ada)

    assert call.says == "You are registered."


def test_after_the_event_only_those_who_came_are_led_to_their_agenda():
    event = an_event(status=Event.Status.ARCHIVED)
    ada = make.member("Ada")
    make.registration(event, ada)

    call = asked(event, ada)

    watch = Link("Watch on demand", "/events/2026/on-demand/")
    assert call == CallToAction(OVER, Link("See your agenda", "/events/2026/agenda/"), watch)


def test_a_registration_that_is_received_waits_for_the_membership():
    event = an_event()
    ada = make.member("Ada", membership=Member.Membership.WAITING)
    make.registration(event, ada, status=Registration.Status.RECEIVED)

    call = asked(event, ada)

    assert call == CallToAction(
        "We have your registration. It is confirmed when your membership is approved, "
        "usually within two working days.",
        Link("Choose your sessions", "/events/2026/agenda/"),
        YOURS,
    )


def test_who_waits_for_a_place_at_the_event_is_told_their_position():
    event = an_event(capacity=0)
    for ticket, name in enumerate(["Ada", "Bo", "Cy"], start=1):
        waiting = make.registration(
            event, make.member(name), status=Registration.Status.WAITING, ticket=ticket
        )

    call = asked(event, waiting.member)

    assert call == CallToAction(
        "You are 3rd on the waiting list of the event. We will email you if a place comes free.", None, YOURS
    )


def test_a_cancelled_registration_is_as_none():
    event = an_event()
    ada = make.member("Ada")
    make.registration(event, ada, status=Registration.Status.CANCELLED)

    call = asked(event, ada)

    assert call == CallToAction("", REGISTER, is_to_register=True)


def test_a_standing_is_looked_up_in_one_query(django_assert_num_queries: Any):
    event, ada = an_event(), make.member("Ada")
    make.registration(event, ada)

    with django_assert_num_queries(1):
        mine = standing_of(event, ada)

    assert mine.is_registered
    assert not Standing(event).is_registered
