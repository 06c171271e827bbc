"""Cards of an agenda are kept: the same for who sees the same, and never out of date or somebody else's."""

import re
from typing import Any

import pytest
from django.test import Client

from events.models import Event, Registration, Session
from events.programme.cache_version import raise_version
from tests import make
from tests.make import BY, NOW
from tests.markup import flat
from workshops.models import Workshop
from workshops.places import booking, choices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]
AGENDA = "/events/2026/agenda/"
BOOK = f"{AGENDA}listening/book/"
CARD = "workshops/_agenda_card.html"
SLOT = "workshops/_agenda_slot.html"
LINE = "workshops/_glance_line.html"
FIGURES = "workshops/_agenda_summary.html"
#: What differs from reader to reader.
HIDDEN = r'(csrfmiddlewaretoken|typed_by)" value="([^"]*)"'


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", booking_opens_at=NOW)


@pytest.fixture
def listening(event: Event) -> Session:
    return make.workshop(event, capacity=20, title="Listening", slug="listening")


@pytest.fixture
def ada(event: Event) -> Registration:
    return make.registration(event, make.member("Ada"))


def reader(registration: Registration, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(registration.member)
    return client


def whole_card(html: str) -> str:
    return html.partition("<article")[2].partition("</article>")[0]


def card(registration: Registration) -> str:
    """The only card of their agenda, without what its form carries unseen."""
    return re.sub(HIDDEN, "", whole_card(reader(registration).get(AGENDA).text))


def press(client: Client, act: str = "book", **form: str) -> Any:
    slot = f"slot-{Session.objects.get(slug='listening').starts_at:%Y%m%d-%H%M}"
    return client.post(f"{AGENDA}listening/{act}/", form, headers={"HX-Request": "true", "HX-Target": slot})


def test_who_sees_the_same_has_it_written_once(ada: Registration, listening: Session):
    bo = make.registration(ada.event, make.member("Bo"))

    first, second = card(ada), reader(bo).get(AGENDA)

    assert not {CARD, SLOT, LINE} & {one.name for one in second.templates}
    assert re.sub(HIDDEN, "", whole_card(second.text)) == first
    assert "Book a place" in first


def test_what_became_of_a_press_is_written_once_too(ada: Registration, listening: Session):
    bo = make.registration(ada.event, make.member("Bo"))

    first, second = press(reader(ada)), press(reader(bo))

    assert not {CARD, SLOT, LINE, FIGURES} & {one.name for one in second.templates}
    assert 'aria-label="Booked, Listening"' in whole_card(first.text)
    assert 'aria-label="Booked, Listening"' in whole_card(second.text)
    assert 'aria-label="Booked, Listening"' not in card(bo)


def test_everybody_presses_with_a_token_of_their_own(ada: Registration, listening: Session):
    bo = make.registration(ada.event, make.member("Bo"))
    answers, hidden = [], []
    for who in (ada, bo):
        client = reader(who, enforce_csrf_checks=True)
        fields = dict(re.findall(HIDDEN, whole_card(client.get(AGENDA).text)))
        answers.append(press(client, **fields).status_code)
        hidden.append(fields)

    assert answers == [200, 200]
    assert hidden[0].keys() == hidden[1].keys() == {"csrfmiddlewaretoken", "typed_by"}
    assert not set(hidden[0].values()) & set(hidden[1].values())
    assert Workshop.objects.get(session=listening).taken == 2


def test_a_card_shows_what_became_of_its_session_at_once(ada: Registration, listening: Session):
    seen = [card(ada)]

    Workshop.objects.filter(session=listening).update(taken=20, line=4)
    seen.append(card(ada))
    Workshop.objects.filter(session=listening).update(taken=0, line=0)
    booked = booking.book(listening, ada, by=BY, at=NOW)
    seen.append(card(ada))
    Session.objects.filter(pk=listening.pk).update(title="Hearing", room="Room 9")
    raise_version(ada.event_id)
    seen.append(card(ada))
    booking.cancel(booked, by=BY, at=NOW)
    seen.append(card(ada))

    words = ("Book a place", "Full. 4 waiting", "Give up my place", ">Hearing<", "Room 9", "Book again")
    assert [[one for one in words if one in html] for html in seen] == [
        ["Book a place"],
        ["Full. 4 waiting"],
        ["Give up my place"],
        ["Give up my place", ">Hearing<", "Room 9"],
        [">Hearing<", "Room 9", "Book again"],
    ]


def test_a_choice_looks_like_one(ada: Registration, listening: Session):
    bo = make.registration(ada.event, make.member("Bo"))
    Event.objects.update(booking_opens_at=listening.starts_at)
    seen = [card(ada)]
    choices.choose(listening, ada, by=BY, at=NOW)
    seen += [card(ada), card(bo)]

    assert ["is-chosen" in html for html in seen] == [False, True, False]
    assert seen[0] == seen[2]


def timeline(registration: Registration) -> list[str]:
    """The slots of their agenda, without what forms carry unseen."""
    html = reader(registration).get(AGENDA).text
    return re.findall(r'<section\s+class="\s*timeline-slot.*?</section>', re.sub(HIDDEN, "", html), re.DOTALL)


def test_a_slot_is_folded_for_whom_it_clashes_alone(ada: Registration):
    long = make.workshop(ada.event, hour=9, hours=3, title="Long")
    make.session(ada.event, hour=10, title="Open to all")
    bo = make.registration(ada.event, make.member("Bo"))
    booking.book(long, bo, by=BY, at=NOW)

    slots = [timeline(one)[1] for one in (ada, bo, ada, bo)]

    assert [["agenda-others" in html, ">Long<" in html] for html in slots] == [[False] * 2, [True] * 2] * 2


def figures(registration: Registration) -> str:
    """Their figures as the page says them, in one line."""
    html = flat(re.sub(HIDDEN, "", reader(registration).get(AGENDA).text))
    return html.partition('id="agenda-summary"')[2].partition('<nav class="glance"')[0]


def test_the_figures_are_of_their_reader_and_say_the_opening_in_their_own_time(ada: Registration):
    bo = make.registration(ada.event, make.member("Bo", time_zone="America/New_York"))
    session = make.workshop(ada.event)
    Event.objects.update(booking_opens_at=session.starts_at)
    choices.choose(session, ada, by=BY, at=NOW)

    seen = [figures(one) for one in (ada, bo, ada)]

    assert ["1 chosen" in one for one in seen] == [True, False, True]
    assert ["05:00 for you" in one for one in seen] == [False, True, False]
    assert seen[0] == seen[2]


def test_a_note_is_for_the_page_that_comes_next_alone(ada: Registration, listening: Session):
    bo = make.registration(ada.event, make.member("Bo"))
    client = reader(ada)
    client.post(BOOK)
    booking.book(listening, bo, by=BY, at=NOW)

    pages = [one.get(AGENDA).text for one in (client, client, reader(bo))]

    assert ['aria-label="Booked, Listening"' in html for html in pages] == [True, False, False]
