"""Needs are not lost: between two tabs, two releases, and where somebody has no registration any more."""

import pytest
from django.db import connection, transaction
from django.test import Client

from events import access_needs
from events import registration as registering
from events.models import AccessNeed, AccessNeeds, Event, KeptNeed
from members.models import Member
from tests import make
from tests.contracts import people
from tests.events.registering import ACCEPTED, REGISTER, text_of
from tests.make import BY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def ada() -> Member:
    """A member."""
    return make.member("Ada")


@pytest.fixture
def event() -> Event:
    """An event that they can register for."""
    return make.event(slug="2026", code_of_conduct="Be kind.")


@pytest.fixture
def browser(ada: Member) -> Client:
    """Theirs."""
    return people.reader(ada)


def of_the_release_before(registration: int, words: str) -> None:
    """Write what somebody needs as the code of the release before does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_accessneeds (registration_id, needs, is_shared_with_hosts, changed_at)"
            " VALUES (%s, %s, true, now())",
            [registration, words],
        )


def test_what_was_typed_by_who_was_registered_meanwhile_comes_back_to_be_saved(browser, event, ada):
    registering.register(event, ada, by=BY, at=NOW)

    page = text_of(browser.post(REGISTER, ACCEPTED | {"needs": "A chair", "need-captions": "on"}))

    assert "You were registered already. Save what you need: it is not kept yet." in page
    assert "A chair</textarea>" in page
    assert not AccessNeeds.objects.exists()


def test_pressing_twice_with_needs_says_nothing(browser, event):
    sent = ACCEPTED | {"needs": "A chair", "need-captions": "on", "hosts-captions": "on"}

    answers = [browser.post(REGISTER, sent) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert AccessNeed.objects.count() == 2


def test_a_box_for_what_they_told_stays_where_the_event_goes_online(browser, ada):
    event = make.event(slug="2026", place="both")
    made = registering.register(event, ada, by=ada, at=NOW, kinds={"step-free": False})
    Event.objects.update(place="online")

    page = text_of(browser.get(REGISTER))
    browser.post(f"{REGISTER}needs/", {"need-captions": "on", "need-step-free": "on"})

    assert 'name="need-step-free"' in page
    assert {one.kind for one in made.access_needs.cases.all()} == {"captions", "step-free"}


def test_what_the_release_before_writes_while_it_is_upgraded_becomes_a_case(event, ada):
    registration = make.registration(event, ada)
    of_the_release_before(registration.pk, " BSL please ")

    taken = access_needs.sweep(), access_needs.sweep()

    [case] = AccessNeed.objects.all()
    assert taken == (1, 0)
    assert (case.told_id, case.kind, case.words, case.state) == (
        registration.pk,
        "other",
        "BSL please",
        "new",
    )
    assert case.is_shared_with_hosts


def test_the_release_before_can_delete_what_has_cases(event, ada):
    make.need(make.registration(event, ada))

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_accessneeds")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert not AccessNeed.objects.exists()


def test_what_is_kept_is_seen_and_ended_on_the_profile_without_any_registration(browser, ada):
    KeptNeed.objects.create(member=ada, kind="other", words="A quiet room", kept_at=NOW)

    before = text_of(browser.get("/members/profile/"))
    after = text_of(browser.post("/events/kept-needs/let-go/", follow=True))
    others = text_of(people.reader(make.member("Bo")).get("/members/profile/"))

    assert "A quiet room" in before
    assert "Keep it no longer" in before
    assert "Nothing is kept for your next registration any more." in after
    assert "A quiet room" not in after + others
    assert not KeptNeed.objects.exists()
