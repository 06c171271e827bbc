"""The programme page, as each reader finds it."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Session
from events.programme import states
from tests import make
from tests.events.pages import page
from tests.markup import flat
from workshops.models import Workshop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


def test_the_programme_stands_by_day_and_time(client: Client, event: Event):
    make.session(event, title="Opening", hour=9)
    make.session(event, title="Next day", day=1)
    make.session(event, title="A film", starts_at=None, ends_at=None)

    response = client.get("/events/2026/programme/")

    assert [day.title for day in response.context["days"]] == [
        "Wednesday 18 November",
        "Thursday 19 November",
    ]
    assert "3 sessions" in flat(response.content.decode())
    assert "A film" in flat(response.content.decode())
    assert "Times are UK and Ireland time." in flat(response.content.decode())


def test_filters_stand_in_the_address_and_in_the_form(client: Client, event: Event):
    make.session(event, title="Kindness", format="talk")
    make.session(event, title="Doing")

    text = page(client, "/events/2026/programme/?format=talk&q=kind")

    assert "Kindness" in text
    assert "Doing" not in text
    assert "1 of 2 sessions" in text
    assert '<option value="talk" selected>' in flat(text)
    assert 'value="kind"' in text
    assert "Clear filters" in text


def test_nothing_found_says_so_and_leads_on(client: Client, event: Event):
    make.session(event)

    text = page(client, "/events/2026/programme/?q=nothing+like+it")

    assert "No session matches" in text
    assert "0 of 1 session" in text


def test_nothing_found_names_the_filter_to_leave_out(client: Client, event: Event):
    make.session(event, title="Kindness", format="talk")
    make.session(event, title="Doing")

    text = page(client, "/events/2026/programme/?format=talk&q=doing")

    assert '<a href="/events/2026/programme/?q=doing">Without “Talk”: 1 session</a>' in flat(text)
    assert '<a href="/events/2026/programme/?format=talk">Without “doing”: 1 session</a>' in flat(text)


def test_each_option_says_how_many_it_leaves(client: Client, event: Event):
    make.session(event, title="Kindness", format="talk")
    make.session(event, title="Doing")

    text = page(client, "/events/2026/programme/?q=kind")

    assert '<option value="talk">Talk (1)</option>' in flat(text)
    assert '<option value="workshop">Workshop (0)</option>' in flat(text)
    assert "With free places (1)" in text


def test_an_answer_in_place_leaves_a_clean_address(client: Client, event: Event):
    make.session(event, format="talk")

    answer = client.get("/events/2026/programme/?theme=&format=talk&q=", headers={"HX-Request": "true"})

    assert answer["HX-Push-Url"] == "/events/2026/programme/?format=talk"
    assert "HX-Push-Url" not in client.get("/events/2026/programme/?format=talk")


@pytest.mark.parametrize("who", ["a visitor", "a member"])
def test_who_is_not_registered_is_called_once_and_first(client: Client, event: Event, who: str):
    make.workshop(event)
    if who == "a member":
        client.force_login(make.member("Bo"))

    text = page(client, "/events/2026/programme/")

    assert text.count("btn-call") == 1
    assert text.index(">Register for the event</a>") < text.index('class="filter-bar"')


def test_who_is_registered_is_not_called_to_register(client: Client, event: Event):
    make.workshop(event)
    ada = make.member("Ada")
    make.registration(event, ada)
    client.force_login(ada)

    assert "Register for the event" not in page(client, "/events/2026/programme/")


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

    assert ">20 of 20 places left<" in flat(before)
    assert ">Full. 4 waiting<" in flat(after)


def test_a_cancelled_session_says_so_and_offers_nothing(client: Client, event: Event):
    make.workshop(event, slug="listening", status=Session.Status.CANCELLED)

    programme = page(client, "/events/2026/programme/")
    session = page(client, "/events/2026/sessions/listening/")

    assert "This session does not take place." in programme
    assert "places left" not in programme
    assert "This session has been cancelled." in session
    assert "places left" not in session


@pytest.mark.slow
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


@pytest.mark.slow
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

    with django_assert_max_num_queries(12):
        page(client, "/events/2026/programme/")


def test_the_readers_own_states_reach_their_cards(
    client: Client, event: Event, monkeypatch: pytest.MonkeyPatch
):
    booked, other = make.workshop(event), make.workshop(event, hour=12)
    ada = make.member("Ada")
    make.registration(event, ada)
    client.force_login(ada)
    yours = SimpleNamespace(tone="yours", is_mine=True, is_booked=True, is_chosen=False)
    monkeypatch.setattr(states, "_lookups", [lambda *_: {booked.pk: yours}])

    html = page(client, "/events/2026/programme/")

    cards = re.findall(r'<article\s+class="\s*([^"]*?)\s*"\s+id="([^"]*)"', html)
    assert [(" ".join(names.split()), card) for names, card in cards] == [
        ("card-session is-yours", f"session-{booked.pk}"),
        ("card-session", f"session-{other.pk}"),
    ]


def test_a_reader_elsewhere_sees_their_own_time_beside(client: Client, event: Event):
    make.session(event, slug="listening", hour=10, hours=1)
    client.force_login(make.member("Ada", time_zone="America/New_York"))

    programme = page(client, "/events/2026/programme/")
    session = page(client, "/events/2026/sessions/listening/")

    assert "05:00 to 06:00 for you" in programme
    assert "05:00 to 06:00 for you" in session
