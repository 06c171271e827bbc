"""The programme as it is kept for all who are not registered: written once, and never out of date."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from events.models import Event, Session, Theme
from events.programme.cache_version import raise_version
from tests import make, pseudo
from tests.events.pages import page
from tests.make import BY, NOW
from tests.markup import flat
from workshops.models import Workshop
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
ADDRESS = "/events/2026/programme/"
BODY = "events/_programme.html"


@pytest.fixture
def listening(event: Event) -> Session:
    """A workshop on the programme, beside a talk at another hour."""
    make.session(event, title="Kindness", format="talk", hour=14)
    return make.workshop(event, capacity=20, title="Listening", slug="listening")


def is_written(client: Client, address: str = ADDRESS) -> bool:
    """Whether the body was written for this answer; else it is what was kept."""
    return BODY in [one.name for one in client.get(address).templates]


def renamed(session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(title="Hearing")
    raise_version(session.event_id)


def in_a_theme(session: Session) -> None:
    session.themes.add(Theme.objects.create(event=session.event, title="Equity", slug="equity"))
    raise_version(session.event_id)


def full(session: Session) -> None:
    Workshop.objects.filter(session=session).update(taken=20, line=4)


def without_limit(session: Session) -> None:
    Workshop.objects.filter(session=session).update(capacity=None)


def at_another_address(session: Session) -> None:
    Event.objects.filter(pk=session.event_id).update(slug="2027")


def in_another_zone(session: Session) -> None:
    Event.objects.filter(pk=session.event_id).update(time_zone="America/New_York")


def test_what_is_the_same_for_all_is_written_once(client: Client, listening: Session):
    first = page(client, ADDRESS)

    for other in (Client(), client):
        assert not is_written(other)
        assert page(other, ADDRESS) == first
    assert "Listening" in first


def test_a_member_who_is_not_registered_reads_the_same(client: Client, listening: Session):
    page(Client(), ADDRESS)
    client.force_login(make.member("Ada"))

    assert not is_written(client)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (renamed, ">Hearing<"),
        (in_a_theme, "Equity"),
        (full, ">Full. 4 waiting<"),
        (without_limit, ">No limit<"),
        (in_another_zone, "05:00 to 06:00"),
    ],
)
def test_every_change_is_seen_at_once(
    client: Client, listening: Session, change: Callable[[Session], None], words: str
):
    before = page(client, ADDRESS)

    change(listening)

    assert (words in before, words in page(client, ADDRESS)) == (False, True)


def test_an_event_at_another_address_has_its_filters_there(client: Client, listening: Session):
    page(client, ADDRESS)

    at_another_address(listening)

    assert 'action="/events/2027/programme/"' in page(client, "/events/2027/programme/")


def test_a_session_that_has_ended_shows_no_places_any_more(client: Client, listening: Session):
    assert listening.ends_at is not None
    with time_machine.travel(listening.ends_at - timedelta(minutes=1), tick=False):
        before = page(client, ADDRESS)

    with time_machine.travel(listening.ends_at, tick=False):
        after = page(client, ADDRESS)

    words = ">20 of 20 places left<"
    assert (words in before, words in after) == (True, False)


def test_days_are_named_by_the_day_on_which_they_are_read(client: Client, listening: Session):
    page(client, ADDRESS)

    with time_machine.travel(make.NOW - timedelta(days=365), tick=False):
        assert "Wednesday 18 November 2026" in page(client, ADDRESS)


def test_filters_have_each_a_body_of_their_own(client: Client, listening: Session):
    titles = {
        query: [title for title in ("Kindness", "Listening") if f">{title}<" in page(client, ADDRESS + query)]
        for query in ("", "?format=talk", "?format=workshop", "?places=on", "?format=talk&q=listen", "")
    }

    assert titles == {
        "": ["Kindness", "Listening"],
        "?format=talk": ["Kindness"],
        "?format=workshop": ["Listening"],
        "?places=on": ["Kindness", "Listening"],
        "?format=talk&q=listen": [],
    }


def test_words_that_are_looked_for_push_nothing_out(client: Client, listening: Session):
    page(client, ADDRESS)
    for number in range(10):
        page(client, f"{ADDRESS}?q=word{number}")

    assert not is_written(client)


def test_who_reads_elsewhere_has_their_own_hours_and_nobody_else(client: Client, listening: Session):
    client.force_login(make.member("Ada", time_zone="America/New_York"))

    theirs, others = page(client, ADDRESS), page(Client(), ADDRESS)

    words = "05:00 to 06:00 for you"
    assert (words in theirs, words in others) == (True, False)


def test_who_is_registered_has_their_own_buttons_and_leaves_them_to_nobody(
    client: Client, event: Event, listening: Session
):
    ada = make.member("Ada")
    make.registration(event, ada)
    client.force_login(ada)

    theirs, others = page(client, ADDRESS), page(Client(), ADDRESS)

    assert ("csrfmiddlewaretoken" in flat(theirs), "Book a place" in theirs) == (True, True)
    assert ("csrfmiddlewaretoken" in flat(others), "Book a place" in others) == (False, False)


def test_another_language_has_a_body_of_its_own(
    client: Client, listening: Session, settings: Any, tmp_path: Any
):
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), (pseudo.CODE, "Pseudo")]

    pages = [
        flat(client.get(ADDRESS, headers={"Accept-Language": code}).content.decode())
        for code in ("en-gb", pseudo.CODE, "en-gb")
    ]

    with translation.override("en-gb"):
        words = pseudo.stretched("Words")
    assert [words in one for one in pages] == [False, True, False]


def test_how_it_is_laid_out_is_written_once_for_all_who_are_registered(event: Event, listening: Session):
    ada, bo = (make.registration(event, make.member(name)) for name in ("Ada", "Bo"))
    booking.book(listening, ada, by=BY, at=NOW)
    readers = []
    for registration in (ada, bo):
        reader = Client()
        reader.force_login(registration.member)
        readers.append(reader)
    page(readers[0], ADDRESS)

    written = [is_written(reader) for reader in readers]

    assert written == [False, False]
    assert ["Give up my place" in page(reader, ADDRESS) for reader in readers] == [True, False]


@pytest.mark.parametrize("is_registered", [False, True])
def test_what_has_no_room_any_more_is_gone_from_those_with_places(
    client: Client, event: Event, listening: Session, *, is_registered: bool
):
    ada = make.member("Ada")
    if is_registered:
        make.registration(event, ada)
    client.force_login(ada)
    seen = [page(client, f"{ADDRESS}?places=on")]

    full(listening)
    seen.append(page(client, f"{ADDRESS}?places=on"))

    assert [">Listening<" in html for html in seen] == [True, False]
    assert [">Kindness<" in html for html in seen] == [True, True]


@pytest.mark.parametrize("address", ["", "programme/", "themes/equity/"])
def test_a_visitor_who_sends_no_form_gets_no_cookie(
    client: Client, event: Event, listening: Session, address: str
) -> None:
    listening.themes.add(make.theme(event, "Equity", slug="equity"))

    answer = client.get(f"/events/2026/{address}")

    assert answer.status_code == 200
    assert dict(answer.cookies) == {}
