"""An event is used again: texts and places on other days, and nobody in it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.acts import Act
from audit.models import Entry
from events.models import Event, Registration, Session
from tests import make
from tests.make import BY, NOW
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import copying
from workshops.programme.copying import NotCopied, Wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]

#: Wednesday 18 November 2026 and 52 weeks later.
NEXT = Wanted("Q 2027", "2027", date(2027, 11, 17))


@pytest.fixture
def event() -> Event:
    return make.event(
        slug="2026",
        title="Q 2026",
        capacity=300,
        code_of_conduct="Be kind.",
        booking_opens_at=datetime(2026, 10, 20, 9, 0, tzinfo=UTC),
        booking_closes_at=datetime(2026, 11, 18, 8, 0, tzinfo=UTC),
    )


@pytest.fixture
def session(event: Event) -> Session:
    """A workshop with everything that a session can have."""
    made = make.workshop(
        event,
        capacity=12,
        title="Leading quietly",
        slug="leading",
        room="Room 3",
        external_id="W1",
        summary="How.",
        join_url="https://join.example/1",
        meeting_number="12",
        passcode="34",
        dial_in="0800",
        has_captions=True,
        has_sign_language=True,
        is_camera_optional=True,
        is_step_free=True,
        ground_rules="Listen.",
        content_note="Grief.",
    )
    made.themes.add(make.theme(event, "Improvement", colour="#112233"))
    make.host(made)
    return made


def copied(event: Event, *chosen: Session, wanted: Wanted = NEXT) -> Event:
    return copying.copy(event, wanted, {one.pk for one in chosen}, by=BY, at=NOW)


def test_texts_rooms_and_places_are_there_again_a_year_later(event, session):
    again = copied(event, session).sessions.get()

    assert (again.title, again.slug, again.summary, again.room, again.ground_rules, again.content_note) == (
        "Leading quietly",
        "leading",
        "How.",
        "Room 3",
        "Listen.",
        "Grief.",
    )
    assert (again.workshop.capacity, again.workshop.taken, again.is_step_free) == (12, 0, True)
    assert again.starts_at == datetime(2027, 11, 17, 10, 0, tzinfo=UTC)
    assert again.workshop.during.lower == again.starts_at
    assert [(one.title, one.colour) for one in again.themes.all()] == [("Improvement", "#112233")]
    assert again.themes.get().event == again.event


def test_where_nobody_is_noted_nobody_is_a_year_later(event, session):
    Session.objects.filter(pk=session.pk).update(notes_attendance=False)

    assert not copied(event, session).sessions.get().notes_attendance


def test_nobody_and_nothing_of_that_one_time_is_copied(event, session):
    booking.book(session, make.registration(event, make.member()), by=BY, at=NOW)
    link: dict[str, Any] = {"recording_url": "https://rec.example/1", "transcript": "Words."}
    film = make.session(event, starts_at=None, ends_at=None, format="on-demand", **link)

    made = copied(event, session, film)

    again = made.sessions.live().get()

    assert not again.contributors.exists()
    assert not Registration.objects.filter(event=again.event).exists()
    assert not Booking.objects.filter(session=again).exists()
    once = ("external_id", "join_url", "meeting_number", "passcode", "dial_in")
    assert [getattr(again, name) for name in once] == [""] * 5
    assert not made.sessions.get(starts_at=None).has_film
    assert (again.has_captions, again.has_sign_language) == (False, False)


def test_the_new_event_is_a_draft_with_the_words_and_moments_of_the_old_one(event, session):
    again = copied(event, session)

    assert (again.status, again.title, again.slug, again.code_of_conduct) == (
        "draft",
        "Q 2027",
        "2027",
        "Be kind.",
    )
    assert (again.first_day, again.last_day) == (date(2027, 11, 17), date(2027, 11, 18))
    assert again.places.capacity == 300
    assert again.sessions.get().status == Session.Status.DRAFT


def test_a_moment_keeps_what_the_clocks_show_when_summer_time_lies_between(event):
    again = copied(event, wanted=Wanted("Q", "spring", event.first_day + timedelta(days=182)))

    # London's summer both times for the first; the second is in winter, and in summer half a year later.
    assert again.booking_opens_at == datetime(2027, 4, 20, 9, 0, tzinfo=UTC)
    assert again.booking_closes_at == datetime(2027, 5, 19, 7, 0, tzinfo=UTC)


def test_only_what_is_chosen_is_copied_and_what_was_cancelled_never(event, session):
    left_out = make.session(event)
    cancelled = make.session(event, status="cancelled")
    of_another = make.session(make.event())

    again = copied(event, session, cancelled, of_another)

    assert [one.title for one in again.sessions.all()] == ["Leading quietly"]
    assert left_out.title not in {one.title for one in again.sessions.all()}


def test_a_session_on_demand_has_no_time_and_no_places(event):
    on_demand = make.session(event, starts_at=None, ends_at=None, format="on-demand")

    again = copied(event, on_demand).sessions.get()

    assert again.starts_at is None
    assert not hasattr(again, "workshop")


def test_an_address_that_another_event_has_is_refused_and_nothing_is_made(event, session):
    make.event(slug="2027")

    with pytest.raises(NotCopied, match="Another event has this address"):
        copied(event, session)

    assert Event.objects.count() == 2
    assert Session.objects.count() == 1


def test_who_made_it_from_what_is_recorded(event, session):
    again = copied(event, session)

    told = Entry.objects.filter(act=Act.EVENT_COPIED).get()
    assert (told.thing_id, told.facts) == (again.pk, {"source": event.pk})
    assert Entry.objects.filter(act=Act.SESSION_ADDED, thing_id=again.sessions.get().pk).exists()


def test_thirty_sessions_cost_as_many_queries_as_one(event, session):
    counts = []
    for number in (1, 30):
        sessions = [make.workshop(event, hour=11) for _ in range(number)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            copied(event, *sessions, wanted=Wanted("Q", f"again-{number}", NEXT.first_day))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_year_later_is_the_same_weekday_and_the_next_year_in_title_and_address(event):
    assert copying.suggestion(event) == NEXT


def test_an_address_without_a_year_is_left_to_whoever_copies():
    event = make.event(slug="autumn", title="Autumn event")

    assert copying.suggestion(event) == Wanted("Autumn event", "", date(2027, 11, 17))


def test_an_address_that_is_taken_is_not_suggested(event):
    make.event(slug="2027")

    assert copying.suggestion(event).slug == ""


@pytest.mark.parametrize(
    ("words", "named"), [("Since 2026 we meet.", "2026"), ("Room 20261", ""), ("Since 2025", "")]
)
def test_what_names_the_old_year_is_said(event, session, words, named):
    Session.objects.update(description=words)

    [one] = copying.look(event, NEXT).sessions

    assert one.named_year == named


def test_other_weekdays_are_noticed(event):
    assert copying.look(event, NEXT).keeps_weekdays
    assert not copying.look(event, Wanted("Q", "x", date(2027, 11, 18))).keeps_weekdays


def test_a_time_that_the_clocks_skip_is_refused_by_name(event):
    make.session(event, hour=1.5, hours=0.5, title="Night shift")

    with pytest.raises(NotCopied, match="Night shift"):
        copying.look(event, Wanted("Q", "spring", date(2027, 3, 28)))
