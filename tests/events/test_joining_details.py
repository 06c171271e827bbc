"""Who sees how to join a session (rule P5), by their standing."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission

from events import joining_details
from events.models import Event, Registration, Session
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_other_checkers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask only what a test registers: the registry starts empty."""
    monkeypatch.setattr(joining_details, "_checkers", [])


def test_a_visitor_may_not_join():
    session = make.session(make.event())

    assert not joining_details.may_join(session, None)


def test_who_is_registered_may_join_a_session_that_needs_no_booking():
    session = make.session(make.event())
    ada = make.member("Ada")
    make.registration(session.event, ada)

    assert joining_details.may_join(session, ada)


def test_a_member_who_is_not_registered_may_not_join():
    session = make.session(make.event())

    assert not joining_details.may_join(session, make.member("Ada"))


@pytest.mark.parametrize(
    "status", [Registration.Status.RECEIVED, Registration.Status.WAITING, Registration.Status.CANCELLED]
)
def test_a_registration_that_is_not_confirmed_opens_nothing(status: str):
    session = make.session(make.event())
    ada = make.member("Ada")
    make.registration(session.event, ada, status=status, ticket=1)

    assert not joining_details.may_join(session, ada)


def test_registered_for_another_event_is_not_registered_for_this_one():
    session = make.session(make.event())
    ada = make.member("Ada")
    make.registration(make.event(), ada)

    assert not joining_details.may_join(session, ada)


def test_being_registered_is_not_enough_where_a_place_is_needed():
    session = make.workshop(make.event())
    ada = make.member("Ada")
    make.registration(session.event, ada)

    assert not joining_details.may_join(session, ada)


@pytest.mark.parametrize("has_place", [True, False])
def test_a_higher_app_says_who_has_a_place(has_place: bool):
    session = make.workshop(make.event())
    ada = make.member("Ada")
    make.registration(session.event, ada)

    joining_details.register_checker(lambda *_: has_place)

    assert joining_details.may_join(session, ada) is has_place


def test_a_checker_that_does_not_know_the_session_leaves_the_answer_to_the_registration():
    session = make.session(make.event())
    ada = make.member("Ada")
    make.registration(session.event, ada)

    joining_details.register_checker(lambda *_: None)

    assert joining_details.may_join(session, ada)


def test_a_checker_is_registered_once():
    def checker(session: Session, registration: Registration) -> bool:
        return True

    joining_details.register_checker(checker)
    joining_details.register_checker(checker)

    assert joining_details._checkers == [checker]


def test_hosts_may_join_without_being_registered():
    session = make.workshop(make.event())
    hana = make.member("Hana")
    make.host(session, "Hana", member=hana)

    assert joining_details.may_join(session, hana)


def test_a_host_is_known_by_their_confirmed_address_whatever_its_case():
    session = make.workshop(make.event())
    hana = make.member("Hana", email="hana@example.org")
    make.host(session, "Hana", email="Hana@Example.org")

    assert joining_details.may_join(session, hana)


def test_an_address_that_was_not_confirmed_proves_nothing():
    session = make.workshop(make.event())
    mallory = make.member("Mallory", email="mallory@example.org")
    EmailAddress.objects.create(user=mallory, email="hana@example.org", verified=False)
    make.host(session, "Hana", email="hana@example.org")

    assert not joining_details.may_join(session, mallory)


def test_a_contributor_without_an_address_is_nobody_in_particular():
    session = make.workshop(make.event())
    make.host(session, "Hana", email="")
    ada = make.member("Ada")
    EmailAddress.objects.filter(user=ada).delete()

    assert not joining_details.may_join(session, ada)


def test_hosting_one_session_opens_no_other():
    event = make.event()
    hana = make.member("Hana")
    make.host(make.workshop(event), "Hana", member=hana)

    assert not joining_details.may_join(make.workshop(event), hana)


@pytest.mark.parametrize(("permissions", "may"), [((), False), (("view_session",), True)])
def test_staff_may_join_only_with_the_right_to_see_sessions(permissions: tuple[str, ...], may: bool):
    session = make.workshop(make.event())
    sam = make.member("Sam", is_staff=True)
    sam.user_permissions.set(Permission.objects.filter(codename__in=permissions))

    assert joining_details.may_join(session, sam) is may


def test_the_right_to_see_sessions_without_being_staff_opens_nothing():
    session = make.workshop(make.event())
    ada = make.member("Ada")
    ada.user_permissions.set(Permission.objects.filter(codename="view_session"))

    assert not joining_details.may_join(session, ada)


@pytest.mark.parametrize("fields", [{"status": Session.Status.CANCELLED}, {"status": Session.Status.DRAFT}])
def test_a_session_that_does_not_take_place_cannot_be_joined(fields: dict[str, Any]):
    session = make.session(make.event(), **fields)
    ada = make.member("Ada")
    make.registration(session.event, ada)

    assert not joining_details.may_join(session, ada)


def test_a_cancelled_session_cannot_be_joined_by_its_host_either():
    session = make.session(make.event(), status=Session.Status.CANCELLED)
    hana = make.member("Hana")
    make.host(session, "Hana", member=hana)

    assert not joining_details.may_join(session, hana)


def test_a_cancelled_event_cannot_be_joined():
    session = make.session(make.event(status=Event.Status.CANCELLED))
    ada = make.member("Ada")
    make.registration(session.event, ada)

    assert not joining_details.may_join(session, ada)


def test_an_account_that_is_closed_joins_nothing():
    session = make.session(make.event())
    ada = make.member("Ada", is_active=False)
    make.registration(session.event, ada)

    assert not joining_details.may_join(session, ada)
