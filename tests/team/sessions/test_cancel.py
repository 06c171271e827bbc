"""Cancelling a session on its page: whom it touches first, a reason that people read, and the way back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.models import Session
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from tests.team.sessions.changing import seen
from tests.workshops.places import state
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import cancelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

SESSION = "/team/events/2026/sessions/huddle/"
PAGE, BACK = f"{SESSION}cancel/", f"{SESSION}bring-back/"


def now(huddle: Session) -> Session:
    return Session.objects.get(pk=huddle.pk)


def cancel(desk: Client, reason: str = "Hana is ill.") -> Any:
    return desk.post(PAGE, {"reason": reason, "seen": seen(desk.get(PAGE))}, follow=True)


def test_the_page_says_whom_it_touches_and_what_the_email_names(desk, event, huddle):
    state.fill(huddle, waiting=1)
    make.host(huddle, "Hana")
    make.host(huddle, "Ian", email="")
    make.workshop(event, title="Letters")

    page = flat(desk.get(PAGE).text)

    assert f'href="{PAGE}">Cancel it…</a>' in flat(desk.get(SESSION).text)
    assert "<li>Booked: 2</li><li>In line for a place: 1</li>" in page
    assert "Hosts and speakers: <bdi>Hana</bdi></li>" in page
    assert "Cannot be emailed: <bdi>Ian</bdi></li>" in page
    assert "For ten minutes nobody is emailed, and you can bring it back" in page
    assert "<li>Letters, " in page
    assert now(huddle).is_published


def test_it_is_cancelled_with_its_reason_and_brought_back(desk, huddle):
    state.fill(huddle, waiting=1)

    cancelled = flat(cancel(desk).text)
    public = flat(desk.get("/events/2026/sessions/huddle/").text)
    back = flat(desk.post(BACK, follow=True).text)

    assert "Why, as people read it: <bdi>Hana is ill.</bdi>" in cancelled
    assert "The emails wait until 10:10." in cancelled
    assert "This session has been cancelled." in public
    assert "Why: <bdi>Hana is ill.</bdi>" in public
    assert "“The huddle” takes place: everybody has their place again." in back
    assert state.places(huddle) == (2, 0, 1)
    assert not Message.objects.filter(kind="session-cancelled").exists()


def test_who_has_something_else_meanwhile_is_counted(desk, event, huddle):
    (ada,) = state.registered(event, "Ada")
    hers = booking.book(huddle, ada, by=BY, at=NOW)
    cancel(desk)
    booking.book(make.workshop(event), ada, by=BY, at=NOW)

    answer = flat(desk.post(BACK, follow=True).text)

    assert "1 person has booked something else of that time meanwhile: both places are theirs" in answer
    assert state.statuses(hers) == [Booking.Status.CONTESTED]


def test_after_ten_minutes_there_is_no_way_back(desk, huddle):
    state.fill(huddle)
    cancel(desk)

    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        page = desk.get(SESSION).text
        answer = desk.post(BACK, follow=True).text

    assert "Bring it back" not in page
    assert "The emails are on their way, so the session stays cancelled." in answer
    assert not now(huddle).is_published


def test_close_to_its_start_the_page_says_that_people_are_told_at_once(tess, huddle):
    with time_machine.travel(huddle.starts_at - timedelta(hours=1), tick=False):
        desk = people.reader(tess)
        page = flat(desk.get(PAGE).text)
        cancelled = cancel(desk).text

    assert "people are emailed at once and it cannot be brought back." in page
    assert "Bring it back" not in cancelled


def test_a_reason_is_asked_for_and_what_was_typed_stays(desk, event, huddle):
    without = cancel(desk, reason=" ")
    page = desk.get(PAGE)
    (ada,) = state.registered(event, "Ada")
    booking.book(huddle, ada, by=BY, at=NOW)

    stale = desk.post(PAGE, {"reason": "Hana is ill.", "seen": seen(page)})

    assert "Say why it does not take place" in without.text
    assert "Something has changed since you looked, so it is not cancelled yet." in flat(stale.text)
    assert "<li>Booked: 1</li>" in flat(stale.text)
    assert 'value="Hana is ill."' in stale.text
    assert now(huddle).is_published
    assert not desk.post(PAGE, {"reason": "Ill.", "seen": seen(stale)}).context
    assert not now(huddle).is_published


def test_a_second_reason_is_said_to_be_read_by_nobody_where_the_first_gave_none(desk, huddle):
    ours = cancelling.look(huddle, at=NOW).fingerprint
    cancelling.cancel(huddle, "", seen=ours, by=people.staff("Event admin"), at=NOW)

    page = flat(desk.post(PAGE, {"reason": "Hana is ill.", "seen": ours}, follow=True).text)

    assert "It was cancelled without a reason, and nobody reads yours: “Hana is ill.”" in page
    assert "People read that reason" not in page


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_what_does_not_take_place_is_not_cancelled(desk, event, status):
    make.session(event, slug="other", status=status)

    assert desk.get("/team/events/2026/sessions/other/cancel/").status_code == 404


def test_what_is_over_is_not_cancelled(tess, huddle):
    with time_machine.travel(huddle.ends_at, tick=False):
        desk = people.reader(tess)

        assert desk.get(PAGE).status_code == 404
        assert "Cancel it…" not in desk.get(SESSION).text


def test_a_session_cancelled_long_ago_offers_no_way_back(desk, event):
    make.session(event, slug="other", status="cancelled")

    page = desk.get("/team/events/2026/sessions/other/")

    assert ("Bring it back" in page.text, "Cancel it…" in page.text) == (False, False)


def test_support_cancels_nothing(huddle):
    sam = people.reader(people.staff("Support"))
    cancelling.cancel(huddle, "Ill.", seen=cancelling.look(huddle, at=NOW).fingerprint, by=BY, at=NOW)

    assert (sam.get(PAGE).status_code, sam.post(BACK).status_code) == (403, 403)
    assert "Bring it back" not in sam.get(SESSION).text
    assert "The emails wait until 10:10." in flat(sam.get(SESSION).text)
