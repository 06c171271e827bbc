"""An event at a glance: figures, days, what can be done when, and what matters to each reader."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from events import overview
from events.calls_to_action import Standing
from events.models import Event, Registration, Session
from events.programme import reading
from members.models import Member
from tests import make
from tests.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
HOUR = timedelta(hours=1)


def test_it_counts_what_takes_place_and_names_the_kinds_there_is_most_of():
    event = make.event()
    for _ in range(3):
        make.session(event)
    for kind in ("plenary", "plenary", "talk", "panel"):
        make.session(event, format=kind)
    make.session(event, status="cancelled")
    make.session(event, status="draft")

    found = overview.overview_of(event)

    assert (found.sessions, found.kinds_in_short) == (7, "3 workshops, 2 plenaries and more")


@pytest.mark.parametrize(
    ("formats", "words"),
    [
        ([], ""),
        (["talk"], "1 talk"),
        (["talk", "talk", "panel"], "2 talks and 1 panel"),
        (["talk"] * 3 + ["panel"] * 2 + ["workshop"], "3 talks, 2 panels and 1 workshop"),
    ],
)
def test_few_kinds_are_all_named(formats, words):
    event = make.event()
    for kind in formats:
        make.session(event, format=kind)

    assert overview.overview_of(event).kinds_in_short == words


def test_every_format_has_words_for_one_and_for_many():
    assert set(overview.KINDS) == set(Session.Format.values)


def test_access_is_promised_for_as_many_sessions_as_have_it():
    event = make.event()
    make.session(event, has_captions=True, has_sign_language=True)
    make.session(event, has_captions=True)
    make.session(event, starts_at=None, ends_at=None)

    assert overview.overview_of(event).access == (
        "Live captions: every live session",
        "BSL interpreter: 1 of 2 live sessions",
    )


def test_a_moment_with_one_session_names_it_and_one_with_several_says_of_which_kinds():
    event = make.event()
    welcome = make.session(event, hour=9, format="plenary")
    for kind in ("workshop", "workshop", "talk"):
        make.session(event, hour=10, format=kind)
    make.session(event, hour=9, day=1)

    first, second = overview.overview_of(event).days

    assert (first.id, first.title, second.title) == (
        "day-2026-11-18", "Wednesday 18 November", "Thursday 19 November",
    )  # fmt: skip
    assert [(row.slot.title, row.only and row.only.id, row.kinds) for row in first.rows] == [
        ("09:00 to 10:00", welcome.pk, "1 plenary"),
        ("10:00 to 11:00", None, "2 workshops and 1 talk"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("sessions", [1, 30])
def test_however_much_is_on_nothing_is_asked_for_once_it_is_cached(sessions, django_assert_num_queries):
    event = make.event()
    for _ in range(sessions):
        make.session(event).themes.add(make.theme(event))
    cache.clear()
    overview.overview_of(event)

    with django_assert_num_queries(0):
        overview.overview_of(event)
        counted = [one.sessions for one in reading.load(event).themes]

    assert counted == [1] * sessions


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (None, None, ("Open now", None)),
        (-HOUR, None, ("Open now", None)),
        (HOUR, 2 * HOUR, ("Opens", NOW + HOUR)),
        (-HOUR, HOUR, ("Open until", NOW + HOUR)),
        (0 * HOUR, HOUR, ("Open until", NOW + HOUR)),
        (-HOUR, 0 * HOUR, ("Closed", None)),
    ],
)
def test_registration_and_booking_say_how_they_stand_to_the_second(opens, closes, words):
    moments = {
        f"{what}_{name}_at": None if distance is None else NOW + distance
        for what in ("registration", "booking")
        for name, distance in (("opens", opens), ("closes", closes))
    }

    found = overview.windows(make.event(**moments), at=NOW)

    assert [(one.words, one.at) for one in found] == [words, words]


@pytest.mark.parametrize("status", ["draft", "cancelled", "archived"])
def test_nothing_is_said_of_registration_where_there_is_nothing_to_do(status):
    assert overview.windows(make.event(status=status), at=NOW) == []
    assert overview.windows(make.event(), at=NOW + timedelta(days=60)) == []


def test_each_reader_finds_beside_the_head_what_matters_to_them():
    event, open_to_all = make.event(), make.event(audience=Event.Audience.EVERYONE)
    ada, winnie = make.member("Ada"), make.member("Winnie", membership=Member.Membership.WAITING)
    hers = make.registration(event, ada)
    received = Registration(event=event, member=winnie, status=Registration.Status.RECEIVED)
    over = NOW + timedelta(days=60)

    found = [
        overview.hero_panel(Standing(event), at=NOW),
        overview.hero_panel(Standing(event, ada), at=NOW),
        overview.hero_panel(Standing(event, ada, hers), at=NOW),
        overview.hero_panel(Standing(event, winnie), at=NOW),
        overview.hero_panel(Standing(event, winnie, received), at=NOW),
        overview.hero_panel(Standing(open_to_all, winnie), at=NOW),
        overview.hero_panel(Standing(event, winnie), at=over),
        overview.hero_panel(Standing(event, winnie, received), at=over),
    ]

    assert found == ["facts", "facts", "agenda", "next", "next", "facts", "facts", "facts"]
