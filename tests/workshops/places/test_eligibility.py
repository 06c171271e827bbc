"""What a session would clash with."""

from datetime import timedelta

import pytest

from events.models import Session, SessionContributor
from tests import make
from tests.make import BY, NOW
from tests.workshops.places.state import passed, registered
from workshops.places import booking, choices
from workshops.places.eligibility import BOOKED, HOSTING, find_clashes, host_members, hosted_sessions
from workshops.places.refusals import NothingToBook, TimeClash

pytestmark = pytest.mark.django_db


def clashes(registration, session):
    return [(clash.kind, clash.session) for clash in find_clashes(registration, session)]


@pytest.mark.parametrize(("hour", "hours"), [(9.5, 1), (10.5, 1), (10.25, 0.5), (9, 3), (10, 1)])
def test_whatever_overlaps_by_a_minute_clashes(hour, hours):
    event = make.event()
    hers, other = make.workshop(event), make.workshop(event, hour=hour, hours=hours)
    ada = make.registration(event, make.member("Ada"))
    booking.book(hers, ada, by=BY, at=NOW)

    assert clashes(ada, other) == [(BOOKED, hers)]


@pytest.mark.parametrize("hour", [9, 11])
def test_ends_that_touch_do_not_clash(hour):
    event = make.event()
    hers, other = make.workshop(event), make.workshop(event, hour=hour)
    ada = make.registration(event, make.member("Ada"))
    booking.book(hers, ada, by=BY, at=NOW)

    assert clashes(ada, other) == []


def test_what_somebody_else_has_booked_does_not_clash():
    event = make.event()
    theirs, other = make.workshop(event), make.workshop(event)
    ada, bo = registered(event, "Ada", "Bo")
    booking.book(theirs, bo, by=BY, at=NOW)

    assert clashes(ada, other) == []


def test_a_session_does_not_clash_with_their_own_place_in_it():
    event = make.event()
    hers, ada = make.workshop(event), make.registration(event, make.member("Ada"))
    booking.book(hers, ada, by=BY, at=NOW)

    assert clashes(ada, hers) == []


def test_clashes_are_told_in_the_order_of_the_day():
    event = make.event()
    later, earlier = make.workshop(event, hour=11), make.workshop(event, hour=10)
    ada = make.registration(event, make.member("Ada"))
    for session in (later, earlier):
        booking.book(session, ada, by=BY, at=NOW)

    assert clashes(ada, make.workshop(event, hours=2)) == [(BOOKED, earlier), (BOOKED, later)]


def test_only_what_is_booked_clashes():
    event = make.event(booking_opens_at=NOW)
    waits, given_up = make.workshop(event, capacity=0), make.workshop(event)
    chosen, other = make.workshop(event), make.workshop(event)
    ada = make.registration(event, make.member("Ada"))
    choices.choose(chosen, ada, by=BY, at=NOW - timedelta(seconds=1))
    booking.book(waits, ada, by=BY, at=NOW)
    booking.cancel(booking.book(given_up, ada, by=BY, at=NOW), by=BY, at=NOW)

    assert clashes(ada, other) == []


@pytest.mark.slow
def test_a_place_that_they_declined_does_not_clash():
    event = make.event()
    bos, theirs = passed(event)
    booking.cancel(theirs, by=BY, at=NOW + timedelta(days=1))
    booking.cancel(bos, by=BY, at=NOW + timedelta(days=1))

    assert clashes(bos.registration, make.workshop(event)) == []


def test_a_session_of_another_event_clashes():
    here, there = make.event(), make.event()
    ada = make.member("Ada")
    theirs, wanted = make.workshop(there), make.workshop(here)
    booking.book(theirs, make.registration(there, ada), by=BY, at=NOW)
    hers = make.registration(here, ada)

    with pytest.raises(TimeClash):
        booking.book(wanted, hers, by=BY, at=NOW)

    assert clashes(hers, wanted) == [(BOOKED, theirs)]


@pytest.mark.parametrize("linked", [True, False])
def test_a_session_that_they_host_is_busy_time_by_link_or_by_address(linked):
    event = make.event()
    hana = make.member("Hana", email="Hana@example.org")
    hosted, wanted, full = make.session(event), make.workshop(event), make.workshop(event, capacity=0)
    make.host(hosted, **({"member": hana} if linked else {"email": "hana@EXAMPLE.org"}))
    hers = make.registration(event, hana)

    for session in (wanted, full):
        with pytest.raises(TimeClash):
            booking.book(session, hers, by=BY, at=NOW)

    assert clashes(hers, wanted) == [(HOSTING, hosted)]
    assert host_members(hosted) == [hana.pk]


@pytest.mark.parametrize("hour", [8, 9, 11, 12])
def test_what_they_host_at_another_time_is_no_busy_time_even_where_ends_touch(hour):
    event = make.event()
    hana = make.member("Hana")
    make.host(make.session(event, hour=hour), member=hana)

    assert clashes(make.registration(event, hana), make.workshop(event)) == []


def test_hosting_what_does_not_take_place_is_no_busy_time():
    event = make.event()
    hana = make.member("Hana")
    for status in (Session.Status.DRAFT, Session.Status.CANCELLED):
        make.host(make.session(event, status=status), member=hana)

    assert clashes(make.registration(event, hana), make.workshop(event)) == []


def test_their_own_session_takes_no_place():
    event = make.event()
    session = make.workshop(event)
    hana = make.member("Hana")
    make.host(session, member=hana)

    with pytest.raises(NothingToBook, match="You host this session"):
        booking.book(session, make.registration(event, hana), by=BY, at=NOW)


def test_who_is_host_by_link_and_by_address_hosts_one_session():
    event = make.event()
    session = make.session(event)
    hana = make.member("Hana")
    make.host(session, member=hana)
    make.host(session, email=hana.email)

    assert clashes(make.registration(event, hana), make.workshop(event)) == [(HOSTING, session)]
    assert host_members(session) == [hana.pk]


def test_who_is_host_by_address_alone_is_a_host_whatever_its_case():
    event = make.event()
    session, hana = make.session(event), make.member("Hana")
    make.host(session, email=hana.email.upper())

    assert host_members(session) == [hana.pk]
    assert list(hosted_sessions(hana)) == [session]


def test_who_is_linked_is_a_host_without_an_address_too():
    event = make.event()
    session, hana = make.session(event), make.member("Hana")
    make.host(session, member=hana, email="")

    assert host_members(session) == [hana.pk]


def test_whoever_else_is_a_member_is_no_host():
    session, hana = make.session(make.event()), make.member("Hana")
    make.member("Ada")
    make.host(session, email=hana.email)

    assert host_members(session) == [hana.pk]


def test_a_contributor_without_an_address_is_nobody():
    event = make.event()
    session = make.session(event)
    make.host(session, email="")

    assert (host_members(session), SessionContributor.objects.count()) == ([], 1)
    assert not hosted_sessions(make.member("Ada")).exists()
