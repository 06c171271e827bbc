"""A session that lacks what somebody needs who comes says so to the team, and never what or who."""

import pytest

from team.sessions.gaps import UNMET
from team.sessions.unmet import unmet
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

    lacking = unmet([huddle])
    setattr(huddle, fact, True)  # as it would be saved

    assert (lacking, unmet([huddle])) == ({huddle.pk}, set())


def test_who_waits_for_a_place_counts_and_who_gave_it_up_does_not(huddle):
    first, second = comes(huddle, "breaks"), comes(huddle)
    waiting = unmet([huddle])
    booking.cancel(second, by=BY, at=NOW)

    assert (first.status, second.status, waiting) == ("booked", "waiting", {huddle.pk})
    assert unmet([huddle]) == set()


def test_who_was_told_what_is_done_instead_lacks_nothing_more(huddle):
    comes(huddle, state="cannot", instead="A transcript")

    assert unmet([huddle]) == set()


def test_the_team_s_pages_say_it_without_saying_what_or_who(huddle):
    comes(huddle)
    desk = people.reader(people.staff("Event admin"))
    blind = people.staff("Event admin")
    blind.user_permissions.set(blind.groups.get().permissions.exclude(codename="view_accessneeds"))
    blind.groups.clear()

    pages = [desk.get("/team/events/2026/").text, desk.get("/team/events/2026/sessions/huddle/").text]
    seen_by_member = people.reader(make.member("Bo")).get("/events/2026/sessions/huddle/").text

    assert [UNMET.words in page for page in pages] == [True, True]
    assert UNMET.words not in people.reader(blind).get("/team/events/2026/sessions/huddle/").text
    assert UNMET.words not in seen_by_member


def test_what_is_open_to_all_lacks_what_anybody_needs_who_is_registered(huddle):
    plenary = make.session(huddle.event, title="Plenary")
    film = make.session(huddle.event, starts_at=None, ends_at=None, format="on-demand")
    make.need(make.registration(huddle.event, make.member()))
    make.need(make.registration(make.event(), make.member()), "slides")

    assert unmet([huddle, plenary, film]) == {plenary.pk}
    plenary.has_captions = True
    assert unmet([huddle, plenary, film]) == set()
