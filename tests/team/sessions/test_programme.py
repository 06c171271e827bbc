"""The team uses an event again, moves its sessions and publishes its drafts; each is looked at first."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Session
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat
from workshops.places import booking
from workshops.programme import shifting
from workshops.programme.shifting import Interval

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

EVENT = "/team/events/2026/"
NEW = {"title": "Next", "slug": "2027", "first_day": "2027-11-17"}
QUARTER = {"which": "all", "direction": "later", "minutes": "15"}


def starts(session: Session) -> str:
    found = Session.objects.get(pk=session.pk).starts_at
    return f"{found:%d %H:%M}" if found else ""


def seen(event: Event, **interval: Any) -> str:
    return shifting.look(event, Interval(**interval), at=NOW).fingerprint


def test_the_event_leads_to_what_is_done_with_its_programme(desk, event, huddle):
    page = desk.get(EVENT).text

    for part in ("copy/", "move/"):
        assert f'href="{EVENT}{part}"' in page
    assert f"{EVENT}publish/" not in page


def test_drafts_are_counted_where_they_are_published(desk, event):
    make.session(event, status="draft")

    assert "Publish its drafts (1)" in flat(desk.get(EVENT).text)


def test_whoever_cannot_change_the_programme_is_led_nowhere(event, huddle):
    support = people.reader(people.staff("Support"))

    assert f"{EVENT}copy/" not in support.get(EVENT).text
    assert [support.get(f"{EVENT}{part}/").status_code for part in ("copy", "move", "publish")] == [403] * 3


def test_a_year_later_is_suggested(desk):
    make.event(slug="q-2026", title="Q 2026")

    page = flat(desk.get("/team/events/q-2026/copy/").text)

    assert [f'value="{one}"' in page for one in ("Q 2027", "q-2027", "2027-11-17")] == [True] * 3


def test_looking_shows_each_session_at_its_new_time_and_makes_nothing(desk, event, huddle):
    page = flat(desk.post(f"{EVENT}copy/", NEW | {"act": "look"}).text)

    assert "The huddle" in page
    assert "Wed 17 Nov 2027, 10:00" in page
    assert Event.objects.count() == 1


def test_pressing_makes_the_event_with_what_is_ticked(desk, event, huddle):
    left = make.session(event)

    answer = desk.post(f"{EVENT}copy/", NEW | {"act": "copy", "session": [huddle.pk]}, follow=True)

    assert "Next is here, as a draft, with 1 session." in answer.text
    assert answer.redirect_chain[-1][0] == "/team/events/2027/"
    assert not Session.objects.filter(event__slug="2027", slug=left.slug).exists()


def test_changing_it_comes_back_to_the_form_with_what_was_typed(desk, event, huddle):
    page = desk.post(f"{EVENT}copy/", NEW | {"act": "change"}).text

    assert 'value="2027"' in page
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"slug": "2026"}, "Another event has this address"),
        ({"slug": "no address"}, "Use letters, digits, hyphens"),
        ({"first_day": "1066-10-14"}, "Enter a day of this century"),
        ({"title": ""}, "Enter a title"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(desk, event, typed, answer):
    page = flat(desk.post(f"{EVENT}copy/", NEW | typed | {"act": "look"}).text)

    assert answer in page
    assert Event.objects.count() == 1


def test_new_times_are_shown_with_whom_they_mail_and_nothing_moves(desk, event, huddle):
    make.host(huddle, email="hana@hosts.example")

    page = flat(desk.post(f"{EVENT}move/", QUARTER | {"act": "look"}).text)

    assert "10:15 to 11:15" in page
    assert (
        "1 session moves. Whoever is booked, waits or hosts is told, members of all in one letter: 1 email."
        in page
    )
    assert starts(huddle) == "18 10:00"


def test_pressing_moves_them_and_says_so(desk, event, huddle):
    answer = desk.post(
        f"{EVENT}move/", QUARTER | {"act": "shift", "seen": seen(event, minutes=15)}, follow=True
    )

    assert "1 session has moved. 0 emails are on the way." in flat(answer.text)
    assert starts(huddle) == "18 10:15"


def test_what_has_changed_meanwhile_is_shown_again(desk, event, huddle):
    was = seen(event, minutes=15)
    make.session(event, title="Added meanwhile", hour=15)

    page = flat(desk.post(f"{EVENT}move/", QUARTER | {"act": "shift", "seen": was}).text)

    assert "Nothing has been moved: look again." in page
    assert "Added meanwhile" in page
    assert starts(huddle) == "18 10:00"


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"minutes": ""}, "Say how far: days, hours or minutes"),
        ({"with_event": "on"}, "The event moves by whole days"),
        ({"with_event": "on", "days": "1", "which": "2026-11-18"}, "The event moves only with all"),
        ({"which": "yesterday"}, "Select a valid choice"),
    ],
)
def test_a_move_that_means_nothing_is_refused_beside_its_field(desk, event, huddle, typed, answer):
    page = flat(desk.post(f"{EVENT}move/", QUARTER | typed | {"act": "look"}).text)

    assert answer in page


def test_where_nothing_can_move_it_says_why(desk, event):
    make.session(event, status="cancelled")

    page = flat(desk.post(f"{EVENT}move/", QUARTER | {"act": "look"}).text)

    assert "None of these sessions can move: they have begun, or are cancelled." in page


def test_drafts_are_listed_with_what_they_lack_and_published(desk, event, huddle):
    draft = make.session(event, status="draft", title="Hidden")

    page = flat(desk.get(f"{EVENT}publish/").text)
    answer = desk.post(f"{EVENT}publish/", {"session": [draft.pk]}, follow=True)

    assert "Hidden" in page
    assert "No joining link" in page
    assert "The huddle" not in page
    assert "1 session is published." in answer.text
    assert Session.objects.get(pk=draft.pk).is_published


def test_publishing_nothing_says_what_to_do(desk, event):
    make.session(event, status="draft")

    assert "Tick what you mean first." in desk.post(f"{EVENT}publish/", follow=True).text


def test_where_nothing_is_hidden_it_says_so(desk: Client, event, huddle):
    assert "No draft" in desk.get(f"{EVENT}publish/").text


def test_whom_a_move_leaves_to_decide_and_rooms_used_twice_are_shown_first(desk, event, huddle):
    ada = make.registration(event, make.member())
    other = make.workshop(event, day=1, room="Room 1")
    Session.objects.filter(pk=huddle.pk).update(room="Room 1")
    for session in (huddle, other):
        booking.book(session, ada, by=BY, at=NOW)
    typed = {"which": "2026-11-18", "direction": "later", "days": "1", "act": "look"}

    page = flat(desk.post(f"{EVENT}move/", typed).text)

    assert "1 clash" in page
    assert "Both places stay theirs, and they are asked which they keep." in page
    assert "Used twice at one time then" in page
    assert "Room 1 is also the room of" in page


def test_a_time_that_the_clocks_skip_is_said_on_the_form(desk):
    spring = make.event(slug="spring", first_day=date(2027, 3, 27), last_day=date(2027, 3, 28))
    make.session(spring, hour=1.5, hours=0.5, title="Night shift")
    typed = {"which": "all", "direction": "later", "days": "1", "act": "look"}

    moved = desk.post("/team/events/spring/move/", typed)
    copied = desk.post("/team/events/spring/copy/", NEW | {"first_day": "2027-03-28", "act": "look"})

    assert [flat(one.text).count("“Night shift”") > 0 for one in (moved, copied)] == [True, True]
    assert "Choose another first day." in flat(copied.text)
