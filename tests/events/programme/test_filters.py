"""Filters of the programme: what an address asks for, and that no address can do harm."""

from dataclasses import asdict
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from events.forms import ProgrammeFilterForm
from events.models import Event, Session
from events.programme import filters, reading
from events.programme.cache_version import raise_version
from events.programme.contents import SessionCard
from events.programme.filters import Filters, Options, WayOut
from tests import make
from tests.make import NOW
from workshops.models import Workshop

LONDON = ZoneInfo("Europe/London")
OPTIONS = Options(
    themes=[("improvement", "Improvement"), ("équité", "Équité")],
    formats=[("talk", "Talk"), ("workshop", "Workshop")],
    days=[("2026-11-18", "Wednesday 18 November"), ("on-demand", "On demand")],
)


@pytest.fixture
def event(db: None) -> Event:
    """Two talks and a workshop that is full, on two days, and a film."""
    cache.clear()
    event = make.event()
    equity = make.theme(event, "Equity", slug="equity")
    talk = make.session(event, title="Kindness", format="talk", description="On Être allié.e")
    talk.themes.add(equity)
    make.host(talk, "Hana", organisation="Leeds Trust")
    make.session(event, title="Data", format="talk", day=1)
    full = make.workshop(event, title="Full", hour=12)
    Workshop.objects.filter(session=full).update(taken=5)
    make.session(event, title="Film", format="on-demand", starts_at=None, ends_at=None)
    return event


def shown(event: Event, query: str) -> list[str]:
    wanted = filters.parse_filters(QueryDict(query), filters.options_of(reading.load(event), event))
    return [item.card.title for item in reading.items_of(event, at=NOW) if wanted.match(item, event.zone)]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Kindness", "Full", "Data", "Film"]),
        ("theme=equity", ["Kindness"]),
        ("format=talk", ["Kindness", "Data"]),
        ("day=2026-11-19", ["Data"]),
        ("day=on-demand", ["Film"]),
        ("places=on", ["Kindness", "Data", "Film"]),
        ("q=KIND", ["Kindness"]),
        ("q=%C3%8Atre", ["Kindness"]),
        ("q=leeds+hana", ["Kindness"]),
        ("q=etre+allie", ["Kindness"]),
        ("q=kind-ness", ["Kindness"]),
        ("q=-", ["Kindness", "Full", "Data", "Film"]),
        ("q=leeds+data", []),
        ("format=talk&day=2026-11-19&places=on&q=data", ["Data"]),
        ("theme=equity&format=workshop", []),
    ],
)
def test_every_filter_and_every_word_must_match(event: Event, query: str, titles: list[str]):
    assert shown(event, query) == titles


@pytest.mark.parametrize(
    "query",
    [
        "theme=gone",
        "format=%27%3B--",
        "day=2026-13-45",
        "day=yesterday",
        "q=%00%00",
        "theme=%00",
        "x=1&&&=",
        "q=",
    ],
)
def test_what_names_nothing_is_ignored(event: Event, query: str):
    assert shown(event, query) == ["Kindness", "Full", "Data", "Film"]


def test_the_options_are_those_of_the_programme_itself(event: Event):
    options = filters.options_of(reading.load(event), event)

    assert options == Options(
        themes=[("equity", "Equity")],
        formats=[("talk", "Talk"), ("workshop", "Workshop"), ("on-demand", "On demand")],
        days=[
            ("2026-11-18", "Wednesday 18 November"),
            ("2026-11-19", "Thursday 19 November"),
            ("on-demand", "On demand"),
        ],
    )


@pytest.mark.parametrize(
    ("wanted", "is_active"), [(Filters(), False), (Filters(places=True), True), (Filters(q="x"), True)]
)
def test_filters_know_whether_anything_is_filtered(wanted: Filters, is_active: bool):
    assert bool(wanted) is is_active


@pytest.mark.django_db
def test_a_search_of_any_length_is_cut():
    wanted = filters.parse_filters(QueryDict("q=" + "a" * 5000), OPTIONS)

    assert wanted.q == "a" * 100


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(["theme", "format", "day", "places", "q", "page"]), st.text()))
def test_any_address_gives_filters_that_the_form_shows_as_they_are(values: dict[str, str]):
    query = QueryDict(mutable=True)
    query.update(values)

    wanted = filters.parse_filters(query, OPTIONS)
    form = ProgrammeFilterForm(wanted, OPTIONS)

    assert wanted.theme in ("", "improvement", "équité")
    assert wanted.format in ("", "talk", "workshop")
    assert wanted.day in ("", "2026-11-18", "on-demand")
    assert "\0" not in wanted.q
    assert {name: form[name].value() for name in wanted.asked} == wanted.asked


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["", "improvement", "équité"]),
    st.sampled_from(["", "talk", "workshop"]),
    st.sampled_from(["", "2026-11-18", "on-demand"]),
    st.booleans(),
    st.text(max_size=5),
)
def test_adding_a_filter_never_shows_more(theme: str, kind: str, day: str, places: bool, q: str):
    cards = [
        SessionCard(
            id=number, slug="s", title="t", format=form, themes=themes, starts_at=starts_at, ends_at=None,
            booking_opens_at=None, booking_closes_at=None, is_published=number % 2 == 0, room="",
            has_captions=False, has_sign_language=False, is_recorded=False,
            words="a b équité", link=SafeString(), html=SafeString(),
        )
        for number, (form, themes, starts_at) in enumerate(
            (form, themes, starts_at)
            for form in Session.Format.values
            for themes in ((), ("improvement",), ("improvement", "équité"))
            for starts_at in (None, make.NOW)
        )
    ]  # fmt: skip
    items = [reading.Item(card, None) for card in cards]
    wanted = Filters(theme, kind, day, places, q, tuple(q.casefold().split()))

    together = [item for item in items if wanted.match(item, LONDON)]

    for name, value in asdict(wanted).items():
        alone = [item for item in items if Filters(**{name: value}).match(item, LONDON)]
        assert all(item in alone for item in together)
    assert [item for item in items if Filters().match(item, LONDON)] == items


def counts(event: Event, query: str) -> dict[str, dict[str, int]]:
    options = filters.options_of(reading.load(event), event)
    asked = filters.parse_filters(QueryDict(query), options)
    return {
        name: dict(found)
        for name, found in filters.counts_of(reading.items_of(event, at=NOW), asked, event.zone).items()
    }


def test_every_option_says_how_many_sessions_it_leaves(event: Event):
    assert counts(event, "") == {
        "theme": {"": 4, "equity": 1},
        "format": {"": 4, "talk": 2, "workshop": 1, "on-demand": 1},
        "day": {"": 4, "2026-11-18": 2, "2026-11-19": 1, "on-demand": 1},
        "places": {"": 4, "on": 3},
    }


def test_an_option_counts_what_the_other_filters_leave_and_not_its_own(event: Event):
    assert counts(event, "format=talk&day=2026-11-18&places=on") == {
        "theme": {"": 1, "equity": 1},
        "format": {"": 1, "talk": 1},
        "day": {"": 2, "2026-11-18": 1, "2026-11-19": 1},
        "places": {"": 1, "on": 1},
    }


@pytest.mark.parametrize(
    "query", ["", "format=talk", "theme=equity&places=on", "day=2026-11-19&q=data", "q=nothing"]
)
def test_choosing_an_option_shows_as_many_as_it_said(event: Event, query: str):
    for name, found in counts(event, query).items():
        for value, number in found.items():
            chosen = QueryDict(query, mutable=True)
            chosen[name] = value
            assert len(shown(event, chosen.urlencode())) == number, (name, value)


def test_a_place_that_is_held_for_the_line_is_not_free(event: Event):
    Workshop.objects.update(taken=5, held=1, line=3)

    assert counts(event, "format=workshop")["places"] == {"": 1}


@pytest.mark.parametrize(
    ("query", "clean"),
    [
        ("", ""),
        ("theme=&format=talk&day=&q=", "?format=talk"),
        ("theme=gone&places=1&q=a+b", "?places=on&q=a+b"),
    ],
)
def test_the_address_to_share_names_what_is_filtered_and_no_more(event: Event, query: str, clean: str):
    asked = filters.parse_filters(QueryDict(query), filters.options_of(reading.load(event), event))

    assert asked.query == clean


def test_where_nothing_matches_the_ways_out_leave_one_filter_out(event: Event):
    options = filters.options_of(reading.load(event), event)
    asked = filters.parse_filters(QueryDict("theme=equity&day=2026-11-19&q=full"), options)

    items = reading.items_of(event, at=NOW)

    assert list(filters.ways_out(items, asked, options, event.zone)) == []
    asked = filters.parse_filters(QueryDict("theme=equity&day=2026-11-19&places=on"), options)
    assert list(filters.ways_out(items, asked, options, event.zone)) == [
        WayOut("Equity", "?day=2026-11-19&places=on", 1),
        WayOut("Thursday 19 November", "?theme=equity&places=on", 1),
    ]


def test_a_filter_with_nothing_to_choose_is_left_out():
    form = ProgrammeFilterForm(Filters(), Options(themes=[], formats=[("talk", "Talk")], days=OPTIONS.days))

    assert list(form.fields) == ["day", "q", "places"]


@pytest.fixture
def accessible(event: Event) -> Event:
    """The event, of which one session has all that makes it easier and another is recorded."""
    easy = {
        "has_captions": True,
        "has_sign_language": True,
        "has_slides_ahead": True,
        "is_camera_optional": True,
    }
    Session.objects.filter(event=event, title="Kindness").update(**easy)
    Session.objects.filter(event=event, title="Data").update(is_recorded=True, has_captions=True)
    raise_version(event.pk)
    event.refresh_from_db()
    return event


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("captions=on", ["Kindness", "Data"]),
        ("bsl=on", ["Kindness"]),
        ("slides=on", ["Kindness"]),
        ("camera=on", ["Kindness"]),
        ("unrecorded=on", ["Kindness", "Full"]),
        ("captions=on&unrecorded=on", ["Kindness"]),
        ("captions=on&day=2026-11-19", ["Data"]),
    ],
)
def test_sessions_are_found_by_what_makes_it_easier_to_take_part(accessible: Event, query, titles):
    assert shown(accessible, query) == titles
    asked = filters.parse_filters(QueryDict(query), filters.options_of(reading.load(accessible), accessible))
    assert asked.query == f"?{query}" or {*asked.query[1:].split("&")} == {*query.split("&")}


def test_what_all_or_none_of_the_live_sessions_have_is_no_filter(accessible: Event):
    Session.objects.filter(event=accessible).update(has_captions=True, has_sign_language=False)
    raise_version(accessible.pk)
    accessible.refresh_from_db()

    options = filters.options_of(reading.load(accessible), accessible)

    assert [name for name, _ in options.access] == ["slides", "camera", "unrecorded"]
    assert list(ProgrammeFilterForm(Filters(), options).fields)[-3:] == ["slides", "camera", "unrecorded"]


def test_choosing_what_makes_it_easier_shows_as_many_as_it_said(accessible: Event):
    options = filters.options_of(reading.load(accessible), accessible)
    items = reading.items_of(accessible, at=NOW)
    found = filters.counts_of(items, Filters(), accessible.zone, access=dict(options.access))

    for name, _ in options.access:
        assert found[name]["on"] == len(shown(accessible, f"{name}=on"))
