"""How the agenda page stays fresh: a few words, only where they changed, for themselves alone."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import make, pseudo
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


def test_places_are_public_and_nobody_is_looked_at_who_asks(client, event, ada, django_assert_num_queries):
    session = make.workshop(event, title="Flow")
    booking.book(session, ada, by=BY, at=make.NOW)
    client.get(agenda_url(event, "places_now"))

    with django_assert_num_queries(2):
        theirs = client.get(agenda_url(event, "places_now"))
    anybodys = Client().get(agenda_url(event, "places_now"))

    assert theirs.json()["sessions"] == anybodys.json()["sessions"]
    assert list(theirs.json()["sessions"]) == [str(session.pk)]
    assert (theirs.cookies, anybodys.cookies) == ({}, {})
    assert (theirs.headers.get("Vary"), theirs["Cache-Control"]) == (None, "public, max-age=0")


def test_places_that_are_as_they_were_are_not_sent_again(client, event):
    session = make.workshop(event)
    first = client.get(agenda_url(event, "places_now"))

    again = client.get(agenda_url(event, "places_now"), headers={"If-None-Match": first["ETag"]})
    crowd(event, session, 1)
    changed = client.get(agenda_url(event, "places_now"), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_places_of_a_draft_are_for_nobody(client):
    draft = make.event(status="draft")
    client.force_login(make.member("Root", is_staff=True, is_superuser=True))

    assert client.get(agenda_url(draft, "places_now")).status_code == 404


def test_places_are_in_the_language_of_the_page_whoever_asks(client, event, settings, tmp_path):
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [("en-gb", "English"), (pseudo.CODE, "Pseudo")]
    session = make.workshop(event)
    address = agenda_url(event, "places_now")

    answers = [client.get(address, {"language": code}) for code in ("en-gb", pseudo.CODE, "never")]

    english, stretched = "5 of 5 places left", pseudo.stretched("%(left)s of %(every)s places left")
    in_pseudo = stretched % {"left": 5, "every": 5}
    words = [one.json()["sessions"][str(session.pk)]["words"] for one in answers]
    assert words == [english, in_pseudo, english]
    assert [one["Content-Language"] for one in answers] == ["en-GB", "en-XA", "en-GB"]


def parts(client, event, *ids, **more):
    """The parts that are answered where these are asked for, each as it stands there."""
    answer = client.get(agenda_url(event, "agenda_parts"), {"part": ids, **more})
    html = flat(answer.content.decode())
    return answer, re.findall(r' id="([^"]+)"[^>]* data-key="', html)


def test_a_page_asks_for_the_parts_that_it_names_and_gets_no_other(client, event, ada):
    morning, evening = make.workshop(event), make.workshop(event, hour=18)

    slots = parts(client, event, "slot-20261118-1000", "glance-slot-20261118-1000", "agenda-summary")
    panels = parts(client, event, f"booking-{evening.pk}", "programme-bar", next="/events/2026/programme/")

    panel = f"booking-{morning.pk}"
    assert slots[1] == ["agenda-summary", "glance-slot-20261118-1000", "slot-20261118-1000", panel]
    assert panels[1] == ["programme-bar", f"booking-{evening.pk}"]
    assert 'name="next" value="/events/2026/programme/"' in flat(panels[0].content.decode())
    assert f'data-log-out="{ada.member_id}"' in panels[0].content.decode()


def test_a_part_is_what_it_is_on_the_page(client, event, ada):
    session = make.workshop(event)
    booking.book(session, ada, by=BY, at=make.NOW)

    answer, _ = parts(client, event, "slot-20261118-1000")

    asked_for = keys_on(answer.content.decode())
    assert asked_for == {name: key for name, key in keys_on(read(client, event)).items() if name in asked_for}
    assert list(asked_for) == ["slot-20261118-1000", f"booking-{session.pk}"]


def test_parts_are_for_themselves_only(client, event):
    session = make.workshop(event)
    client.force_login(make.member("Bo"))

    answer, shown = parts(client, event, f"booking-{session.pk}")

    assert (answer.content, shown) == (b"", [])
    assert Client().get(agenda_url(event, "agenda_parts")).status_code == 302
