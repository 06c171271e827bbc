"""Reading the programme: the cached common part, fresh places, days and slots."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from events.models import Event, Session
from events.programme import reading
from events.programme.cache_version import raise_version, raise_versions_of
from events.programme.contents import SessionCard
from events.programme.reading import Item
from tests import make
from tests.found import found
from tests.make import NOW
from tests.markup import flat
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Every test begins with an empty cache."""
    cache.clear()


def cards_of(event: Event) -> list[SessionCard]:
    return list(reading.load(Event.objects.get(pk=event.pk)).cards)


def titles(items: list[Item]) -> list[str]:
    return [item.card.title for item in items]


def test_sessions_stand_in_order_of_time_with_on_demand_ones_last():
    event = make.event()
    make.session(event, title="On demand", starts_at=None, ends_at=None)
    make.session(event, title="Second", hour=11)
    make.session(event, title="First", hour=10)

    assert [card.title for card in cards_of(event)] == ["First", "Second", "On demand"]


def test_drafts_are_not_on_the_programme_and_cancelled_sessions_are():
    event = make.event()
    make.session(event, title="Draft", status=Session.Status.DRAFT)
    make.session(event, title="Cancelled", status=Session.Status.CANCELLED)

    [card] = cards_of(event)

    assert (card.title, card.is_published) == ("Cancelled", False)
    assert "This session does not take place." in card.html


def test_another_events_sessions_stay_out():
    event = make.event()
    make.session(make.event())

    assert cards_of(event) == []


def test_a_card_says_what_everybody_may_know():
    event = make.event(slug="2026")
    improvement = make.theme(event, "Improvement", slug="improvement")
    session = make.session(
        event, title="Listening", slug="listening", hours=1.5, room="Blue room", summary="How to hear.",
        has_captions=True, is_camera_optional=True, content_note="Talks about loss.",
        join_url="https://meet.example.org/secret", passcode="hidden-42",
    )  # fmt: skip
    session.themes.add(improvement)
    make.host(session, "Hana", email="hana@example.org", organisation="Leeds Trust")

    [card] = cards_of(event)

    assert card.link == '<a href="/events/2026/sessions/listening/">Listening</a>'
    for words in (
        "Improvement",
        "Hana (Leeds Trust) · Live captions · Camera and microphone optional · Not recorded",
        "Blue room",
        "How to hear.",
        "Talks about loss.",
    ):
        assert words in flat(card.html)
    for secret in ("hana@example.org", "meet.example.org", "hidden-42", "csrf"):
        assert secret not in card.html + card.words


def test_a_card_names_its_time_only_where_its_slot_does_not():
    event = make.event()
    for hours in (1, 1.5):
        make.session(event, title=f"{hours} from ten", hour=10, hours=hours)
        make.session(event, title=f"{hours} alone", hour=10 + 2 * hours)

    texts = {card.title: re.sub(r"<[^>]+>", "", flat(card.html)) for card in cards_of(event)}

    assert "10:00 to 11:30 · 1 hour 30 minutes" in texts["1.5 from ten"]
    assert "10:00 to 11:00 · 1 hour" in texts["1 from ten"]
    assert [title for title, text in texts.items() if "hour" in text] == ["1 from ten", "1.5 from ten"]


def test_a_slot_says_how_long_it_is_where_its_sessions_end_together():
    event = make.event()
    make.session(event, hour=9, hours=0.75)
    for hours in (1, 1.5):
        make.session(event, hour=10, hours=hours)

    [day] = reading.days_of(reading.items_of(event, at=NOW), event)

    assert [(slot.title, slot.length) for slot in day.slots] == [
        ("09:00 to 09:45", "45 minutes"),
        ("10:00", ""),
    ]


def test_what_most_sessions_share_is_said_once_and_not_on_every_card():
    event = make.event()
    for hour in range(4):
        make.session(event, hour=10 + hour, has_captions=True, has_sign_language=hour == 0)

    common = reading.load(event)

    assert common.usual == ("Live captions", "Not recorded")
    assert not any("Live captions" in card.html or "Not recorded" in card.html for card in common.cards)
    assert ["BSL interpreter" in card.html for card in common.cards] == [True, False, False, False]


def test_what_people_typed_is_escaped():
    event = make.event()
    session = make.session(event, title="<b>Bold</b>", summary="<script>alert(1)</script>")
    make.host(session, "<i>Hana</i>")

    [card] = cards_of(event)

    assert "&lt;b&gt;Bold&lt;/b&gt;" in card.link
    assert "<script>" not in card.html
    assert "<i>Hana" not in card.html


def test_the_common_part_is_read_once_for_each_version(django_assert_num_queries: Any):
    event = make.event()
    make.session(event)
    reading.load(event)

    with django_assert_num_queries(0):
        reading.load(event)


def test_a_raised_version_shows_the_change():
    event = make.event()
    session = make.session(event, title="Before")
    cards_of(event)
    Session.objects.filter(pk=session.pk).update(title="After")

    unchanged = [card.title for card in cards_of(event)]
    raise_version(event.pk)
    changed = [card.title for card in cards_of(event)]

    assert (unchanged, changed) == (["Before"], ["After"])


def test_raising_a_version_touches_no_other_event():
    event, other = make.event(), make.event()

    raise_version(event.pk)

    event.refresh_from_db()
    other.refresh_from_db()
    assert (event.version, other.version) == (1, 0)


def test_a_contributors_new_name_raises_the_version_of_every_event_they_are_in_once():
    event, other, without = make.event(), make.event(), make.event()
    hana = make.host(make.session(event), "Hana")
    for session in (make.session(event), make.session(other)):
        session.session_contributors.create(contributor=hana)
    before = Event.objects.in_bulk()

    raise_versions_of(hana)

    after = Event.objects.in_bulk()
    raised = [after[one.pk].version - before[one.pk].version for one in (event, other, without)]
    assert raised == [1, 1, 0]


@pytest.mark.slow
@pytest.mark.parametrize("sessions", [1, 30])
def test_the_common_part_costs_the_same_queries_however_long_it_is(
    sessions: int, django_assert_num_queries: Any
):
    event = make.event()
    for _ in range(sessions):
        session = make.session(event)
        session.themes.add(make.theme(event))
        make.host(session)

    with django_assert_num_queries(5):
        reading.load(event)


@pytest.mark.parametrize("sessions", [1, 30])
def test_places_come_fresh_in_one_query(sessions: int, django_assert_num_queries: Any):
    event = make.event()
    for _ in range(sessions):
        session = make.workshop(event, capacity=5)
    make.session(event)
    Workshop.objects.filter(session=session).update(taken=3)

    with django_assert_num_queries(1):
        places = reading.places_of(event)
        left = places[session.pk].places_left

    assert (len(places), left) == (sessions, 2)


def test_places_are_never_remembered():
    event = make.event()
    session = make.workshop(event, capacity=5)
    reading.items_of(event, at=NOW)
    Workshop.objects.filter(session=session).update(taken=5)

    [item] = reading.items_of(event, at=NOW)

    assert not item.has_room


def test_there_is_room_where_no_booking_is_needed_and_none_where_nothing_takes_place():
    event = make.event()
    make.session(event, title="Open", hour=9)
    make.workshop(event, title="No limit", capacity=None, hour=10)
    make.workshop(event, title="Cancelled", hour=11, status=Session.Status.CANCELLED)

    assert [item.has_room for item in reading.items_of(event, at=NOW)] == [True, True, False]


def test_days_and_hours_are_the_events_not_the_servers():
    event = make.event(time_zone="Asia/Tokyo")
    make.session(event, hour=13, hours=1)
    make.session(event, hour=16, hours=1)

    days = reading.days_of(reading.items_of(event, at=NOW), event)

    assert [(day.id, day.title, [slot.title for slot in day.slots]) for day in days] == [
        ("day-2026-11-18", "Wednesday 18 November", ["22:00 to 23:00"]),
        ("day-2026-11-19", "Thursday 19 November", ["01:00 to 02:00"]),
    ]


def test_a_slot_holds_what_starts_together_and_names_the_end_only_where_all_share_it():
    event = make.event()
    make.session(event, title="Short", hour=10, hours=0.5)
    make.session(event, title="Long", hour=10, hours=1)
    make.session(event, title="Later", hour=11)

    [day] = reading.days_of(reading.items_of(event, at=NOW), event)

    assert [(slot.id, slot.title, titles(list(slot.items))) for slot in day.slots] == [
        ("at-20261118-1000", "10:00", ["Short", "Long"]),
        ("at-20261118-1100", "11:00 to 12:00", ["Later"]),
    ]


def test_a_slot_notes_the_readers_own_time_where_it_differs():
    event = make.event()
    make.session(event, hour=10)
    make.session(event, hour=11, hours=1)
    make.session(event, hour=11, hours=2)
    items = reading.items_of(event, at=NOW)

    there = [slot.note for day in reading.days_of(items, event, "America/New_York") for slot in day.slots]
    here = [slot.note for day in reading.days_of(items, event, "Europe/Dublin") for slot in day.slots]

    assert there == ["05:00 to 06:00 for you", "06:00 for you"]
    assert here == ["", ""]


def test_on_demand_sessions_are_apart_from_the_days():
    event = make.event()
    make.session(event, title="Film", starts_at=None, ends_at=None)
    items = reading.items_of(event, at=NOW)

    assert reading.days_of(items, event) == []
    assert titles(reading.on_demand_of(items)) == ["Film"]


def test_hours_stay_right_across_the_change_of_clocks():
    event = make.event(first_day=make.NOW.date().replace(month=10, day=25), time_zone="Europe/London")
    make.session(event, hour=0.5, hours=1)
    make.session(event, hour=1.5, hours=1)

    [day] = reading.days_of(reading.items_of(event, at=NOW), event)

    assert [slot.title for slot in day.slots] == ["01:30 (UTC+1) to 01:30 (UTC)", "01:30 (UTC) to 02:30"]
    card = day.slots[0].items[0].card
    assert found(card.ends_at) - found(card.starts_at) == timedelta(hours=1)
