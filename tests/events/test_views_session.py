"""The session pages, as each reader finds them: who sees how to join, and what was recorded."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from events import joining_details
from events.models import Event, Registration, Session
from members.models import Member
from tests import make
from tests.events.pages import page
from workshops.models import Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

SECRETS = (
    "https://meet.example.org/a",
    "number-123",
    "passcode-42",
    "0207 946",
)
FILM = {"recording_url": "https://video.example.org/1", "transcript": "What was said here."}


def secretive(event: Event, **fields: Any) -> Session:
    """A session with everything that only some may see."""
    hidden: dict[str, Any] = {
        "join_url": "https://meet.example.org/a",
        "meeting_number": "number-123",
        "passcode": "passcode-42",
        "dial_in": "0207 946 0000",
        "is_recorded": True,
    }
    return make.session(event, **({"slug": "listening", "title": "Listening"} | hidden | fields))


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
        "<dd>Recorded</dd>",
        "Equity",
        "Hana",
        "Nurse, Leeds Trust",
        "12 of 12 places left",
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reader", "open_to_all", "booked_by_others", "hidden"),
    [
        (a_visitor, False, False, ()),
        (a_member, False, False, ()),
        (received, False, False, ()),
        # How to join is shown from a quarter of an hour before the start; this is two weeks before.
        (registered, True, False, SECRETS),
        (a_host, True, True, ()),
        (team, True, True, ()),
    ],
)
def test_joining_details_are_seen_only_by_those_who_may(
    client: Client,
    event: Event,
    monkeypatch: pytest.MonkeyPatch,
    reader: Any,
    open_to_all: bool,
    booked_by_others: bool,
    hidden: tuple[str, ...],
):
    monkeypatch.setattr(joining_details, "_checkers", [])
    session = secretive(event)
    member = reader(event)
    if member:
        client.force_login(member)

    free = page(client, "/events/2026/sessions/listening/")
    Workshop.objects.create(session=session, capacity=5, during=(session.starts_at, session.ends_at))
    limited = page(client, "/events/2026/sessions/listening/")

    shown = [secret for secret in SECRETS if secret not in hidden]
    assert [secret in free for secret in shown] == [open_to_all] * len(shown)
    assert [secret in limited for secret in shown] == [booked_by_others] * len(shown)
    assert not any(secret in free + limited for secret in hidden)


def test_the_programme_has_no_joining_details_for_anybody(client: Client, event: Event):
    secretive(event)
    client.force_login(make.member("Sam", is_staff=True, is_superuser=True))

    text = page(client, "/events/2026/programme/")

    assert not any(secret in text for secret in SECRETS)


def test_on_demand_sessions_are_watched_by_those_who_are_registered(client: Client, event: Event):
    secretive(event, starts_at=None, ends_at=None, format="on-demand", **FILM)

    before = page(client, "/events/2026/sessions/listening/")
    client.force_login(registered(event) or make.member())
    after = page(client, "/events/2026/sessions/listening/")

    film = ("video.example.org", "said here", "Watch the recording")
    assert [words for words in film if words in before] == []
    assert "What was said here." in after
    assert "Watch the recording" in after
    assert "On demand: whenever it suits you" in after


def test_another_events_session_is_not_found(client: Client, event: Event):
    make.session(make.event(slug="2027"), slug="listening")

    page(client, "/events/2026/sessions/listening/", 404)


@pytest.mark.slow
@pytest.mark.parametrize("hosts", [1, 30])
def test_a_session_costs_the_same_queries_however_many_host_it(
    client: Client, event: Event, hosts: int, django_assert_num_queries: Any
):
    session = make.workshop(event, slug="listening")
    for _ in range(hosts):
        make.host(session)
        session.themes.add(make.theme(event))

    with django_assert_num_queries(7):
        page(client, "/events/2026/sessions/listening/")
