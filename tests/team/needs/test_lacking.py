"""A booking whose session lacks a need warns the team and not the member, whichever way it came to be."""

from datetime import timedelta

import pytest

from events.models import AccessNeed, Session
from team.sessions.gaps import UNMET
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from workshops.models import Booking
from workshops.places import booking, waiting_list
from workshops.programme.changes import save_session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
PAGES = ("/team/events/2026/", "/team/events/2026/sessions/huddle/")
OWN = tuple(f"/events/2026/{page}/" for page in ("sessions/huddle", "agenda", "register", "programme"))


@pytest.fixture
def huddle():
    """A session with one place that has captions where that is said."""
    event = make.event(slug="2026", booking_opens_at=NOW - timedelta(days=1))
    return make.workshop(event, slug="huddle", title="The huddle", capacity=1)


@pytest.fixture
def ada(huddle):
    """Who needs captions, which are confirmed."""
    registered = make.registration(huddle.event, make.member("Ada"))
    make.need(registered, state="confirmed")
    return registered


def warns(desk):
    pages = [UNMET.words in desk.get(page).text for page in PAGES]
    rows = desk.post("/team/needs/?state=confirmed").context["found"].rows
    return [*pages, [str(one) for row in rows for one in row.lacking] == ["The huddle"]]


def by_themselves(huddle, ada):
    people.reader(ada.member).post("/events/2026/agenda/huddle/book/")


def by_the_team(huddle, ada):
    support = people.reader(people.staff("Support"))
    support.post(f"/team/people/{ada.member_id}/sessions/{huddle.pk}/book/")


def moved_up(huddle, ada):
    bo = booking.book(huddle, make.registration(huddle.event, make.member("Bo")), by=BY, at=NOW)
    booking.book(huddle, ada, by=BY, at=NOW)
    booking.cancel(bo, by=BY, at=NOW)
    waiting_list.serve(huddle.pk, at=NOW)


def changed_afterwards(huddle, ada):
    Session.objects.filter(pk=huddle.pk).update(has_captions=True)
    booking.book(huddle, ada, by=BY, at=NOW)
    desk = people.reader(people.staff("Event admin"))
    assert warns(desk) == [False] * 3  # it has what is needed
    now = Session.objects.get(pk=huddle.pk)
    now.has_captions = False
    save_session(now, by=BY, at=NOW)


@pytest.mark.parametrize("way", [by_themselves, by_the_team, moved_up, changed_afterwards])
def test_the_team_is_warned_and_the_member_is_not(huddle, ada, way):
    desk = people.reader(people.staff("Event admin"))
    before = warns(desk)

    way(huddle, ada)

    assert Booking.objects.get(registration=ada).status == "booked"
    assert (before, warns(desk)) == ([False] * 3, [True] * 3)
    own = " ".join(people.reader(ada.member).get(page).text for page in OWN)
    assert [words for words in (UNMET.words, "Lacking", "does not have it") if words in own] == []


def test_what_is_needed_only_afterwards_warns_too(huddle, ada):
    AccessNeed.objects.all().delete()
    booking.book(huddle, ada, by=BY, at=NOW)
    desk = people.reader(people.staff("Event admin"))
    before = warns(desk)

    make.need(ada, state="confirmed")

    assert (before, warns(desk)) == ([False] * 3, [True] * 3)
