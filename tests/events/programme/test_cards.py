"""Cards that are kept: the same for who sees the same, and never out of date or somebody else's."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from events.models import Event, Registration, Session
from events.programme.cache_version import raise_version
from tests import make
from tests.events.pages import page
from tests.make import BY, NOW
from workshops.agenda.states import State
from workshops.models import Workshop
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
ADDRESS = "/events/2026/programme/"
BOOK = "/events/2026/agenda/listening/book/"
CARD = "events/_card.html"
#: What differs from page to page.
TOKEN = r'(?<=csrfmiddlewaretoken" value=)"[^"]*"|(?<=typed_by" value=)"[^"]*"'


@pytest.fixture
def listening(event: Event) -> Session:
    """A workshop on the programme of the event."""
    return make.workshop(event, capacity=20, title="Listening", slug="listening")


@pytest.fixture
def ada(event: Event) -> Registration:
    """Her registration, whatever pages she asks for."""
    return make.registration(event, make.member("Ada"))


def reader(registration: Registration, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(registration.member)
    return client


def card(client: Client, address: str = ADDRESS) -> str:
    """The only card of the page, without the token."""
    html = page(client, address).partition("<article")[2].partition("</article>")[0]
    return re.sub(TOKEN, "", html)


def is_written(client: Client, address: str = ADDRESS) -> bool:
    return CARD in [one.name for one in client.get(address).templates]


def test_who_sees_the_same_has_it_written_once(event: Event, ada: Registration, listening: Session):
    bo = make.registration(event, make.member("Bo"))

    first = card(reader(ada))

    assert not is_written(reader(bo))
    assert card(reader(bo)) == first
    assert "Book a place" in first


def test_everybody_presses_with_a_token_of_their_own(event: Event, ada: Registration, listening: Session):
    bo = make.registration(event, make.member("Bo"))
    answers, tokens = [], []
    for who in (ada, bo):
        client = reader(who, enforce_csrf_checks=True)
        html = page(client, ADDRESS).partition("<article")[2]
        [token] = re.findall(r'csrfmiddlewaretoken" value="([^"]*)"', html.partition("</article>")[0])
        form = {"csrfmiddlewaretoken": token, "wanted": "place", "next": ADDRESS}
        answers.append(client.post(BOOK, form).status_code)
        tokens.append(token)

    assert answers == [302, 302]
    assert tokens[0] != tokens[1]
    assert Workshop.objects.get(session=listening).taken == 2


def test_a_card_shows_what_became_of_its_session_at_once(ada: Registration, listening: Session):
    client = reader(ada)
    seen = [card(client)]

    Workshop.objects.filter(session=listening).update(taken=20, line=4)
    seen.append(card(client))
    Workshop.objects.filter(session=listening).update(taken=0, line=0)
    booking.book(listening, ada, by=BY, at=NOW)
    seen.append(card(client))
    Session.objects.filter(pk=listening.pk).update(title="Hearing")
    raise_version(listening.event_id)
    seen.append(card(client))

    words = ("Book a place", "Full. 4 waiting", "Give up my place", ">Hearing<")
    assert [[one in html for one in words] for html in seen] == [
        [True, False, False, False],
        [False, True, False, False],
        [False, False, True, False],
        [False, False, True, True],
    ]


def test_the_clock_is_seen_on_a_card_that_is_kept(ada: Registration, listening: Session):
    booking.book(listening, ada, by=BY, at=NOW)
    assert listening.starts_at is not None
    assert listening.ends_at is not None
    moments = (listening.starts_at - timedelta(seconds=1), listening.starts_at, listening.ends_at)

    seen = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            seen.append(card(reader(ada)))

    assert ["Give up my place" in html for html in seen] == [True, False, False]
    assert ['class="booking' in html for html in seen] == [True, True, False]


def test_what_they_host_is_past_at_its_end(event: Event, listening: Session):
    hana = make.member("Hana", email="hana@example.org")
    make.host(listening, email="hana@example.org")
    raise_version(event.pk)
    own = make.registration(event, hana)
    assert listening.ends_at is not None

    seen = []
    for moment in (listening.ends_at - timedelta(seconds=1), listening.ends_at):
        with time_machine.travel(moment, tick=False):
            seen.append(card(reader(own)))

    assert ["You host this session" in html for html in seen] == [True, True]
    assert ['class="booking' in html for html in seen] == [True, False]


def test_booking_that_opens_is_seen_at_its_second(event: Event, ada: Registration, listening: Session):
    opens = NOW + timedelta(hours=1)
    Event.objects.filter(pk=event.pk).update(booking_opens_at=opens)
    client = reader(ada)

    seen = []
    for moment in (opens - timedelta(seconds=1), opens):
        with time_machine.travel(moment, tick=False):
            client.force_login(ada.member)
            seen.append(card(client))

    assert [re.findall(r' action="[^"]+/(\w+)/"', html) for html in seen] == [["choose"], ["book"]]
    assert ["data-from-opening" in html for html in seen] == [True, False]


def test_a_form_leads_back_to_the_page_that_it_stands_on(ada: Registration, listening: Session):
    client = reader(ada)

    filtered, whole = card(client, f"{ADDRESS}?format=workshop"), card(client)

    words = 'name="next" value="/events/2026/programme/?format=workshop"'
    assert (words in filtered, words in whole) == (True, False)


def test_what_somebody_just_did_stands_on_their_card_alone(
    event: Event, ada: Registration, listening: Session
):
    bo, client = make.registration(event, make.member("Bo")), reader(ada)
    for other in (ada, bo):
        page(reader(other), ADDRESS)
    client.post(BOOK, {"wanted": "place", "next": ADDRESS})
    booking.book(listening, bo, by=BY, at=NOW)

    theirs, others, later = card(client), card(reader(bo)), card(client)

    assert ["booking-note" in html or 'role="group"' in html for html in (theirs, others, later)] == [
        True,
        False,
        False,
    ]


def test_a_moment_is_written_for_each_reader(event: Event, ada: Registration, listening: Session):
    Session.objects.filter(pk=listening.pk).update(booking_opens_at=NOW + timedelta(hours=1))
    card(reader(ada))

    assert is_written(reader(make.registration(event, make.member("Bo"))))


def test_a_kept_card_is_the_same_as_one_that_is_written_for_its_reader(
    event: Event, ada: Registration, listening: Session, monkeypatch: pytest.MonkeyPatch
):
    booked = make.workshop(event, hour=12)
    booking.book(booked, ada, by=BY, at=NOW)
    client = reader(ada)

    kept = page(client, ADDRESS)
    monkeypatch.setattr(State, "shown", None)
    written = page(client, ADDRESS)

    assert kept.count("typed_by") == written.count("typed_by") == 3
    assert re.sub(TOKEN, "", kept) == re.sub(TOKEN, "", written)


def test_cards_of_a_page_with_an_endless_address_are_not_kept(ada: Registration, listening: Session):
    client = reader(ada)
    addresses = [f"{ADDRESS}?view={'x' * length}" for length in (200, 400)]

    written = [is_written(client, address) for address in addresses * 2]

    assert written == [True, True, False, True]
