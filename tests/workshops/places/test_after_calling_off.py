"""An event was called off and is brought back: who had until a moment has time again."""

from datetime import timedelta

import pytest

from events import cancellation
from notifications.models import Message
from tests import make
from tests.found import found
from tests.make import BY, NOW
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
    assert [one.member for one in Message.objects.filter(kind="agenda")] == [bos.member]


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
