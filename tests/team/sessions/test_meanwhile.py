"""Two of the team at one session: who is slower reads who did what and when, and loses nothing typed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.models import Session
from notifications.models import Message
from tests import make
from tests.contracts import people
from tests.make import NOW
from tests.markup import flat
from tests.team.sessions import changing
from tests.workshops.places import state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

SESSION = "/team/events/2026/sessions/huddle/"
CHANGE, CANCEL, BACK = (f"{SESSION}{act}/" for act in ("change", "cancel", "bring-back"))


@pytest.fixture
def colleague() -> Client:
    """The browser of another event admin."""
    return people.reader(people.staff("Event admin"))


def opened(browser: Client, huddle: Session, **fields: str) -> dict[str, str]:
    """What the form sends after one has looked at what it does."""
    form = browser.get(CHANGE).context["form"]
    sent = changing.typed(huddle) | {"opened": str(form["opened"].value())} | fields
    return sent | {"act": "save", "seen": changing.seen(browser.post(CHANGE, sent | {"act": "look"}))}


def save(browser: Client, sent: dict[str, str]) -> Any:
    return browser.post(CHANGE, sent, follow=True)


def cancel(browser: Client, reason: str) -> Any:
    return browser.post(CANCEL, {"reason": reason, "seen": changing.seen(browser.get(CANCEL))}, follow=True)


def test_who_saves_second_reads_who_changed_what_and_keeps_what_they_typed(desk, colleague, tess, huddle):
    mine, theirs = opened(desk, huddle, room="Room 9"), opened(colleague, huddle, places="5")
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        save(desk, mine)
        answer = save(colleague, theirs)

    said = flat(answer.text)
    assert f"{tess}, Monday 2 November, 10:01 (UK and Ireland time): Changed the session: room." in said
    assert "Something has changed since you looked, so nothing is saved yet. Look again." in said
    assert 'name="places" value="5"' in answer.text
    assert (Session.objects.get(pk=huddle.pk).room, huddle.workshop.capacity) == ("Room 9", 2)


def test_who_types_the_same_reads_that_it_is_so_already(desk, colleague, tess, huddle):
    state.fill(huddle)
    mine, theirs = (opened(one, huddle, room="Room 9") for one in (desk, colleague))
    save(desk, mine)

    said = flat(save(colleague, theirs).text)

    assert "It is as you typed it already, so nothing was saved twice." in said
    assert f"{tess}, Monday 2 November, 10:00" in said
    assert Message.objects.filter(kind="session-changed").count() == 2


def test_where_members_booked_meanwhile_nobody_is_named(desk, event, huddle):
    mine = opened(desk, huddle, room="Room 9")
    state.fill(huddle)

    said = flat(save(desk, mine).text)

    assert "Something has changed since you looked" in said
    assert "Changed the session" not in said


def test_who_changes_what_was_cancelled_meanwhile_reads_who_did_it_and_what_was_typed(
    desk, colleague, tess, huddle
):
    theirs = opened(colleague, huddle, room="Room 9")
    cancel(desk, "Hana is ill.")

    said = flat(save(colleague, theirs).text)

    assert "It is cancelled, so it was not changed." in said
    assert f"{tess}, Monday 2 November, 10:00" in said
    assert "You had typed: 2026-11-18, 10:00, 2026-11-18, 11:00, Room 9, 2. Bring it back first." in said


def test_who_cancels_second_reads_who_was_first_and_their_reason_is_told_nobody(
    desk, colleague, tess, huddle
):
    state.fill(huddle)
    page = colleague.get(CANCEL)
    cancel(desk, "Hana is ill.")

    second = {"reason": "No room.", "seen": changing.seen(page)}
    said = flat(colleague.post(CANCEL, second, follow=True).text)
    own = flat(desk.post(CANCEL, second, follow=True).text)

    assert "It was cancelled already, and nobody is told twice." in said
    assert f"{tess}, Monday 2 November, 10:00" in said
    assert "People read that reason, and not yours: “No room.”." in said
    assert "“The huddle” is cancelled." in own
    assert Session.objects.get(pk=huddle.pk).cancelled_because == "Hana is ill."
    assert Message.objects.filter(kind="session-cancelled").count() == 2


def test_a_number_that_names_no_act_says_nothing(desk, huddle):
    make.host(huddle, "Hana")
    for number in ("", "x", "9" * 30, "-1"):
        sent = opened(desk, huddle, room="Room 9") | {"opened": number, "seen": "0"}
        assert "Something has changed since you looked" in flat(save(desk, sent).text)
