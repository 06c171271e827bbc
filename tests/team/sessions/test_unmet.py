"""A session that lacks what somebody needs who comes says so to the team, and never what or who."""

import pytest

from events.models import Session
from team.sessions.gaps import UNMET
from team.sessions.unmet import unmet, would_be_unmet
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def huddle():
    """A session that has nothing of what makes it easier to take part."""
    return make.workshop(make.event(slug="2026"), slug="huddle", capacity=1)


def comes(session, kind="captions", **fields):
    registration = make.registration(session.event, make.member())
    make.need(registration, kind, **fields)
    return booking.book(session, registration, by=BY, at=NOW)


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("captions", "has_captions"),
        ("sign-language", "has_sign_language"),
        ("slides", "has_slides_ahead"),
        ("camera", "is_camera_optional"),
        ("step-free", "is_step_free"),
    ],
)
def test_a_session_lacks_what_is_needed_until_it_has_it(huddle, kind, fact):
    comes(huddle, kind)

    lacking = unmet([huddle.pk]), would_be_unmet(huddle)
    setattr(huddle, fact, True)
    would_be = would_be_unmet(huddle)
    Session.objects.filter(pk=huddle.pk).update(**{fact: True})

    assert (lacking, would_be) == (({huddle.pk}, True), False)
    assert unmet([huddle.pk]) == set()


def test_who_waits_for_a_place_counts_and_who_gave_it_up_does_not(huddle):
    first, second = comes(huddle, "breaks"), comes(huddle)
    waiting = unmet([huddle.pk])
    booking.cancel(second, by=BY, at=NOW)

    assert (first.status, second.status, waiting) == ("booked", "waiting", {huddle.pk})
    assert unmet([huddle.pk]) == set()


def test_who_was_told_what_is_done_instead_lacks_nothing_more(huddle):
    comes(huddle, state="cannot", instead="A transcript")

    assert (unmet([huddle.pk]), would_be_unmet(huddle)) == (set(), False)


def test_the_team_s_pages_say_it_without_saying_what_or_who(huddle):
    comes(huddle)
    desk = people.reader(people.staff("Event admin"))

    pages = [desk.get("/team/events/2026/").text, desk.get("/team/events/2026/sessions/huddle/").text]
    seen_by_member = people.reader(make.member("Bo")).get("/events/2026/sessions/huddle/").text

    assert [UNMET.words in page for page in pages] == [True, True]
    assert UNMET.words not in seen_by_member
