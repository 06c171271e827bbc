"""The programme and the session pages, as each reader finds them."""

from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client

from events import joining, states
from events.models import Event, Registration, Session
from members.models import Member
from tests import make
from workshops.models import Workshop

pytestmark = pytest.mark.django_db

SECRETS = (
    "https://meet.example.org/a",
    "number-123",
    "passcode-42",
    "0207 946",
    "video.example.org",
    "said here",
)


@pytest.fixture(autouse=True)
def ordinary_monday() -> Any:
    """Every test begins with an empty cache, on the same morning."""
    cache.clear()
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Community event")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def secretive(event: Event, **fields: Any) -> Session:
    """A session with everything that only some may see."""
    hidden = {
        "join_url": "https://meet.example.org/a",
        "meeting_number": "number-123",
        "passcode": "passcode-42",
        "dial_in": "0207 946 0000",
        "recording_url": "https://video.example.org/1",
        "transcript": "What was said here.",
    }
    return make.session(event, **({"slug": "listening", "title": "Listening"} | hidden | fields))


def test_the_programme_stands_by_day_and_time(client: Client, event: Event):
    make.session(event, title="Opening", hour=9)
    make.session(event, title="Next day", day=1)
    make.session(event, title="A film", starts_at=None, ends_at=None)

    response = client.get("/events/2026/programme/")

    assert [day.title for day in response.context["days"]] == [
        "Wednesday 18 November",
        "Thursday 19 November",
    ]
    assert "3 sessions" in response.content.decode()
    assert "A film" in response.content.decode()
    assert "Times are UK and Ireland time." in response.content.decode()


def test_filters_stand_in_the_address_and_in_the_form(client: Client, event: Event):
    make.session(event, title="Kindness", format="talk")
    make.session(event, title="Doing")

    text = page(client, "/events/2026/programme/?format=talk&q=kind")

    assert "Kindness" in text
    assert "Doing" not in text
    assert "1 of 2 sessions" in text
    assert '<option value="talk" selected>' in text
    assert 'value="kind"' in text
    assert "Clear filters" in text


def test_nothing_found_says_so_and_leads_on(client: Client, event: Event):
    make.session(event)

    text = page(client, "/events/2026/programme/?q=nothing+like+it")

    assert "No session matches" in text
    assert "0 of 1 session" in text


def test_an_empty_programme_says_what_will_be_there(client: Client, event: Event):
    assert "The programme is not here yet" in page(client, "/events/2026/programme/")


def test_what_was_searched_for_is_escaped(client: Client, event: Event):
    make.session(event)

    text = page(client, "/events/2026/programme/?q=%22%3E%3Cscript%3E")

    assert "<script>" not in text.replace('<script type="module"', "")


@pytest.mark.parametrize(
    "query",
    [
        "day=2026-99-99",
        "theme=%ff%fe",
        "format[]=1",
        "places=" + "9" * 999,
        "q=" + "%F0%9F%92%9C" * 999,
        "&=&=",
    ],
)
def test_no_address_breaks_the_programme(client: Client, event: Event, query: str):
    make.session(event)

    page(client, f"/events/2026/programme/?{query}")


def test_places_are_said_in_words_and_are_always_fresh(client: Client, event: Event):
    session = make.workshop(event, capacity=20)

    before = page(client, "/events/2026/programme/")
    Workshop.objects.filter(session=session).update(taken=20, line=4)
    after = page(client, "/events/2026/programme/")

    assert "<strong>20</strong> of 20 places left" in before
    assert "<strong>Full.</strong> 4 waiting" in after


def test_a_cancelled_session_says_so_and_offers_nothing(client: Client, event: Event):
    make.workshop(event, slug="listening", status=Session.Status.CANCELLED)

    programme = page(client, "/events/2026/programme/")
    session = page(client, "/events/2026/sessions/listening/")

    assert "This session does not take place." in programme
    assert "places left" not in programme
    assert "This session has been cancelled." in session
    assert "places left" not in session


@pytest.mark.parametrize("sessions", [1, 30])
def test_the_programme_costs_a_visitor_the_same_queries_however_long_it_is(
    client: Client, event: Event, sessions: int, django_assert_num_queries: Any
):
    for _ in range(sessions):
        session = make.workshop(event)
        session.themes.add(make.theme(event))
        make.host(session)
    page(client, "/events/2026/programme/")

    with django_assert_num_queries(3):
        page(client, "/events/2026/programme/")


@pytest.mark.parametrize("sessions", [1, 30])
def test_the_programme_costs_a_registered_reader_the_same_queries_however_long_it_is(
    client: Client, event: Event, sessions: int, django_assert_max_num_queries: Any
):
    ada = make.member("Ada")
    make.registration(event, ada)
    client.force_login(ada)
    for _ in range(sessions):
        make.workshop(event)
    page(client, "/events/2026/programme/")

    with django_assert_max_num_queries(13):
        page(client, "/events/2026/programme/")


def test_the_readers_own_states_reach_her_cards(
    client: Client, event: Event, monkeypatch: pytest.MonkeyPatch
):
    booked, other = make.workshop(event), make.workshop(event, hour=12)
    ada = make.member("Ada")
    make.registration(event, ada)
    client.force_login(ada)
    tones = {booked.pk: SimpleNamespace(tone="yours")}
    monkeypatch.setattr(states, "_lookups", [lambda *_: tones])

    response = client.get("/events/2026/programme/")

    [day] = response.context["days"]
    seen = {item.card.id: item.state for slot in day.slots for item in slot.items}
    assert seen == {booked.pk: tones[booked.pk], other.pk: None}


def test_a_reader_elsewhere_sees_her_own_time_beside(client: Client, event: Event):
    make.session(event, slug="listening", hour=10, hours=1)
    client.force_login(make.member("Ada", time_zone="America/New_York"))

    programme = page(client, "/events/2026/programme/")
    session = page(client, "/events/2026/sessions/listening/")

    assert "05:00 to 06:00 for you" in programme
    assert "05:00 to 06:00 for you" in session


def test_a_session_says_all_there_is_to_know(client: Client, event: Event):
    session = make.workshop(
        event, capacity=12, slug="listening", title="Listening", summary="How to hear.",
        description="Step by step.", room="Blue room", ground_rules="One at a time.",
        content_note="Talks about loss.", has_captions=True, has_sign_language=True, is_step_free=True,
        is_camera_optional=True, is_recorded=True,
    )  # fmt: skip
    session.themes.add(make.theme(event, "Equity"))
    make.host(session, "Hana", email="hana@example.org", organisation="Leeds Trust", role="Nurse")

    text = page(client, "/events/2026/sessions/listening/")

    for words in (
        "<title>Listening - Community event - ",
        "How to hear.",
        "Step by step.",
        "Blue room",
        "One at a time.",
        "Talks about loss.",
        "Live captions",
        "BSL interpreter",
        "Step-free room",
        "Camera and microphone optional",
        "<li>Recorded</li>",
        "Equity",
        "Hana",
        "Nurse, Leeds Trust",
        "<strong>12</strong> of 12 places left",
        "10:00",
        "1 hour",
    ):
        assert words in text
    assert "hana@example.org" not in text


def test_a_session_that_is_not_recorded_says_so(client: Client, event: Event):
    make.session(event, slug="listening")

    assert "Not recorded" in page(client, "/events/2026/sessions/listening/")


def test_a_draft_session_is_there_for_staff_only(client: Client, event: Event):
    make.session(event, slug="listening", status=Session.Status.DRAFT)

    page(client, "/events/2026/sessions/listening/", 404)
    client.force_login(make.member("Sam", is_staff=True, is_superuser=True))
    text = page(client, "/events/2026/sessions/listening/")

    assert "Only staff see this session" in text


def a_visitor(event: Event) -> Member | None:
    return None


def a_member(event: Event) -> Member | None:
    return make.member("Ada")


def received(event: Event) -> Member | None:
    ada = make.member("Ada", membership=Member.Membership.WAITING)
    make.registration(event, ada, status=Registration.Status.RECEIVED)
    return ada


def registered(event: Event) -> Member | None:
    ada = make.member("Ada")
    make.registration(event, ada)
    return ada


def a_host(event: Event) -> Member | None:
    hana = make.member("Hana")
    make.host(Session.objects.get(slug="listening"), "Hana", member=hana)
    return hana


def team(event: Event) -> Member | None:
    sam = make.member("Sam", is_staff=True)
    sam.user_permissions.set(Permission.objects.filter(codename="view_session"))
    return sam


@pytest.mark.parametrize(
    ("reader", "open_to_all", "booked_by_others"),
    [
        (a_visitor, False, False),
        (a_member, False, False),
        (received, False, False),
        (registered, True, False),
        (a_host, True, True),
        (team, True, True),
    ],
)
def test_joining_details_are_seen_only_by_those_who_may(
    client: Client,
    event: Event,
    monkeypatch: pytest.MonkeyPatch,
    reader: Any,
    open_to_all: bool,
    booked_by_others: bool,
):
    monkeypatch.setattr(joining, "_checkers", [])
    session = secretive(event)
    member = reader(event)
    if member:
        client.force_login(member)

    free = page(client, "/events/2026/sessions/listening/")
    Workshop.objects.create(session=session, capacity=5, during=(session.starts_at, session.ends_at))
    limited = page(client, "/events/2026/sessions/listening/")

    assert [secret in free for secret in SECRETS] == [open_to_all] * len(SECRETS)
    assert [secret in limited for secret in SECRETS] == [booked_by_others] * len(SECRETS)


def test_the_programme_has_no_joining_details_for_anybody(client: Client, event: Event):
    secretive(event)
    client.force_login(make.member("Sam", is_staff=True, is_superuser=True))

    text = page(client, "/events/2026/programme/")

    assert not any(secret in text for secret in SECRETS)


def test_on_demand_sessions_are_watched_by_those_who_are_registered(client: Client, event: Event):
    secretive(event, starts_at=None, ends_at=None, format="on-demand")

    before = page(client, "/events/2026/sessions/listening/")
    client.force_login(registered(event) or make.member())
    after = page(client, "/events/2026/sessions/listening/")

    assert "Watch the recording" not in before
    assert "Watch the recording" in after
    assert "On demand: whenever it suits you" in after


def test_another_events_session_is_not_found(client: Client, event: Event):
    make.session(make.event(slug="2027"), slug="listening")

    page(client, "/events/2026/sessions/listening/", 404)


@pytest.mark.parametrize("hosts", [1, 30])
def test_a_session_costs_the_same_queries_however_many_host_it(
    client: Client, event: Event, hosts: int, django_assert_num_queries: Any
):
    session = make.workshop(event, slug="listening")
    for _ in range(hosts):
        make.host(session)
        session.themes.add(make.theme(event))

    with django_assert_num_queries(6):
        page(client, "/events/2026/sessions/listening/")
