"""A caller decides by telephone which of two places they keep since a session has moved."""

from datetime import timedelta

import pytest

from audit.acts import Act
from events.models import Registration, Session
from members.models import Member
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.people.test_acts import on, press, state, trail
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.fixture
def ada() -> Member:
    return make.member("Ada Byron")


@pytest.fixture
def places(ada: Member) -> tuple[Session, Session]:
    """A session that moved, and the one that it overlaps; both are hers."""
    hers: Registration = make.registration(make.event(slug="2026"), ada)
    moved = make.workshop(hers.event, hour=10, title="Huddles")
    stays = make.workshop(hers.event, hour=14, title="Run charts")
    for one in (moved, stays):
        booking.book(one, hers, by=BY, at=NOW)
    moved = make.later(moved, timedelta(hours=4))
    changes.save_session(moved, by=BY, at=NOW)
    return moved, stays


def test_their_page_says_what_is_to_be_decided_and_leads_to_both_answers(desk, ada, places):
    page = flat(desk.get(f"/team/people/{ada.pk}/?event=2026").text)

    assert "If they do not decide, they keep “Run charts”." in page
    assert page.count("Keep this one for them") == 2


@pytest.mark.parametrize("kept", [0, 1])
def test_either_is_kept_for_them_after_saying_what_they_give_up(desk, ada, places, kept):
    given_up = places[1 - kept]

    asked = flat(desk.get(f"/team/people/{ada.pk}/{on(places[kept], 'decide')}/").text)
    said = press(desk, ada, on(places[kept], "decide"), replace=given_up.pk)

    assert f"They give up</h2><ul><li>{given_up.title}," in asked
    assert f"kept for them. They gave up “{given_up.title}”." in said
    assert (state(ada, places[kept]), state(ada, given_up)) == ("booked", "cancelled")
    assert (Act.BOOKING_CANCELLED, "Staff Support") in trail(ada)
    assert Booking.objects.get(session=given_up).ended == Booking.Ended.BY_STAFF


def test_what_the_page_has_not_named_is_not_given_up(desk, ada, places):
    said = press(desk, ada, on(places[0], "decide"))

    assert "What Ada Byron has at this time has changed. Look at it now, then choose again." in said
    assert [state(ada, one) for one in places] == ["contested", "booked"]


def test_where_nothing_is_left_to_decide_the_page_says_so(desk, ada, places):
    press(desk, ada, on(places[0], "decide"), replace=places[1].pk)

    page = desk.get(f"/team/people/{ada.pk}/{on(places[0], 'decide')}/", follow=True)

    assert "There is nothing to decide any more." in flat(page.text)


def test_a_place_that_is_to_be_decided_is_given_up_for_them(desk, ada, places):
    press(desk, ada, on(places[0], "give-up"), seen="contested")

    assert [state(ada, one) for one in places] == ["cancelled", "booked"]
