"""An event was called off and is brought back: who had until a moment has time again."""

from datetime import timedelta

import pytest

from common.times import format_moment
from events import cancellation, publishing
from events.models import CallingOff, Registration
from notifications.models import Message
from tests import letters, make
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.places.state import Status, offered, places, statuses
from workshops.models import Booking
from workshops.places import booking, contested, waiting_list
from workshops.places.deadlines import decision_deadline, offer_deadline
from workshops.programme import changes

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def called_off(event, until):
    """The event, called off five minutes before that moment, is brought back four minutes after it."""
    cancellation.cancel_event(event, by=BY, at=until - 5 * MINUTE)
    back = until + 4 * MINUTE
    waiting_list.sweep(at=until + MINUTE)
    waiting_list.serve(Booking.objects.filter(status__in=waiting_list.HELD)[0].session_id, at=until + MINUTE)
    cancellation.bring_back(event, by=BY, at=back)
    waiting_list.sweep(at=back)
    return back


def test_an_offer_that_lapsed_meanwhile_is_held_as_if_it_were_made_now():
    event = make.event()
    bos, _ = offered(event)
    before = places(bos.session)

    back = called_off(event, until=found(bos.expires_at))

    assert statuses(bos) == [Status.OFFERED]
    assert bos.expires_at == offer_deadline(back, bos.during.lower, event.zone)
    assert places(bos.session) == before


def test_an_offer_with_no_more_time_left_than_stood_still_has_more_and_others_keep_theirs():
    event = make.event()
    (bos, _), (cys, _) = offered(event), offered(event, name="Cy", hour=14)
    soon, later = NOW + 9 * MINUTE, found(cys.expires_at)
    Booking.objects.filter(pk=bos.pk).update(expires_at=soon)
    cancellation.cancel_event(event, by=BY, at=NOW)
    Message.objects.all().delete()

    cancellation.bring_back(event, by=BY, at=NOW + 8 * MINUTE)

    assert statuses(bos, cys) == [Status.OFFERED, Status.OFFERED]
    assert bos.expires_at == offer_deadline(NOW + 8 * MINUTE, bos.during.lower, event.zone)
    assert cys.expires_at == later
    assert [one.member for one in Message.objects.filter(kind="place-offered")] == [bos.member]


@pytest.mark.parametrize("was_told", [True, False])
def test_who_has_more_time_to_accept_is_told_until_when_once(was_told):
    event = make.event()
    bos, _ = offered(event)
    if was_told:
        letters.deliver(NOW)
    until = found(bos.expires_at)
    cancellation.cancel_event(event, by=BY, at=until - 5 * MINUTE)
    letters.deliver(until - 4 * MINUTE)
    cancellation.bring_back(event, by=BY, at=until - MINUTE)

    told = [one for one in letters.deliver(until) if one.to == [bos.member.email]]

    bos.refresh_from_db()
    assert len(told) == 1
    assert format_moment(found(bos.expires_at), event.time_zone) in flat(str(told[0].body))


def test_who_had_two_places_to_decide_between_has_both_and_time_again():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    moved, other = make.workshop(event, hour=10), make.workshop(event, hour=12)
    theirs = booking.book(moved, ada, by=BY, at=NOW)
    booking.book(other, ada, by=BY, at=NOW)
    moved.starts_at, moved.ends_at = other.starts_at, other.ends_at
    changes.save_session(moved, by=BY, at=NOW)
    theirs.refresh_from_db()

    back = called_off(event, until=found(theirs.expires_at))

    assert statuses(theirs) == [Status.CONTESTED]
    assert theirs.expires_at == decision_deadline(back, [found(other.starts_at)], event.zone)


def test_nothing_to_decide_ends_by_itself_while_the_event_is_called_off():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    moved, other = make.workshop(event, hour=10), make.workshop(event, hour=12)
    theirs = booking.book(moved, ada, by=BY, at=NOW)
    booking.book(other, ada, by=BY, at=NOW)
    moved.starts_at, moved.ends_at = other.starts_at, other.ends_at
    changes.save_session(moved, by=BY, at=NOW)
    theirs.refresh_from_db()
    over = found(theirs.expires_at) + MINUTE
    cancellation.cancel_event(event, by=BY, at=NOW)

    assert theirs not in contested.due(over)
    assert contested.judge(theirs.pk, ada.pk, at=over) is None
    assert statuses(theirs) == [Status.CONTESTED]


def saved_as(event, status, at):
    event.refresh_from_db()
    event.status = status
    publishing.save_event(event, by=BY, at=at, may_open_at_once=True)


@pytest.mark.parametrize("meanwhile", [[], ["archived"]], ids=["cancelled", "archived meanwhile"])
def test_who_had_time_has_it_again_also_where_the_event_is_published_again_in_its_record(meanwhile):
    event = make.event()
    bos, _ = offered(event)
    cancellation.cancel_event(event, by=BY, at=NOW + MINUTE)
    cancellation.tell(at=NOW + 12 * MINUTE)
    back = found(bos.expires_at) + 4 * MINUTE

    for status in [*meanwhile, "published"]:
        saved_as(event, status, back)
    waiting_list.sweep(at=back + MINUTE)

    assert statuses(bos) == [Status.OFFERED]
    assert bos.expires_at == offer_deadline(back, bos.during.lower, event.zone)
    assert not CallingOff.objects.exists()


@pytest.mark.parametrize("status", ["archived", "draft"])
def test_nobody_gets_time_in_an_event_that_is_hidden_or_archived(status):
    event = make.event()
    bos, _ = offered(event)
    until = bos.expires_at
    cancellation.cancel_event(event, by=BY, at=found(until) - MINUTE)
    cancellation.tell(at=found(until) + 12 * MINUTE)
    Registration.objects.all().update(status=Registration.Status.CANCELLED, ticket=None)

    saved_as(event, status, found(until) + 20 * MINUTE)

    bos.refresh_from_db()
    assert bos.expires_at == until


def test_who_decides_late_keeps_what_takes_place_and_decides_again_if_the_other_event_does():
    one, other = make.event(), make.event()
    ada = make.member("Ada")
    moved, kept = make.workshop(one, hour=10), make.workshop(other, hour=14)
    theirs = booking.book(moved, make.registration(one, ada), by=BY, at=NOW)
    others = booking.book(kept, make.registration(other, ada), by=BY, at=NOW)
    moved.starts_at, moved.ends_at = kept.starts_at, kept.ends_at
    changes.save_session(moved, by=BY, at=NOW)
    theirs.refresh_from_db()
    over = found(theirs.expires_at) + MINUTE
    cancellation.cancel_event(other, by=BY, at=NOW + MINUTE)
    cancellation.tell(at=NOW + 12 * MINUTE)

    waiting_list.sweep(at=over)
    at_the_deadline = statuses(theirs, others)
    waiting_list.sweep(at=over + 60 * 24 * MINUTE)
    saved_as(other, "published", over + 60 * 24 * MINUTE)
    waiting_list.sweep(at=over + 60 * 24 * MINUTE)

    assert at_the_deadline == [Status.BOOKED, Status.CONTESTED]
    assert statuses(theirs, others) == at_the_deadline
    assert (places(moved)[0], places(kept)[0]) == (1, 1)
