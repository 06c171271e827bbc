"""What a session is once booking opens is known before: a page has it in it, as the server will say it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from events.models import Event, Registration, Session
from tests import make
from tests.found import found
from tests.make import BY, NOW
from tests.markup import flat
from tests.workshops.agendas import state
from tests.workshops.pages import agenda_url
from tests.workshops.places.state import fill
from workshops.models import Booking
from workshops.places import booking, choices

pytestmark = pytest.mark.django_db
OPENS = NOW + timedelta(hours=1)


@pytest.fixture
def soon() -> Event:
    """An event whose booking opens in an hour."""
    return make.event(slug="2026", booking_opens_at=OPENS)


@pytest.fixture
def ada(soon: Event, client: Client) -> Registration:
    registration = make.registration(soon, make.member("Ada"))
    client.force_login(registration.member)
    return registration


def nothing(session: Session, ada: Registration) -> None:
    """They have not chosen it."""


def chosen(session: Session, ada: Registration) -> None:
    choices.choose(session, ada, by=BY, at=NOW)


def second_choice(session: Session, ada: Registration) -> None:
    chosen(make.workshop(session.event, title="First"), ada)
    chosen(session, ada)


def full(session: Session, ada: Registration) -> None:
    Event.objects.filter(pk=ada.event_id).update(booking_opens_at=None)
    fill(Session.objects.select_related("event", "workshop").get(pk=session.pk))
    Event.objects.filter(pk=ada.event_id).update(booking_opens_at=OPENS)


def host_meanwhile(session: Session, ada: Registration) -> None:
    make.host(make.workshop(session.event, title="Hosted"), member=ada.member)


def busy_elsewhere(session: Session, ada: Registration) -> None:
    other = make.workshop(make.event(), title="Elsewhere")
    booking.book(other, make.registration(other.event, ada.member), by=BY, at=NOW)


def ends_before(session: Session, ada: Registration) -> None:
    Session.objects.filter(pk=session.pk).update(booking_closes_at=OPENS)


SCENES: dict[str, tuple[Callable[[Session, Registration], None], list[str]]] = {
    "nothing of theirs": (nothing, ["Book a place"]),
    "chosen": (chosen, ["Book a place", "Take out of my choices"]),
    "chosen after another of that time": (second_choice, ["Book a place", "Take out of my choices"]),
    "full": (full, ["Join the waiting list"]),
    "they host something meanwhile": (host_meanwhile, []),
    "they are busy elsewhere": (busy_elsewhere, []),
    "closed as soon as it opens": (ends_before, []),
}


@pytest.mark.parametrize("name", SCENES)
def test_what_it_will_be_is_what_it_is_then(soon, ada, name):
    prepare, buttons = SCENES[name]
    session = make.workshop(soon)

    prepare(session, ada)
    ada = Registration.objects.select_related("event", "member").get(pk=ada.pk)
    before, then = state(session, ada), state(session, ada, OPENS)

    assert (before.turns_at, before.then) == (OPENS, then)
    assert [button.label for button in found(before.then).buttons] == buttons
    assert (found(before.then).key, then.turns_at, then.then) == (then.key, None, None)


def test_a_session_with_a_moment_of_its_own_turns_at_that(soon, ada):
    own = OPENS + timedelta(hours=3)
    session = make.workshop(soon, booking_opens_at=own)

    assert [state(session, ada, at).turns_at for at in (NOW, OPENS, own)] == [own, own, None]


def test_for_who_waits_for_approval_the_opening_changes_nothing(soon):
    bo = make.registration(soon, make.member("Bo", membership="waiting"), status="received")

    assert state(make.workshop(soon), bo).then is None


def test_what_is_theirs_already_stays_as_it_is(soon, ada):
    hosted = make.workshop(soon)
    make.host(hosted, member=ada.member)

    assert state(hosted, ada).then is None


def test_where_the_opening_is_moved_the_part_is_out_of_date(soon, ada):
    session = make.workshop(soon)
    before = state(session, ada).key

    Event.objects.filter(pk=soon.pk).update(booking_opens_at=OPENS + timedelta(hours=1))

    moved = Registration.objects.select_related("event", "member").get(pk=ada.pk)
    assert state(session, moved).key != before


def page(client: Client, address: str) -> str:
    return flat(client.get(address).content.decode())


def test_the_keys_that_a_page_has_for_then_are_those_of_then(client, soon, ada):
    free, taken, hidden = (make.workshop(soon, hour=hour) for hour in (10, 14, 16))
    choices.choose(taken, ada, by=BY, at=NOW)
    with time_machine.travel(NOW, tick=False):
        pages = [page(client, agenda_url(soon)), page(client, reverse("events:programme", args=["2026"]))]
    with time_machine.travel(OPENS, tick=False):
        keys = client.get(agenda_url(soon, "agenda_now")).json()["keys"]

    found_on = [dict(re.findall(r'id="([^"]+)"[^>]* data-key-then="([^"]+)"', html)) for html in pages]
    panels = {f"booking-{one.pk}": keys[f"booking-{one.pk}"] for one in (free, taken, hidden)}
    slots = {name: keys[name] for name in ("slot-20261118-1000", "slot-20261118-1600")}
    lines = {f"glance-{name}": key for name, key in slots.items()}
    assert found_on == [panels | slots | lines, panels]


@pytest.mark.parametrize("where", ["workshops:agenda", "events:programme"])
def test_what_comes_with_the_opening_is_hidden_until_then(client, soon, ada, where):
    session = make.workshop(soon)
    choices.choose(make.workshop(soon, hour=14), ada, by=BY, at=NOW)

    with time_machine.travel(NOW, tick=False):
        html = page(client, reverse(where, args=["2026"]))

    for words in ("Book my choice", f'id="act-{session.pk}-book"'):
        assert words in html
    shown = re.sub(r"<(\w+)[^>]* data-from-opening hidden.*?</\1>", "", html)
    assert ("Book" in re.sub(r"<[^>]+>", " ", shown.split("<main")[1]).replace("Booking opens", "")) is False
    assert f'data-opens-at="{OPENS.isoformat()}"' in html
    assert f'data-clock="{NOW.isoformat()}"' in html


def test_the_button_of_then_stands_in_the_form_of_now(client, soon, ada):
    session = make.workshop(soon)

    with time_machine.travel(NOW, tick=False):
        html = page(client, agenda_url(soon))
    with time_machine.travel(OPENS, tick=False):
        client.post(reverse("workshops:book", args=["2026", session.slug]), {"wanted": "place"})

    form = found(re.search(r'<form class="post-button" method="post" action="([^"]+)".*?</form>', html))
    assert form[1] == reverse("workshops:choose", args=["2026", session.slug])
    assert f'formaction="{reverse("workshops:book", args=["2026", session.slug])}" name="wanted"' in form[0]
    assert Booking.objects.booked().filter(registration=ada, session=session).exists()
