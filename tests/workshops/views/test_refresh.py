"""How the agenda page stays fresh: a few words, only where they changed, for themselves alone."""

import re

import pytest
from django.urls import reverse

from tests import make
from tests.make import BY
from tests.markup import flat
from tests.workshops.pages import agenda_url, read
from tests.workshops.places.state import crowd
from workshops.places import booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ordinary_monday")]


@pytest.mark.slow
def test_the_page_is_refreshed_by_a_few_words(client, event, ada):
    session, plenary = make.workshop(event, capacity=20), make.session(event, hour=9)
    crowd(event, session, 12)

    now = client.get(agenda_url(event, "agenda_now")).json()

    page = read(client, event)
    assert now["reader"] == str(ada.member_id)
    assert now["words"] == {
        f"booking-{session.pk}-places": "8 of 20 places left",
        f"heard-{plenary.pk}": ", open to everyone",
        f"heard-{session.pk}": ", 8 of 20 places left",
    }
    assert re.findall(r'id="([^"]+)" data-now-says[^>]*>([^<]*)<', flat(page)) == [
        (f"heard-{plenary.pk}", ", open to everyone"),
        (f"heard-{session.pk}", ", 8 of 20 places left"),
        (f"booking-{session.pk}-places", "8 of 20 places left"),
    ]
    slots = ["slot-20261118-0900", "slot-20261118-1000"]
    panels = [f"booking-{plenary.pk}", f"booking-{session.pk}"]
    assert list(now["keys"]) == ["agenda-summary", "agenda-glance", "programme-bar", *slots, *panels]
    glance = {f"glance-{slot}": now["keys"][slot] for slot in slots}
    parts = ["agenda-summary", "agenda-glance", *slots, *panels]
    assert keys_on(page) == glance | {name: now["keys"][name] for name in parts}


def test_the_programme_is_refreshed_by_the_same_words(client, event, ada):
    booked, other = make.workshop(event), make.workshop(event, hour=14)
    booking.book(booked, ada, by=BY, at=make.NOW)

    now = client.get(agenda_url(event, "agenda_now")).json()

    page = client.get(reverse("events:programme", args=[event.slug])).content.decode()
    parts = ["programme-bar", f"booking-{booked.pk}", f"booking-{other.pk}"]
    assert f'data-now="{agenda_url(event, "agenda_now")}"' in page
    assert keys_on(page) == {name: now["keys"][name] for name in parts}


def keys_on(page):
    """The parts of a page that are refreshed, each with its key."""
    return dict(re.findall(r'id="([^"]+)"[^>]* data-key="([^"]+)"', flat(page)))


def test_what_has_not_changed_is_not_sent_again(client, event, ada):
    session = make.workshop(event)
    first = client.get(agenda_url(event, "agenda_now"))

    again = client.get(agenda_url(event, "agenda_now"), headers={"If-None-Match": first["ETag"]})
    crowd(event, session, 1)
    changed = client.get(agenda_url(event, "agenda_now"), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)
    assert {"private", "no-cache"} <= set(first["Cache-Control"].replace(" ", "").split(","))


def test_the_refresh_is_for_themselves_only(client, event):
    make.workshop(event)
    client.force_login(make.member("Bo"))

    assert client.get(agenda_url(event, "agenda_now")).json() == {"keys": {}, "words": {}}
