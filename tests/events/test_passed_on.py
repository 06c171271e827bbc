"""What other sites and search engines read of an event's pages: Open Graph, and schema.org as microdata."""

import html5lib
import pytest

from events.models import Event
from members.models import SiteSettings
from tests import make
from tests.contracts import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_address", "ordinary_monday")]

ROOT = "https://events.example.org"
PICTURE = {"picture": "site/all-of-us.webp", "picture_alternative_text": "All of us on a stair"}


@pytest.fixture
def event() -> Event:
    return make.event(slug="2026", title="Q 2026", summary="Two days.", time_zone="Europe/Paris")


def tree(path):
    return html5lib.parse(people.reader().get(path).text, namespaceHTMLElements=False)


def told(path):
    metas = [one for one in tree(path).iter("meta") if (one.get("property") or "").startswith("og:")]
    return {one.get("property")[3:]: one.get("content") for one in metas}


def facts(item):
    """Return the properties of an item that are its own, in pairs; what is an item itself by its name."""
    found = []
    for one in item:
        if name := one.get("itemprop"):
            value = facts(one) if one.get("itemscope") is not None else one.get("content") or one.get("href")
            found.append((name, value))
    return dict(found)


def item(path):
    return facts(next(one for one in tree(path).iter() if one.get("itemtype") == "https://schema.org/Event"))


@pytest.mark.parametrize(
    ("path", "title", "description"),
    [
        ("/events/2026/", "Q 2026", "Two days."),
        ("/events/2026/programme/", "Programme of Q 2026", "All sessions of Q 2026 by day and time."),
        ("/events/2026/sessions/flow/", "Flow", "How work flows."),
        ("/events/2026/themes/equity/", "Equity", "Equity"),
        ("/", "Q community", "Two days."),
    ],
)
def test_a_link_to_a_page_shows_its_title_and_the_picture_of_the_settings(event, path, title, description):
    SiteSettings.objects.update_or_create(pk=1, defaults=PICTURE)
    make.session(event, slug="flow", title="Flow", summary="How work flows.")
    make.theme(event, "Equity", slug="equity")

    assert told(path) == {
        "type": "website",
        "title": title,
        "description": description,
        "url": ROOT + path,
        "site_name": "Q community",
        "locale": "en_GB",
        "image": f"{ROOT}/media/site/all-of-us.webp",
        "image:alt": "All of us on a stair",
    }


def test_search_engines_read_the_same_description_which_is_said_once(event):
    [said] = [one.attrib for one in tree("/events/2026/").iter("meta") if one.get("name") == "description"]

    assert said == {"name": "description", "property": "og:description", "content": "Two days."}


def test_without_a_picture_in_the_settings_none_is_promised(event):
    assert "image" not in told("/events/2026/")


def test_an_event_begins_and_ends_to_the_minute_where_its_programme_says_so(event):
    SiteSettings.objects.update_or_create(pk=1, defaults=PICTURE)
    make.session(event, hour=8.5)
    make.session(event, day=1, hour=15, hours=1.25)

    assert item("/events/2026/") == {
        "name": "Q 2026",
        "description": "Two days.",
        "startDate": "2026-11-18T09:30+01:00",
        "endDate": "2026-11-19T17:15+01:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "url": f"{ROOT}/events/2026/",
        "image": f"{ROOT}/media/site/all-of-us.webp",
        "location": {"url": f"{ROOT}/events/2026/"},
        "organizer": {"name": "Q community", "url": f"{ROOT}/"},
    }


def test_a_programme_of_one_day_out_of_two_says_no_end(event):
    make.session(event, hour=8.5)

    said = item("/events/2026/")

    assert (said["startDate"], said["endDate"]) == ("2026-11-18T09:30+01:00", "2026-11-19")


def test_a_session_says_when_with_whom_and_of_what_it_is_a_part(event):
    session = make.session(event, slug="flow", title="Flow", hour=10, hours=1.5, status="cancelled")
    make.host(session, "Hana")

    assert item("/events/2026/sessions/flow/") == {
        "name": "Flow",
        "startDate": "2026-11-18T11:00+01:00",
        "endDate": "2026-11-18T12:30+01:00",
        "eventStatus": "https://schema.org/EventCancelled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "url": f"{ROOT}/events/2026/sessions/flow/",
        "location": {"url": f"{ROOT}/events/2026/sessions/flow/"},
        "organizer": {"name": "Q community", "url": f"{ROOT}/"},
        "performer": {"name": "Hana"},
        "superEvent": {"name": "Q 2026", "startDate": "2026-11-18", "url": f"{ROOT}/events/2026/"},
    }


def test_what_is_on_demand_is_at_no_time_and_so_no_event(event):
    make.session(event, slug="film", starts_at=None, ends_at=None)

    assert "schema.org/Event" not in people.reader().get("/events/2026/sessions/film/").text
