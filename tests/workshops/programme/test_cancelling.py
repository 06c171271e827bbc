"""A session is cancelled as it was seen, and brought back before anybody is told: all is whose it was."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from events import registration as registering
from events.models import Event, Registration, Session
from notifications.models import Message
from tests import invariants, make
from tests.found import found
from tests.make import BY, NOW
from tests.races import edits
from tests.workshops.places import state
from tests.workshops.places.state import minutes, places, registered, statuses
from workshops.models import Booking, Cancellation, Workshop
from workshops.places import booking, choices, waiting_list
from workshops.places.refusals import BookingClosed
from workshops.programme import cancelling, capacity, changes
from workshops.programme.changes import ProgrammeRefused

pytestmark = pytest.mark.django_db

Status = Booking.Status


@pytest.fixture
def event() -> Event:
    return make.event()


@pytest.fixture
def huddle(event: Event) -> Session:
    """Two places, from 10 to 11 on the first day."""
    return make.workshop(event, capacity=2, title="The huddle")


def cancel(session: Session, at: datetime = NOW, reason: str = "Hana is ill.") -> None:
    seen = cancelling.look(now(session), at=at).fingerprint
    cancelling.cancel(session, reason, seen=seen, by=BY, at=at)


def now(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def everything(session: Session) -> list[Any]:
    """All that is known of a session's places and bookings, but for its number of changes."""
    fields = ("pk", "status", "ticket", "expires_at", "ended", "status_changed_at", "during", "is_promised")
    return [
        Workshop.objects.filter(session=session).values().get(),
        list(Booking.objects.filter(session=session).order_by("pk").values(*fields)),
        Session.objects.filter(pk=session.pk).values("status", "cancelled_because").get(),
    ]


def owed() -> int:
    return Message.objects.filter(kind="session-cancelled").count()


def lived_in(event: Event, huddle: Session) -> list[Booking]:
    """Somebody has booked, was passed, has an offer, waits, and has chosen, in this order."""
    ada, bo, cy, dan, eve, fay = registered(event, "Ada", "Bo", "Cy", "Dan", "Eve", "Fay")
    there = make.workshop(event, capacity=None)
    first, leaves, passed, offer, waits = [
        booking.book(huddle, one, by=BY, at=NOW) for one in (ada, bo, cy, dan, eve)
    ]
    for one in (cy, dan):
        booking.book(there, one, by=BY, at=NOW)
    booking.cancel(leaves, by=BY, at=NOW)
    booking.decline(Booking.objects.get(pk=passed.pk), by=BY, at=NOW)
    Session.objects.filter(pk=huddle.pk).update(booking_opens_at=NOW + timedelta(days=1))
    chosen = choices.choose(now(huddle), fay, by=BY, at=NOW)
    Session.objects.filter(pk=huddle.pk).update(booking_opens_at=None)
    return [first, passed, offer, waits, chosen]


def test_brought_back_everything_is_as_it_was(event, huddle):
    lived_in(event, huddle)
    before = everything(huddle)
    cancel(huddle, at=minutes(1))
    meanwhile = statuses(*Booking.objects.filter(session=huddle))

    to_decide = cancelling.bring_back(huddle, by=BY, at=minutes(10.9))

    assert {one["status"] for one in before[1]} == {one.value for one in Status} - {"contested"}
    assert set(meanwhile) == {"cancelled"}
    assert everything(huddle) == before
    assert (to_decide, owed()) == (0, 0)
    assert not Cancellation.objects.exists()
    assert invariants.broken() == []


def test_it_is_cancelled_at_once_for_everybody_who_looks(event, huddle):
    (ada,) = registered(event, "Ada")
    cancel(huddle)

    assert (now(huddle).status, now(huddle).cancelled_because) == ("cancelled", "Hana is ill.")
    with pytest.raises(BookingClosed):
        booking.book(huddle, ada, by=BY, at=minutes(1))


def test_the_emails_wait_for_ten_minutes(event, huddle):
    state.fill(huddle, waiting=1)
    make.host(huddle)

    cancel(huddle)

    assert set(Message.objects.filter(kind="session-cancelled").values_list("send_after", flat=True)) == {
        minutes(10)
    }
    assert owed() == 4


def test_after_ten_minutes_it_stays_cancelled(event, huddle):
    state.fill(huddle)
    cancel(huddle)

    with pytest.raises(cancelling.TooLate):
        cancelling.bring_back(huddle, by=BY, at=minutes(10))

    assert now(huddle).status == "cancelled"
    assert owed() == 2


def test_once_one_email_is_on_its_way_it_stays_cancelled(event, huddle):
    state.fill(huddle)
    cancel(huddle)
    first = Message.objects.filter(kind="session-cancelled").order_by("pk").values("pk")[:1]
    Message.objects.filter(pk__in=first).update(state=Message.State.SENDING, lease_until=minutes(9))

    with pytest.raises(cancelling.TooLate):
        cancelling.bring_back(huddle, by=BY, at=minutes(5))

    assert (now(huddle).status, owed()) == ("cancelled", 2)


@pytest.mark.parametrize("hours", [1.9, 0])
def test_within_two_hours_of_its_start_people_are_told_at_once(event, huddle, hours):
    state.fill(huddle)
    late = huddle.starts_at - timedelta(hours=hours)

    cancel(huddle, at=late)

    assert set(Message.objects.values_list("send_after", flat=True).filter(kind="session-cancelled")) == {
        late
    }
    with pytest.raises(cancelling.TooLate):
        cancelling.bring_back(huddle, by=BY, at=late)


def test_two_hours_before_it_can_still_be_brought_back(event, huddle):
    cancel(huddle, at=huddle.starts_at - timedelta(hours=2))

    cancelling.bring_back(huddle, by=BY, at=huddle.starts_at - timedelta(hours=1.9))

    assert now(huddle).is_published


def test_who_booked_elsewhere_meanwhile_keeps_both_and_decides(event, huddle):
    ada, bo = registered(event, "Ada", "Bo")
    hers, his = [booking.book(huddle, one, by=BY, at=NOW) for one in (ada, bo)]
    cancel(huddle)
    there = booking.book(make.workshop(event, hour=10.5), ada, by=BY, at=minutes(1))

    to_decide = cancelling.bring_back(huddle, by=BY, at=minutes(2))

    assert to_decide == 1
    assert statuses(hers, his, there) == [Status.CONTESTED, Status.BOOKED, Status.BOOKED]
    assert found(hers.expires_at) > minutes(60)
    assert Message.objects.filter(kind="agenda", member=ada.member).exists()
    assert places(huddle) == (2, 0, 0)
    assert invariants.broken() == []


def test_who_gave_up_the_other_of_two_to_decide_meanwhile_has_this_one_for_certain(event, huddle):
    (ada,) = registered(event, "Ada")
    hers = booking.book(huddle, ada, by=BY, at=NOW)
    there = booking.book(make.workshop(event, hour=14), ada, by=BY, at=NOW)
    changes.save_session(make.later(now(huddle), timedelta(hours=4)), by=BY, at=NOW)
    to_decide = statuses(hers, there)
    cancel(huddle, at=minutes(1))
    booking.cancel(there, by=BY, at=minutes(2))

    cancelling.bring_back(huddle, by=BY, at=minutes(3))

    assert to_decide == [Status.CONTESTED, Status.BOOKED]
    assert statuses(hers) == [Status.BOOKED]
    assert invariants.broken() == []


def clash(event: Event, huddle: Session) -> tuple[Booking, Booking]:
    """What Ada has booked, and the place that is to decide beside it, since that session moved there."""
    (ada,) = registered(event, "Ada")
    stays = booking.book(huddle, ada, by=BY, at=NOW)
    moves = booking.book(make.workshop(event, hour=14), ada, by=BY, at=NOW)
    changes.save_session(make.later(now(moves.session), timedelta(hours=-4)), by=BY, at=NOW)
    return stays, moves


def test_what_is_to_decide_beside_it_stays_so_until_people_are_told(event, huddle):
    stays, moves = clash(event, huddle)
    moves.refresh_from_db()
    deadline = moves.expires_at
    cancel(huddle, at=minutes(1))
    waiting_list.sweep(at=minutes(2))
    waiting_list.wait_again([moves.member_id], moves.during, at=minutes(2))
    meanwhile = statuses(stays, moves)

    to_decide = cancelling.bring_back(huddle, by=BY, at=minutes(3))

    assert meanwhile == [Status.CANCELLED, Status.CONTESTED]
    assert statuses(stays, moves) == [Status.BOOKED, Status.CONTESTED]
    assert (to_decide, moves.expires_at) == (0, deadline)
    assert invariants.broken() == []


def test_once_people_are_told_what_was_to_decide_beside_it_is_for_certain(event, huddle):
    stays, moves = clash(event, huddle)
    cancel(huddle, at=minutes(1))

    cancelling.settle(at=minutes(11))

    assert statuses(stays, moves) == [Status.CANCELLED, Status.BOOKED]
    assert invariants.broken() == []


def test_a_place_to_decide_has_its_deadline_again(event, huddle):
    _, moves = clash(event, huddle)
    moves.refresh_from_db()
    deadline = moves.expires_at
    cancel(moves.session, at=minutes(1))

    cancelling.bring_back(moves.session, by=BY, at=minutes(9))

    moves.refresh_from_db()
    assert (moves.status, moves.expires_at) == (Status.CONTESTED, deadline)


def test_who_cancelled_their_registration_meanwhile_stays_out_and_the_line_moves(event, huddle):
    state.fill(huddle, waiting=1)
    first = Booking.objects.booked().filter(session=huddle).order_by("pk")[0]
    waits = Booking.objects.waiting().get(session=huddle)
    cancel(huddle)
    registering.cancel(first.registration, by=BY, at=minutes(1))

    cancelling.bring_back(huddle, by=BY, at=minutes(2))

    assert statuses(first, waits) == [Status.CANCELLED, Status.BOOKED]
    assert places(huddle) == (2, 0, 0)
    assert invariants.broken() == []


def test_an_offer_that_lapsed_meanwhile_has_time_again(event, huddle):
    _, _, offer, *_ = lived_in(event, huddle)
    Booking.objects.filter(pk=offer.pk).update(expires_at=minutes(5))
    cancel(huddle, at=minutes(1))

    cancelling.bring_back(huddle, by=BY, at=minutes(9))

    offer.refresh_from_db()
    assert offer.status == Status.OFFERED
    assert found(offer.expires_at) > minutes(60)


def test_who_was_passed_for_its_time_elsewhere_waits_again_once_it_is_told(event, huddle):
    ada, bo = registered(event, "Ada", "Bo")
    there = make.workshop(event, capacity=1, hour=10.5)
    taken = booking.book(there, bo, by=BY, at=NOW)
    booking.book(huddle, ada, by=BY, at=NOW)
    waits = booking.book(there, ada, by=BY, at=NOW)
    booking.cancel(taken, by=BY, at=NOW)
    booking.decline(Booking.objects.get(pk=waits.pk), by=BY, at=NOW)
    changes.save_session(edits.cancelled(huddle), by=BY, at=NOW)
    during = statuses(waits)
    early = cancelling.settle(at=minutes(9))

    done = cancelling.settle(at=minutes(10))

    assert (during, early, done) == ([Status.PASSED], 0, 1)
    assert statuses(waits) == [Status.BOOKED]
    assert Cancellation.objects.values_list("bookings", "settled_at").get() == ([], minutes(10))
    assert cancelling.settle(at=minutes(11)) == 0


def test_where_it_touches_others_by_now_it_is_not_cancelled(event, huddle):
    seen = cancelling.look(huddle, at=NOW).fingerprint
    (ada,) = registered(event, "Ada")
    booking.book(huddle, ada, by=BY, at=NOW)

    with pytest.raises(cancelling.NotWhatWasSeen) as refusal:
        cancelling.cancel(huddle, "Why", seen=seen, by=BY, at=NOW)

    assert refusal.value.effects.booked == 1
    assert now(huddle).is_published


def test_cancelling_and_bringing_back_twice_are_no_errors(event, huddle):
    state.fill(huddle)
    cancel(huddle)
    cancelling.cancel(huddle, "Again", seen="", by=BY, at=minutes(1))
    cancelling.bring_back(huddle, by=BY, at=minutes(2))
    cancelling.bring_back(huddle, by=BY, at=minutes(20))

    assert (now(huddle).status, places(huddle)) == ("published", (2, 0, 0))


def test_cancelled_again_it_is_told_again(event, huddle):
    state.fill(huddle)
    cancel(huddle)
    cancelling.bring_back(huddle, by=BY, at=minutes(1))

    cancel(huddle, at=minutes(2))

    assert owed() == 2


def test_what_is_over_is_not_cancelled_and_those_who_were_there_keep_it(event, huddle):
    state.fill(huddle)
    over = found(huddle.ends_at)

    with pytest.raises(changes.SessionIsOver):
        cancel(huddle, at=over)

    assert places(huddle) == (2, 0, 0)
    cancel(huddle, at=over - timedelta(minutes=1))
    assert not now(huddle).is_published


def test_a_draft_is_not_cancelled(event):
    draft = make.workshop(event, status="draft")

    with pytest.raises(ProgrammeRefused, match="Only a published session"):
        cancelling.cancel(draft, "Why", seen="", by=BY, at=NOW)


def test_it_does_not_come_back_to_fewer_places_than_people_had(event, huddle):
    state.fill(huddle)
    cancel(huddle)
    capacity.set_capacity(huddle, 1, by=BY, at=minutes(1))

    with pytest.raises(ProgrammeRefused, match="It had 2 people in it, and has 1 places now"):
        cancelling.bring_back(huddle, by=BY, at=minutes(2))

    assert (now(huddle).status, owed()) == ("cancelled", 2)


def test_what_was_changed_since_is_not_brought_back(event, huddle):
    state.fill(huddle)
    cancel(huddle)
    moved = make.later(now(huddle), timedelta(hours=1))
    changes.save_session(moved, by=BY, at=minutes(1))

    with pytest.raises(cancelling.TooLate):
        cancelling.bring_back(huddle, by=BY, at=minutes(2))


def test_publishing_it_elsewhere_would_lose_its_people_and_is_refused_until_they_are_told(event, huddle):
    state.fill(huddle)
    cancel(huddle)
    again = now(huddle)
    again.status = Session.Status.PUBLISHED

    with pytest.raises(ProgrammeRefused, match="Press “Bring it back”"):
        changes.save_session(again, by=BY, at=minutes(2))

    cancelling.settle(at=minutes(10))
    changes.save_session(again, by=BY, at=minutes(11))
    assert (now(huddle).is_published, now(huddle).cancelled_because) == (True, "")


def test_a_choice_of_somebody_who_waits_for_approval_comes_back(event, huddle):
    ada = make.registration(
        event, make.member("Ada", membership="waiting"), status=Registration.Status.RECEIVED
    )
    hers = choices.choose(huddle, ada, by=BY, at=NOW)
    cancel(huddle)

    cancelling.bring_back(huddle, by=BY, at=minutes(1))

    hers.refresh_from_db()
    assert (hers.status, hers.is_promised) == (Status.CHOSEN, True)


def test_places_that_came_free_meanwhile_go_to_the_line(event, huddle):
    state.fill(huddle, waiting=2)
    waiting_list.serve(huddle.pk, at=NOW)
    cancel(huddle)
    capacity.set_capacity(huddle, 3, by=BY, at=minutes(1))

    cancelling.bring_back(huddle, by=BY, at=minutes(2))

    assert places(huddle) == (3, 0, 1)
    assert invariants.broken() == []
