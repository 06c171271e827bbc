"""What nobody gives up any more, and for whom nothing is booked: on every path."""

from datetime import timedelta

import pytest
import time_machine

from events import registration as registering
from events.models import Registration, Session
from members.models import Member
from members.privacy import erasure
from tests import invariants, letters, make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import full_with_line, offered, passed, places, registered, statuses
from workshops.models import Booking
from workshops.places import booking, choices
from workshops.places.refusals import AccountClosed, SessionStarted

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db
Status = Booking.Status


def starts(session: Session):
    """The first moment of a session."""
    return found(session.starts_at)


def test_a_place_is_given_up_until_the_very_second_at_which_its_session_starts():
    event = make.event()
    session = make.workshop(event)
    ada, bo = (booking.book(session, one, by=BY, at=NOW) for one in registered(event, "Ada", "Bo"))

    booking.cancel(bo, by=BY, at=starts(session) - SECOND)
    with pytest.raises(SessionStarted) as refused:
        booking.cancel(ada, by=BY, at=starts(session))

    assert statuses(ada, bo) == [Status.BOOKED, Status.CANCELLED]
    assert str(refused.value) == f"“{session.title}” has started, so what you have there stays as it is."
    assert refused.value.of("Ada") == f"“{session.title}” has started, so what Ada has there stays as it is."


def test_giving_up_twice_is_no_error_when_it_has_started_meanwhile():
    event = make.event()
    session = make.workshop(event)
    ada = booking.book(session, make.registration(event, make.member()), by=BY, at=NOW)
    booking.cancel(ada, by=BY, at=NOW)

    assert booking.cancel(ada, by=BY, at=starts(session)).status == Status.CANCELLED


def test_a_turn_in_line_stays_as_it_was_at_the_start():
    session, (bos,) = full_with_line(make.event(), "Bo")

    with pytest.raises(SessionStarted):
        booking.cancel(bos, by=BY, at=starts(session))

    assert (statuses(bos), places(session)) == ([Status.WAITING], (1, 0, 1))


def test_what_was_passed_stays_and_an_offer_is_not_declined_once_it_has_started():
    event = make.event()
    bos, _ = passed(event)
    cys, _ = offered(event, name="Cy", hour=14)

    with pytest.raises(SessionStarted):
        booking.cancel(bos, by=BY, at=starts(bos.session))
    with pytest.raises(SessionStarted):
        booking.decline(cys, by=BY, at=starts(cys.session))

    assert statuses(bos, cys) == [Status.PASSED, Status.OFFERED]


def test_a_choice_stays_once_it_has_started_and_is_taken_back_before():
    event = make.event(booking_opens_at=NOW + HOUR)
    ada = make.registration(event, make.member())
    early, late = (choices.choose(make.workshop(event, hour=hour), ada, by=BY, at=NOW) for hour in (10, 12))

    with pytest.raises(SessionStarted):
        choices.unchoose(early, by=BY, at=starts(early.session))
    choices.unchoose(late, by=BY, at=starts(early.session))
    choices.unchoose(late, by=BY, at=starts(late.session))

    assert list(Booking.objects.all()) == [early]


def test_what_is_under_way_is_left_for_what_begins_before_it_ends_and_for_nothing_else():
    event = make.event()
    ada = make.registration(event, make.member())
    long, short = make.workshop(event, hour=10, hours=6), make.workshop(event, hour=9)
    clashing = make.workshop(event, hour=14)
    in_long, in_short = (booking.book(one, ada, by=BY, at=NOW) for one in (long, short))
    now = starts(long) + HOUR

    with pytest.raises(SessionStarted):
        booking.swap([in_long, in_short], clashing, by=BY, at=now)
    before = statuses(in_long, in_short)
    swapped = booking.swap([in_long], clashing, by=BY, at=now)

    assert before == [Status.BOOKED, Status.BOOKED]
    assert statuses(in_long, in_short, swapped) == [Status.CANCELLED, Status.BOOKED, Status.BOOKED]


def test_a_registration_that_is_cancelled_on_the_day_leaves_what_has_started(client):
    event = make.event(slug="2026")
    began, ahead = make.workshop(event, title="Began"), make.workshop(event, hour=15, title="Ahead")
    ada = make.registration(event, make.member())
    was, will_be = (booking.book(one, ada, by=BY, at=NOW) for one in (began, ahead))
    client.force_login(ada.member)
    now = starts(began) + HOUR

    with time_machine.travel(now, tick=False):
        asked = client.get("/events/2026/cancel/").text
        client.post("/events/2026/cancel/")
    told = next(one for one in letters.deliver(now) if "cancelled" in one.subject)

    assert ("Ahead" in asked, "Began" in asked) == (True, False)
    assert (statuses(was, will_be), places(began), places(ahead)) == (
        [Status.BOOKED, Status.CANCELLED],
        (1, 0, 0),
        (0, 0, 0),
    )
    assert ("Ahead" in told.body, "Began" in told.body) == (True, False)
    assert invariants.broken() == []


def test_who_registers_once_more_still_has_what_they_were_in():
    event = make.event()
    session = make.workshop(event)
    was = booking.book(session, make.registration(event, make.member()), by=BY, at=NOW)
    later = starts(session) + HOUR

    registering.cancel(was.registration, by=BY, at=later)
    registering.register(event, was.member, by=BY, at=later)

    assert booking.book(make.workshop(event, hour=15), was.registration, by=BY, at=later).status == "booked"
    assert (statuses(was), invariants.broken()) == ([Status.BOOKED], [])


@pytest.mark.usefixtures("ordinary_monday")
def test_whoever_is_erased_on_the_day_was_there_all_the_same(settings, tmp_path):
    settings.ERASED_ROOT = tmp_path
    event = make.event()
    began, ahead = make.workshop(event), make.workshop(event, hour=15)
    ada = make.registration(event, make.member())
    was, will_be = (booking.book(one, ada, by=BY, at=NOW) for one in (began, ahead))

    erasure.erase(ada.member, by=BY, at=starts(began) + HOUR)

    assert statuses(was, will_be) == [Status.BOOKED, Status.CANCELLED]


def closed(registration: Registration) -> None:
    """Close their account."""
    Member.objects.filter(pk=registration.member_id).update(is_active=False)


def test_nothing_is_booked_swapped_or_chosen_for_a_closed_account():
    event = make.event()
    ada = make.registration(event, make.member())
    mine, other = make.workshop(event), make.workshop(event)
    chosen = make.workshop(make.event(booking_opens_at=NOW + HOUR))
    ahead = make.registration(chosen.event, ada.member)
    had = booking.book(mine, ada, by=BY, at=NOW)
    closed(ada)

    for act in (
        lambda: booking.book(other, ada, by=BY, at=NOW),
        lambda: booking.swap([had], other, by=BY, at=NOW),
        lambda: choices.choose(chosen, ahead, by=BY, at=NOW),
    ):
        with pytest.raises(AccountClosed) as refused:
            act()

    assert list(Booking.objects.live().values_list("session", "status")) == [(mine.pk, "booked")]
    assert str(refused.value) == "Your account is closed, so nothing can be booked."
    assert refused.value.of("Ada") == "The account of Ada is closed, so nothing is booked for them."


def test_no_offer_is_accepted_for_a_closed_account_and_its_places_can_be_given_up():
    bos, theirs = offered(make.event())
    closed(bos.registration)

    with pytest.raises(AccountClosed):
        booking.accept(bos, by=BY, at=NOW, replacing=[theirs])
    held = statuses(bos, theirs)
    booking.decline(bos, by=BY, at=NOW)
    booking.cancel(theirs, by=BY, at=NOW)

    assert held == [Status.OFFERED, Status.BOOKED]
    assert statuses(bos, theirs) == [Status.PASSED, Status.CANCELLED]


def test_a_place_that_comes_free_goes_past_a_closed_account_to_the_next_in_line():
    session, (bos, cys) = full_with_line(make.event(), "Bo", "Cy")
    closed(bos.registration)

    booking.cancel(Booking.objects.get(status=Status.BOOKED), by=BY, at=NOW)

    assert statuses(bos, cys) == [Status.PASSED, Status.BOOKED]
    assert places(session) == (1, 0, 0)
