"""Who is told of what: a message for each cause, in the transaction of the cause, told once."""

from datetime import timedelta

import pytest

from events.models import Session
from notifications.models import Message
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops.places.state import offered, registered, told
from workshops.places import booking, waiting_list
from workshops.places.refusals import TimeClash
from workshops.programme import capacity, changes

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_whatever_changes_their_agenda_owes_them_one_agenda_mail_two_minutes_after_the_last_change():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    one, other = make.workshop(event), make.workshop(event, hour=12)

    hers = booking.book(one, ada, by=BY, at=NOW)
    booking.book(other, ada, by=BY, at=NOW + MINUTE)
    booking.cancel(hers, by=BY, at=NOW + 2 * MINUTE)

    assert told("agenda") == [("agenda", "Ada", {"registration": ada.pk})]
    assert Message.objects.get().send_after == NOW + 4 * MINUTE


def test_giving_up_is_told_and_what_was_refused_or_given_up_already_is_not():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    session, other = make.workshop(event), make.workshop(event)
    booked = booking.book(session, ada, by=BY, at=NOW)
    Message.objects.all().delete()

    with pytest.raises(TimeClash):
        booking.book(other, ada, by=BY, at=NOW)
    refused = told("agenda")
    booking.cancel(booked, by=BY, at=NOW)
    given_up = told("agenda")
    Message.objects.all().delete()
    booking.cancel(booked, by=BY, at=NOW)

    assert (refused, given_up, told("agenda")) == ([], [("agenda", "Ada", {"registration": ada.pk})], [])


@pytest.mark.slow
def test_accepting_and_swapping_change_the_agenda():
    event = make.event()
    bos, theirs = offered(event)
    Message.objects.all().delete()

    booking.accept(bos, by=BY, at=NOW, replacing=[theirs])
    accepted = told("agenda")
    Message.objects.all().delete()
    booking.swap([bos], make.workshop(event, hour=14), by=BY, at=NOW)

    assert accepted == told("agenda") == [("agenda", "Bo", {"registration": bos.registration_id})]


@pytest.mark.slow
def test_the_agenda_mail_waits_ten_minutes_at_most():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))

    for n in range(9):
        booking.book(make.workshop(event, hour=9 + n), ada, by=BY, at=NOW + n * MINUTE * 1.5)

    assert Message.objects.get().send_after == NOW + 10 * MINUTE


def test_a_refusal_tells_nobody_anything():
    event = make.event()
    ada = make.registration(event, make.member("Ada"))
    booking.book(make.workshop(event), ada, by=BY, at=NOW)
    Message.objects.all().delete()

    with pytest.raises(TimeClash):
        booking.book(make.workshop(event), ada, by=BY, at=NOW)

    assert not Message.objects.exists()


@pytest.mark.slow
def test_pressing_again_what_is_done_already_tells_nobody_anything():
    event = make.event()
    bos, theirs = offered(event)
    booking.decline(bos, by=BY, at=NOW)
    booking.cancel(theirs, by=BY, at=NOW)
    booking.cancel(bos, by=BY, at=NOW)
    Message.objects.all().delete()

    booking.decline(bos, by=BY, at=NOW + MINUTE)
    booking.cancel(theirs, by=BY, at=NOW + MINUTE)
    booking.cancel(bos, by=BY, at=NOW + MINUTE)
    waiting_list.expire_offers(bos.session_id, at=NOW + MINUTE)

    assert not Message.objects.exists()


def test_who_gets_a_place_that_came_free_is_told_of_it_once():
    event = make.event()
    session = make.workshop(event, capacity=1)
    adas, bos = (booking.book(session, one, by=BY, at=NOW) for one in registered(event, "Ada", "Bo"))

    booking.cancel(adas, by=BY, at=NOW)
    waiting_list.serve(session.pk, at=NOW + MINUTE)

    assert told("place-given", "place-offered") == [("place-given", "Bo", {"booking": bos.pk})]


def test_an_offer_is_told_until_its_deadline():
    event = make.event()
    bos, _ = offered(event)

    assert told("place-given", "place-offered") == [("place-offered", "Bo", {"booking": bos.pk})]
    assert Message.objects.get(kind="place-offered").not_after == bos.expires_at


@pytest.mark.slow
def test_a_second_offer_is_a_second_cause():
    event = make.event()
    bos, _ = offered(event)
    booking.decline(bos, by=BY, at=NOW)

    booking.book(bos.session, bos.registration, by=BY, at=NOW + MINUTE)

    assert [kind for kind, _, _ in told("place-offered")] == ["place-offered", "place-offered"]


@pytest.mark.slow
def test_a_lapsed_or_asked_for_place_changes_the_agenda():
    event = make.event()
    bos, _ = offered(event)
    Message.objects.all().delete()

    waiting_list.sweep(at=found(bos.expires_at))
    lapsed = told("agenda")
    Message.objects.all().delete()
    booking.book(bos.session, bos.registration, by=BY, at=found(bos.expires_at))

    assert lapsed == told("agenda") == [("agenda", "Bo", {"registration": bos.registration_id})]


def people_of(event):
    """A session with one booked, one waiting, one with an offer, one who chose, and three hosts."""
    bos, _ = offered(event)
    cys = booking.book(bos.session, make.registration(event, make.member("Cy")), by=BY, at=NOW)
    capacity.set_capacity(bos.session, 2, by=BY, at=NOW)
    dans = booking.book(bos.session, make.registration(event, make.member("Dan")), by=BY, at=NOW)
    make.host(bos.session, member=make.member("Hana"))
    make.host(bos.session, email="guest@example.org")
    make.host(bos.session, email="")
    Message.objects.all().delete()
    return bos.session, [bos, cys, dans]


@pytest.mark.slow
def test_everyone_booked_waiting_offered_or_hosting_is_told_of_a_new_time():
    event = make.event()
    session, bookings = people_of(event)
    old = session.starts_at, session.ends_at
    session.starts_at, session.ends_at = (each + timedelta(hours=4) for each in old)

    changes.save_session(session, by=BY, at=NOW)

    rows = told("session-changed")
    assert sorted(name for _, name, _ in rows) == ["Bo", "Cy", "Dan", "Hana", "guest@example.org"]
    payload = {"was_room": "", "was_starts_at": old[0].isoformat(), "was_ends_at": old[1].isoformat()}
    assert all(payload.items() <= each.items() and each["session"] == session.pk for _, _, each in rows)
    assert {each.get("registration") for _, _, each in rows} == {one.registration_id for one in bookings} | {
        None
    }


@pytest.mark.slow
def test_everyone_is_told_that_a_session_is_cancelled():
    event = make.event()
    session, _ = people_of(event)
    session.status = Session.Status.CANCELLED

    changes.save_session(session, by=BY, at=NOW)

    rows = told("session-cancelled")
    assert sorted(name for _, name, _ in rows) == ["Bo", "Cy", "Dan", "Hana", "guest@example.org"]
    assert not told("session-changed", "place-given", "place-offered")


def test_a_new_room_is_told_and_a_new_title_is_not():
    event = make.event()
    session = make.workshop(event)
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)

    session.title = "Another title"
    changes.save_session(session, by=BY, at=NOW)
    before = told("session-changed")
    session.room = "Hall 2"
    changes.save_session(session, by=BY, at=NOW)

    assert before == []
    assert [name for _, name, _ in told("session-changed")] == ["Ada"]


def test_each_change_is_told_once_and_a_save_without_change_is_none():
    event = make.event()
    session = make.workshop(event)
    booking.book(session, make.registration(event, make.member("Ada")), by=BY, at=NOW)

    for room in ("Hall 2", "Hall 2", "Hall 3"):
        session.room = room
        changes.save_session(session, by=BY, at=NOW)

    assert len(told("session-changed")) == 2
    assert Session.objects.get().sequence == 2


def test_nobody_is_told_of_changes_to_a_draft():
    event = make.event()
    session = make.workshop(event, status=Session.Status.DRAFT)
    make.host(session)

    session.room = "Hall 2"
    changes.save_session(session, by=BY, at=NOW)

    assert not Message.objects.exists()


def test_what_is_told_is_undone_with_what_caused_it():
    event = make.event()
    session, other = make.workshop(event), make.workshop(event, hour=12)
    ada = make.registration(event, make.member("Ada"))
    for each in (session, other):
        booking.book(each, ada, by=BY, at=NOW)
    session.starts_at, session.ends_at = other.starts_at, other.ends_at

    with pytest.raises(changes.MoveWouldClash):
        changes.save_session(session, by=BY, at=found(other.starts_at))

    assert not told("session-changed")
