"""Who has, waits for or gave up a place, and of each in line why they have not moved up."""

from datetime import datetime, timedelta

import pytest

from events.models import Event, Session
from members.models import Erasure
from team.sessions.people import People, people
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places import state
from tests.workshops.places.state import minutes
from workshops.models import Booking
from workshops.places import booking, choices, waiting_list

pytestmark = pytest.mark.django_db


def now(session: Session, at: datetime = NOW) -> People:
    return people(Session.objects.select_related("event").get(pk=session.pk), at=at)


def line(session: Session) -> list[tuple[str, int | None, str]]:
    return [(one.member.name, one.position, one.note) for one in now(session).line]


def book(session: Session, *names: str) -> list[Booking]:
    return [booking.book(session, one, by=BY, at=NOW) for one in state.registered(session.event, *names)]


def test_the_booked_stand_by_name_whatever_its_marks_and_capitals(event):
    session = make.workshop(event)
    book(session, "zoe", "Ötzi", "ada", "Émile")

    assert [one.member.name for one in now(session).booked] == ["ada", "Émile", "Ötzi", "zoe"]


def test_the_line_stands_by_ticket_with_the_positions_that_members_see(huddle):
    book(huddle, "Ada", "Bo", "Zoe", "Cy")

    assert line(huddle) == [("Zoe", 1, "The next place that comes free is theirs."), ("Cy", 2, "")]
    assert now(huddle).waiting == 2


def test_who_has_something_at_that_time_is_told_what_a_place_would_do(event, huddle):
    other = make.workshop(event, title="Letters", hour=10.5)
    *_, cy, di, _ = book(huddle, "Ada", "Bo", "Cy", "Di", "Ed")
    booking.book(other, cy.registration, by=BY, at=NOW)
    make.host(make.session(event, title="Rivers"), email=di.member.email.upper())
    make.host(make.session(event, title="Later", hour=11), "Di too", member=di.member)

    assert line(huddle) == [
        ("Cy", 1, "A place would be held for them to decide: it overlaps “Letters”."),
        ("Di", 2, "A place would pass them by: they host “Rivers” at that time."),
        ("Ed", 3, ""),
    ]


def test_who_waits_for_what_has_begun_or_is_hidden_gets_no_place(event, huddle):
    book(huddle, "Ada", "Bo", "Cy")
    begun = now(huddle, found(huddle.starts_at)).line[0].note
    type(event).objects.update(status="draft")

    assert begun == "It has begun, so no place is given any more."
    assert line(huddle) == [("Cy", 1, "No place is given while the session or its event is not published.")]


def test_who_was_erased_leads_nowhere(huddle):
    ada, _bo = book(huddle, "Ada", "Bo")
    Erasure.objects.create(member=ada.member, asked_at=NOW, due_at=NOW, done_at=NOW)

    assert [(one.member.name, bool(one.page)) for one in now(huddle).booked] == [("Ada", False), ("Bo", True)]


def offered(event: Event, session: Session) -> Booking:
    """Cy's offer, which overlaps what she has, and a place that Ada has given up."""
    ada, _, cy = book(session, "Ada", "Bo", "Cy")
    booking.book(make.workshop(event, title="Letters"), cy.registration, by=BY, at=NOW)
    booking.cancel(ada, by=BY, at=minutes(1))
    cy.refresh_from_db()
    return cy


def test_an_offer_says_until_when_it_is_held(event, huddle):
    offered(event, huddle)

    assert line(huddle) == [
        (
            "Cy",
            None,
            "A place is held for them until Tue 3 Nov, 10:01. It overlaps “Letters”, which they have booked.",
        )
    ]


def test_who_was_passed_says_how_their_turn_ended(event, huddle):
    cy = offered(event, huddle)
    booking.decline(cy, by=cy.member, at=minutes(2))
    assert line(huddle)[0][2].startswith("Declined the place that was held.")

    booking.book(huddle, cy.registration, by=BY, at=minutes(3))
    waiting_list.expire_offers(huddle.pk, at=NOW + timedelta(days=2))
    assert line(huddle)[0][2].startswith("Did not accept the place in time.")


def test_who_hosts_at_that_time_was_passed_over(event, huddle):
    ada, _, cy = book(huddle, "Ada", "Bo", "Cy")
    make.host(make.session(event, title="Rivers"), member=cy.member)

    booking.cancel(ada, by=BY, at=minutes(1))

    assert line(huddle) == [("Cy", None, "Could not take the place. They host “Rivers” at that time.")]


def test_who_gave_up_stands_apart_with_the_reason_and_who_was_moved_up_says_so(huddle, tess):
    ada, _, cy, di = book(huddle, "Ada", "Bo", "Cy", "Di")
    waiting_list.move_up(di, at=NOW, by=tess, reason="Signs for a colleague.")
    booking.cancel(cy, by=BY, at=minutes(1), ended=Booking.Ended.BY_STAFF)

    assert line(huddle) == [("Di", 1, "The next place that comes free is theirs. Moved up by the team.")]
    assert [(one.member.name, one.note) for one in now(huddle).over] == [("Cy", "By the team.")]
    assert [one.member.name for one in now(huddle).booked] == [ada.member.name, "Bo"]


def test_choices_before_booking_opens_are_counted():
    event = make.event(booking_opens_at=NOW + timedelta(days=1))
    session = make.workshop(event)
    for one in make.crowd(event, 3):
        choices.choose(session, one, by=BY, at=NOW)

    assert now(session).chosen == 3
