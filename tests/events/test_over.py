"""Once an event is over its pages say so: nothing to join, no passcode, no needs asked, nothing to book."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from events import registration as registering
from events.models import AccessNeeds, Event, Registration, Session
from members.models import Member
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.markup import flat

pytestmark = pytest.mark.django_db

SECRETS = {
    "join_url": "https://join.example/1",
    "meeting_number": "123",
    "passcode": "S3CRET",
    "dial_in": "020",
}
STARTS = datetime(2026, 11, 18, 10, tzinfo=UTC)
#: The button, and what helps where a network blocks the link.
JOINING = ('action="/events/2026/live/sessions/flow/join/"', "S3CRET", "123")
LATER = NOW + timedelta(days=18)


@pytest.fixture
def ada() -> Member:
    """Somebody who came to the event of 2026, with two sessions, and a film that is watched at any time."""
    event = make.event(slug="2026", title="Q 2026")
    make.session(event, slug="flow", title="Flow", format="plenary", is_recorded=True)
    make.session(event, slug="film", starts_at=None, ends_at=None, recording_url="https://v.example/1")
    make.workshop(event, slug="rota", title="Rota", hour=12)
    Session.objects.update(**SECRETS)
    return make.registration(event, make.member("Ada")).member


def page(path, reader=None, at=LATER):
    with time_machine.travel(at, tick=False):
        answer = people.reader(reader).get(path)
    assert answer.status_code == 200
    return flat(answer.text)


@pytest.mark.slow
def test_while_it_lasts_one_joins_and_afterwards_one_watches(ada):
    before = page("/events/2026/sessions/flow/", ada, at=STARTS - timedelta(minutes=15))
    after = page("/events/2026/sessions/flow/", ada)
    film = page("/events/2026/sessions/film/", ada)

    assert [word in before for word in JOINING] == [True] * 3
    assert [word in after for word in JOINING] == [False] * 3
    assert "This event is over." in after
    assert "v.example" in film


@pytest.mark.slow
@pytest.mark.parametrize("status", [Event.Status.PUBLISHED, Event.Status.ARCHIVED])
def test_no_page_counts_places_or_offers_them(ada, status):
    Event.objects.update(status=status)
    pages = ("", "programme/", "sessions/rota/", "sessions/flow/")

    said = {path: page(f"/events/2026/{path}", reader) for path in pages for reader in (None, ada)}

    false = ("places left", "Open to all", "No booking needed", "Book a place", "Register for the event")
    assert {path: [word for word in false if word in text] for path, text in said.items()} == {
        path: [] for path in pages
    }


def test_the_registration_asks_for_no_needs_and_takes_none(ada):
    shown = page("/events/2026/register/", ada)
    with time_machine.travel(LATER, tick=False):
        answer = people.reader(ada).post("/events/2026/register/needs/", {"needs": "Captions"}, follow=True)

    assert "This event is over." in shown
    assert [
        word for word in ("access needs", "Cancel your registration", "You are registered") if word in shown
    ] == []
    assert "Nothing was saved." in flat(answer.text)
    assert not AccessNeeds.objects.exists()


@pytest.mark.slow
def test_home_shows_the_last_event_until_the_next(ada):
    assert "The next event of Q community" in page("/", at=NOW)
    assert "The last event of Q community" in page("/")

    ahead = LATER.date() + timedelta(days=9)
    make.event(title="Q 2027", first_day=ahead, last_day=ahead)

    home = page("/")
    assert "The next event of Q community" in home
    assert "Q 2027" in home


def test_past_events_are_offered_only_where_there_are_some():
    make.member("Root", is_superuser=True, is_staff=True)

    bare = page("/")
    make.event(status="cancelled")
    some = page("/")

    assert ("See past events" in bare, "See past events" in some) == (False, True)


@pytest.mark.slow
def test_the_agenda_says_that_it_is_over_and_offers_nothing(ada):
    ended = page("/events/2026/agenda/", ada)
    before = page("/events/2026/agenda/", ada, at=NOW)

    offered = (
        "Add to calendar",
        "Email it to me",
        "Next to decide",
        "Book a place",
        'data-now="',
        "places left",
    )
    assert [word in before for word in offered] == [True] * len(offered)
    assert [word in ended for word in offered] == [False] * len(offered)
    assert ("This event is over." in before, "This event is over." in ended) == (False, True)
    assert "This session has ended." in ended


@pytest.mark.parametrize(
    ("minutes", "is_open"),
    [(59, True), (60, True), (89, True), (90, False)],
)
def test_a_session_that_has_ended_is_joined_for_half_an_hour_more(ada, minutes, is_open):
    """It lasts from 10:00 to 11:00 on the first of two days; some run late."""
    at = STARTS + timedelta(minutes=minutes)

    text = page("/events/2026/sessions/flow/", ada, at=at)

    assert [word in text for word in JOINING] == [is_open] * 3
    assert ("This session has ended." in text) == (minutes >= 60)


@pytest.mark.slow
def test_while_the_event_goes_on_a_session_that_has_ended_has_no_places(ada):
    at = datetime(2026, 11, 18, 13, 0, tzinfo=UTC)
    paths = ("programme/", "sessions/rota/")

    said = {
        (path, reader): page(f"/events/2026/{path}", reader, at=at)
        for path in paths
        for reader in (None, ada)
    }

    assert [one for one, text in said.items() if "places left" in text or "Book a place" in text] == []
    assert "This session has ended." in said["sessions/rota/", None]
    assert "This session has ended." in said["sessions/rota/", ada]
    assert "With free places" not in said["programme/", None]


@pytest.mark.parametrize(("query", "is_offered"), [("", False), ("?places=on", True)])
def test_nobody_looks_for_free_places_in_a_programme_that_is_over(ada, query, is_offered):
    texts = [page(f"/events/2026/programme/{query}", at=at) for at in (NOW, LATER)]

    assert ["With free places (" in text for text in texts] == [True, is_offered]


def test_its_registration_is_cancelled_on_its_last_day_and_not_after_it(ada):
    bo = make.registration(Event.objects.get(), make.member("Bo"))
    last_minute = datetime(2026, 11, 19, 23, 59, tzinfo=UTC)

    registering.cancel(bo, by=BY, at=last_minute)
    with pytest.raises(registering.EventOver) as refused:
        registering.cancel(ada.registrations.get(), by=BY, at=last_minute + timedelta(minutes=1))

    assert dict(Registration.objects.values_list("member__name", "status")) == {
        "Ada": "confirmed",
        "Bo": "cancelled",
    }
    assert str(refused.value) == "Q 2026 is over, so your registration stays as it is."
    assert refused.value.of("Ada") == "Q 2026 is over, so the registration of Ada stays as it is."


def test_the_page_that_asks_before_a_registration_is_cancelled_says_that_it_is_over(ada):
    with time_machine.travel(LATER, tick=False):
        client = people.reader(ada)
        asked = flat(client.get("/events/2026/cancel/", follow=True).text)
        pressed = flat(client.post("/events/2026/cancel/", follow=True).text)

    assert "Q 2026 is over, so your registration stays as it is." in asked
    assert "Q 2026 is over, so your registration stays as it is." in pressed
    assert Registration.objects.get().is_confirmed


def test_the_team_cancels_it_no_more_either(admin, ada):
    chosen = {"action": "cancel", "_selected_action": [Registration.objects.get().pk], "confirmed": "1"}
    Event.objects.update(first_day=date(2025, 11, 1), last_day=date(2025, 11, 2))

    said = flat(admin.post(reverse("admin:events_registration_changelist"), chosen, follow=True).text)

    assert "Q 2026 is over, so the registration of Ada stays as it is." in said
    assert "The registrations are cancelled." not in said
    assert Registration.objects.get().is_confirmed
