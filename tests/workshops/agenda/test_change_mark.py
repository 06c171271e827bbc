"""An agenda whose answer is another has another mark; one that nothing has happened to keeps its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from events.models import Event, Registration, Session
from events.programme.cache_version import raise_version
from members.models import Member
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.workshops import agendas
from tests.workshops.pages import agenda_url
from tests.workshops.places.state import crowd, fill
from workshops.agenda import change_mark
from workshops.agenda.own_bookings import own_bookings
from workshops.models import Booking, Workshop
from workshops.places import booking, choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
SOON = NOW + timedelta(hours=1)


@dataclass
class World:
    """Ada, what they have booked, what is full and others wait for, and a session of another time."""

    ada: Registration
    booked: Session
    full: Session
    free: Session


@pytest.fixture
def world(event: Event, ada: Registration) -> World:
    booked, free = (
        make.workshop(event, title="Booked"),
        make.workshop(event, hour=14, title="Free", capacity=5),
    )
    full = make.workshop(event, hour=16, title="Full", capacity=1)
    booking.book(booked, ada, by=BY, at=NOW)
    fill(full, waiting=1)
    booking.book(full, ada, by=BY, at=NOW)
    return World(ada, booked, full, free)


def change(of: str, **fields: object) -> Callable[[World], object]:
    """Change a session of the world, as rules do."""
    return lambda world: agendas.change(getattr(world, of), world.ada, **fields)


def places(of: str, **fields: object) -> Callable[[World], object]:
    """Change the places of a session of the world past all rules."""
    return lambda world: Workshop.objects.filter(session=getattr(world, of)).update(**fields)


def event_with(**fields: object) -> Callable[[World], object]:
    """Change the event."""
    return lambda world: Event.objects.filter(pk=world.ada.event_id).update(**fields)


def ada_with(**fields: object) -> Callable[[World], object]:
    """Change who reads."""
    return lambda world: Member.objects.filter(pk=world.ada.member_id).update(**fields)


def others_come(world: World) -> None:
    crowd(world.free.event, world.free, 2)


def who_was_before_leaves(world: World) -> None:
    ahead = Booking.objects.filter(session=world.full, status="waiting").order_by("ticket")[0]
    booking.cancel(ahead, by=BY, at=NOW)


def they_book(world: World) -> None:
    booking.book(world.free, world.ada, by=BY, at=NOW)


def they_give_up(world: World) -> None:
    booking.cancel(Booking.objects.get(session=world.booked, registration=world.ada), by=BY, at=NOW)


def they_choose(world: World) -> None:
    event_with(booking_opens_at=SOON)(world)
    choices.choose(Session.objects.get(pk=world.free.pk), world.ada, by=BY, at=NOW)


def they_host(world: World) -> None:
    make.host(world.free, world.ada.member.name, member=world.ada.member)


def they_are_busy_elsewhere(world: World) -> None:
    other = make.workshop(make.event(), hour=14, title="Elsewhere")
    there = make.registration(other.event, world.ada.member)
    booking.book(other, there, by=BY, at=NOW)


def they_wait_for_approval(world: World) -> None:
    Registration.objects.filter(pk=world.ada.pk).update(status="received")


def a_session_is_added(world: World) -> None:
    make.workshop(world.ada.event, hour=11, title="New")
    raise_version(world.ada.event_id)


CHANGES = {
    "others come": others_come,
    "who was before them leaves": who_was_before_leaves,
    "they book": they_book,
    "they give up": they_give_up,
    "they choose": they_choose,
    "they host": they_host,
    "they are busy elsewhere": they_are_busy_elsewhere,
    "a session is added": a_session_is_added,
    "more places": places("free", capacity=9),
    "a wave of places": places("free", places_open=2),
    "another title": change("booked", title="Booked of old"),
    "another hour": change("free", starts_at=SOON, ends_at=SOON + timedelta(minutes=30)),
    "a session is cancelled": change("booked", status="cancelled"),
    "a session is a draft": change("free", status="draft"),
    "a session opens later": change("free", booking_opens_at=SOON),
    "booking opens later": event_with(booking_opens_at=SOON),
    "booking has closed": event_with(booking_closes_at=NOW),
    "they wait for approval": lambda world: Registration.objects.filter(pk=world.ada.pk).update(
        status="received"
    ),
    "another zone": ada_with(time_zone="America/New_York"),
}


def mark(registration: Registration, *, at: datetime) -> str:
    """The mark of an agenda at this moment."""
    return change_mark.mark_of(own_bookings(registration, at=at), at=at)


def asked(client: Client, world: World, at: datetime = NOW) -> tuple[str, object]:
    """The mark, and what an answer without one says."""
    registration = Registration.objects.select_related("event", "member").get(pk=world.ada.pk)
    with time_machine.travel(at, tick=False):
        answer = client.get(agenda_url(registration.event, "agenda_now"))
        return mark(registration, at=at), answer.json()


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_the_answer_changes_the_mark(client: Client, world: World, name: str) -> None:
    seen, answer = asked(client, world)

    CHANGES[name](world)

    new_mark, new_answer = asked(client, world)
    assert new_answer != answer
    assert new_mark != seen


MOMENTS: dict[str, tuple[Callable[[World], object], datetime]] = {
    "booking opens": (event_with(booking_opens_at=SOON), SOON),
    "booking closes": (event_with(booking_closes_at=SOON), SOON),
    "a session's own booking opens": (change("free", booking_opens_at=SOON), SOON),
    "a session's own booking closes": (change("free", booking_closes_at=SOON), SOON),
    "a session begins": (
        change("free", starts_at=SOON, ends_at=SOON + timedelta(minutes=30)),
        SOON,
    ),
    "a session ends": (
        change("free", starts_at=NOW - timedelta(hours=1), ends_at=SOON),
        SOON,
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_a_moment_that_changes_the_answer_changes_the_mark(client: Client, world: World, name: str) -> None:
    prepare, moment = MOMENTS[name]
    prepare(world)
    before = moment - timedelta(seconds=1)

    (seen, answer), (new_mark, new_answer) = asked(client, world, before), asked(client, world, moment)

    assert new_answer != answer
    assert new_mark != seen


def test_a_deadline_of_an_offer_changes_the_mark(
    client: Client, event: Event, ada: Registration, offer
) -> None:
    _, full = offer
    until = found(Booking.objects.get(session=full, registration=ada, status="offered").expires_at)
    world = World(ada, full, full, full)

    before = asked(client, world, until - timedelta(seconds=1))
    after = asked(client, world, until)

    assert after[1] != before[1]
    assert after[0] != before[0]


def test_where_nothing_happens_the_mark_stays(client: Client, world: World) -> None:
    first = asked(client, world)

    make.workshop(make.event(), title="Of another event")
    later = asked(client, world, NOW + timedelta(minutes=5))

    assert later == first


def test_the_order_of_two_choices_is_part_of_the_mark(client: Client, world: World) -> None:
    other = make.workshop(world.free.event, hour=14, title="Other")
    they_choose(world)
    choices.choose(Session.objects.get(pk=other.pk), world.ada, by=BY, at=NOW)
    seen, answer = asked(client, world)

    Booking.objects.filter(session=world.free, registration=world.ada).update(created_at=SOON)

    new_mark, new_answer = asked(client, world)
    assert (new_answer != answer, new_mark != seen) == (True, True)


def test_the_order_of_choices_is_part_of_the_mark_where_one_was_given_up_before(
    client: Client, world: World
) -> None:
    other = make.workshop(world.free.event, hour=14, title="Other")
    given_up = booking.book(other, world.ada, by=BY, at=NOW - timedelta(hours=1))
    booking.cancel(given_up, by=BY, at=NOW)
    they_choose(world)
    again = choices.choose(Session.objects.get(pk=other.pk), world.ada, by=BY, at=NOW)
    seen, answer = asked(client, world)

    Booking.objects.filter(pk=again.pk).update(created_at=NOW - timedelta(minutes=1))

    new_mark, new_answer = asked(client, world)
    assert (new_answer != answer, new_mark != seen) == (True, True)


def test_a_programme_that_was_read_a_moment_too_early_is_asked_for_again(world: World) -> None:
    early = Registration.objects.select_related("event", "member").get(pk=world.ada.pk)
    raise_version(world.ada.event_id)
    late = Registration.objects.select_related("event", "member").get(pk=world.ada.pk)

    assert mark(early, at=NOW) != mark(late, at=NOW)


def test_another_language_has_another_mark(world: World, settings: Settings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]

    with translation.override("cy"):
        other = mark(world.ada, at=NOW)

    assert other != mark(world.ada, at=NOW)


def test_another_day_has_another_mark(world: World) -> None:
    assert mark(world.ada, at=NOW + timedelta(days=1)) != mark(world.ada, at=NOW)


def test_another_release_of_the_words_has_another_mark(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    before = mark(world.ada, at=NOW)

    (tmp_path / "django.mo").write_bytes(b"words")
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path]

    assert mark(world.ada, at=NOW) != before


def test_two_readers_have_two_marks(world: World) -> None:
    bo = make.registration(world.ada.event, make.member("Bo"))
    cy = make.registration(world.ada.event, make.member("Cy"))

    assert mark(bo, at=NOW) != mark(cy, at=NOW)


def test_a_mark_is_two_queries_whatever_the_size_of_the_programme(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make.workshop(world.ada.event, hour=number % 8 + 9)
    registration = Registration.objects.select_related("event", "member").get(pk=world.ada.pk)

    with django_assert_num_queries(2):
        mark(registration, at=NOW)
