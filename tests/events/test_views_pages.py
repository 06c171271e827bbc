"""The list of events, an event's page, a theme's page: what each reader finds."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from events.models import Event, Session
from members.models import Member
from tests import make
from tests.events.pages import page
from tests.markup import flat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def editor() -> Member:
    """Somebody of the team who may see events in the admin."""
    sam = make.member("Sam", is_staff=True)
    sam.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "view_session"]))
    return sam


def test_the_list_has_what_is_to_come_first_and_then_what_was(client: Client):
    make.event(title="Last year", first_day=date(2025, 11, 18), last_day=date(2025, 11, 19))
    make.event(title="Two years ago", first_day=date(2024, 11, 18), last_day=date(2024, 11, 19))
    make.event(title="Next spring", first_day=date(2027, 3, 1), last_day=date(2027, 3, 1))
    make.event(title="This month")
    make.event(title="Put away", status=Event.Status.ARCHIVED)

    response = client.get("/events/")

    assert [event.title for event in response.context["upcoming"]] == ["This month", "Next spring"]
    assert [event.title for event in response.context["past"]] == ["Put away", "Last year", "Two years ago"]


def test_an_empty_list_says_what_will_be_there(client: Client):
    assert "No event is planned yet" in page(client, "/events/")


def test_a_cancelled_event_stays_on_the_list_and_says_so(client: Client):
    make.event(title="Summer", status=Event.Status.CANCELLED)

    assert "Cancelled" in page(client, "/events/")


@pytest.mark.parametrize("events", [1, 30])
def test_the_list_costs_the_same_queries_however_long_it_is(
    client: Client, events: int, django_assert_num_queries: Any
):
    for _ in range(events):
        make.event()

    with django_assert_num_queries(2):
        page(client, "/events/")


def test_an_event_says_when_where_for_whom_and_what_to_do(client: Client):
    event = make.event(
        slug="2026", title="Community event", summary="Two days.", description="Come <all>.", place="both",
        venue="The Round Hall", code_of_conduct="Be kind.", booking_opens_at=make.NOW,
    )  # fmt: skip
    make.theme(event, "Equity", slug="equity")
    make.session(event)
    make.session(event, status=Session.Status.CANCELLED)

    text = page(client, "/events/2026/")

    for words in (
        "Community event",
        ">Wednesday 18</time> to <time",
        ">Thursday 19 November</time>",
        "UK and Ireland time",
        "Online and in person",
        "Two days.",
        "Come &lt;all&gt;.",
        "The Round Hall",
        "Be kind.",
        '<a href="/events/2026/themes/equity/">Equity</a>',
        "1 session: 1 workshop</dd>",
        "/accounts/signup/?next=%2Fevents%2F2026%2Fregister%2F",
    ):
        assert words in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", ["", "programme/", "themes/equity/", "sessions/listening/", "register/", "cancel/"]
)
def test_a_draft_event_is_there_for_staff_only(client: Client, address: str):
    event = make.event(slug="2027", status=Event.Status.DRAFT)
    make.theme(event, slug="equity")
    make.session(event, slug="listening")

    anonymous = client.get(f"/events/2027/{address}")
    client.force_login(make.member("Ada"))
    member = client.get(f"/events/2027/{address}")
    client.force_login(make.member("Bo", is_staff=True))
    staff_without_the_right = client.get(f"/events/2027/{address}")
    client.force_login(editor())
    staff = client.get(f"/events/2027/{address}", follow=True)

    assert anonymous.status_code in (404, 302 if address in ("register/", "cancel/") else 404)
    assert (member.status_code, staff_without_the_right.status_code) == (404, 404)
    assert staff.status_code == 200
    if address not in ("register/",):
        assert "Only staff see this event" in flat(staff.content.decode())


def test_staff_find_drafts_on_the_list_and_nobody_else_does(client: Client):
    make.event(title="Not yet", status=Event.Status.DRAFT)

    before = page(client, "/events/")
    client.force_login(editor())
    after = page(client, "/events/")

    assert "Not yet" not in before
    assert "Not yet" in after


def test_the_page_says_what_can_be_done_now_and_until_when(client: Client):
    event = make.event(
        slug="2026",
        registration_opens_at=make.NOW,
        registration_closes_at=make.NOW + timedelta(days=2),
        booking_opens_at=make.NOW + timedelta(seconds=1),
        booking_closes_at=make.NOW + timedelta(days=1),
    )

    shown = re.sub(r"<[^>]+>", "", page(client, event.get_absolute_url()))

    assert "RegistrationOpen until Wednesday 4 November, 10:00 (UK and Ireland time)" in shown
    assert "Booking of sessionsOpens Monday 2 November, 10:00 (UK and Ireland time)" in shown


def test_a_cancelled_event_keeps_its_page(client: Client):
    make.event(slug="2026", status=Event.Status.CANCELLED)

    text = page(client, "/events/2026/")

    assert "This event has been cancelled" in text
    assert "Register for the event" not in text


@pytest.mark.parametrize(
    ("membership", "words"),
    [
        (Member.Membership.ACTIVE, "Register for the event"),
        (Member.Membership.WAITING, "waiting for approval"),
        (Member.Membership.ENDED, "membership has ended"),
        (Member.Membership.DECLINED, "was not approved"),
    ],
)
def test_the_page_speaks_to_each_reader(client: Client, membership: str, words: str):
    make.event(slug="2026")
    client.force_login(make.member("Ada", membership=membership))

    assert words in page(client, "/events/2026/")


def test_a_registered_reader_is_led_to_their_agenda(client: Client):
    event, ada = make.event(slug="2026"), make.member("Ada")
    make.registration(event, ada)
    client.force_login(ada)

    text = page(client, "/events/2026/")

    assert "You are registered." in text
    assert 'href="/events/2026/agenda/"' in text


@pytest.mark.slow
@pytest.mark.parametrize("sessions", [1, 30])
def test_an_event_costs_the_same_queries_however_much_is_on(
    client: Client, sessions: int, django_assert_num_queries: Any
):
    event = make.event(slug="2026")
    for _ in range(sessions):
        session = make.workshop(event)
        session.themes.add(make.theme(event))
        make.host(session)

    with django_assert_num_queries(9):
        page(client, "/events/2026/")


def test_a_theme_shows_its_sessions_and_no_others(client: Client):
    event = make.event(slug="2026")
    equity = make.theme(event, "Equity", slug="equity", summary="Fair for all.", description="More about it.")
    make.session(event, title="Mine").themes.add(equity)
    make.session(event, title="Another")
    make.session(event, title="A film", starts_at=None, ends_at=None).themes.add(equity)

    text = page(client, "/events/2026/themes/equity/")

    assert [words in text for words in ("Mine", "A film", "Fair for all.", "More about it.")] == [True] * 4
    assert "Another" not in text


def test_a_theme_without_sessions_leads_to_the_programme(client: Client):
    make.theme(make.event(slug="2026"), slug="equity")

    text = page(client, "/events/2026/themes/equity/")

    assert "No session yet" in text


@pytest.mark.slow
@pytest.mark.parametrize("sessions", [1, 30])
def test_a_theme_costs_the_same_queries_however_long_it_is(
    client: Client, sessions: int, django_assert_num_queries: Any
):
    event = make.event(slug="2026")
    equity = make.theme(event, slug="equity")
    for _ in range(sessions):
        make.workshop(event).themes.add(equity)

    with django_assert_num_queries(11):
        page(client, "/events/2026/themes/equity/")


def test_another_events_theme_is_not_found(client: Client):
    make.event(slug="2026")
    make.theme(make.event(slug="2027"), slug="equity")

    page(client, "/events/2026/themes/equity/", 404)


def test_addresses_may_be_in_any_script(client: Client):
    event = make.event(slug="2026")
    make.theme(event, "Équité", slug="équité")
    make.session(event, title="健康", slug="健康")

    assert "Équité" in page(client, "/events/2026/themes/équité/")
    assert "健康" in page(client, "/events/2026/sessions/健康/")


@pytest.mark.parametrize(
    "address",
    [
        "/events/none/",
        "/events/2026/sessions/%ff/",
        "/events/2026/sessions/" + "a" * 3000 + "/",
        "/events/é/",
    ],
)
def test_an_address_that_names_nothing_is_not_found(client: Client, address: str):
    make.event(slug="2026")

    page(client, address, 404)


@pytest.mark.parametrize("address", ["/events/20%0026/", "/events/2026/themes/%00/", "/events/?q=%00"])
def test_an_address_with_a_nul_is_a_bad_request(client: Client, address: str):
    make.event(slug="2026")

    page(client, address, 400)


@pytest.mark.parametrize("address", ["/events/", "/events/2026/", "/events/2026/themes/equity/"])
def test_a_page_to_read_takes_no_post(client: Client, address: str):
    make.theme(make.event(slug="2026"), slug="equity")

    assert client.post(address).status_code == 405


def test_search_engines_are_told_what_the_event_is():
    event = make.event(slug="2026", title="Community event", place="online", status="cancelled")

    page = Client().get(event.get_absolute_url()).text

    assert 'itemtype="https://schema.org/Event"' in page
    for name, content in (
        ("name", "Community event"),
        ("startDate", "2026-11-18"),
        ("endDate", "2026-11-19"),
    ):
        assert f'<meta itemprop="{name}" content="{content}">' in flat(page)
    assert 'href="https://schema.org/EventCancelled"' in page
    assert 'href="https://schema.org/OnlineEventAttendanceMode"' in page
