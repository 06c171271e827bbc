"""The clock moves through a whole event: at the first and last second of each phase every page of the site is
looked at by whoever may, and none says something of another phase.

Pages whose words follow the phase are named with what they must say.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event
from events.phases import Phase, phase_of
from tests import make
from tests.contracts import addresses, people
from tests.contracts.pages import many
from tests.contracts.pages.catalogue import is_page, undone
from tests.contracts.roles.granted import with_a_page_for
from tests.contracts.roles.table import ROLES
from tests.markup import flat

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("quiet_site")]

SECOND = timedelta(seconds=1)
VISITOR, MEMBER, HOST, TEAM = "visitor", "registered and booked", "host", "event admin"


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


#: When each phase begins, of two days with a session from 10:00 to 11:00 on each. The first is old.
BEGINS = {
    Phase.BEFORE_BOOKING: make.NOW,
    Phase.BOOKING: at(9, 12),
    Phase.DAY_BEFORE: at(17),
    Phase.ON_NOW: at(18),
    Phase.BETWEEN_DAYS: at(18, 11, 30),
    Phase.AFTER: at(19, 11, 30),
}
ENDS = dict(zip(BEGINS, [*list(BEGINS.values())[1:], at(30)], strict=True)) | {Phase.BETWEEN_DAYS: at(19)}
MOMENTS = [
    *((phase, begins) for phase, begins in BEGINS.items()),
    *((phase, ENDS[phase] - SECOND) for phase in BEGINS),
    (Phase.ON_NOW, at(18, 10, 30)),
    (Phase.ON_NOW, at(19)),
    (Phase.ON_NOW, at(19, 11, 30) - SECOND),
    (Phase.ARCHIVED, at(30)),
]
TO_COME = ("Build your agenda", "Choose your sessions", "Choose the sessions that you want")
OFFERS = (
    "Book a place",
    "Register for the event",
    "Add to calendar",
    "Email it to me",
    "places left",
    "Open until",
)
NOW_ON = ("It is on now", "On now", "is on</p>")
WAS = ("This event is over", "Thank you to everybody", "Watch or read again", "The last event of")
SOON = ("tomorrow", "starts today", "That was all for today")
#: What no page says in a phase.
FORBIDDEN: dict[Phase, tuple[str, ...]] = {
    Phase.BEFORE_BOOKING: ("Build your agenda", *NOW_ON, *WAS, *SOON),
    Phase.BOOKING: ("Choose your sessions", *NOW_ON, *WAS, *SOON),
    Phase.DAY_BEFORE: (*TO_COME, *NOW_ON, *WAS, "starts today", "Day 2 starts"),
    Phase.ON_NOW: (*TO_COME, *WAS, "The next event of"),
    Phase.BETWEEN_DAYS: (*TO_COME, *NOW_ON, *WAS, "starts today", "The next event of"),
    Phase.AFTER: (
        *TO_COME,
        *OFFERS,
        *NOW_ON,
        *SOON,
        "Join the session",
        "PASSC0DE",
        "Booking opens",
        "Who may register",
    ),
}
FORBIDDEN[Phase.ARCHIVED] = FORBIDDEN[Phase.AFTER]
#: What these pages say at the first second of a phase, to these readers.
HOME, EVENT, AGENDA, POST = "home", "events:event", "workshops:agenda", "blog:post"
STARTS, SECOND_DAY, OVER = "It starts tomorrow at 10:00.", "Day 2 starts tomorrow at 10:00.", "event is over."
TODAY = "It starts today at 10:00."
#: These pages to these readers.
ALL_THREE = [(page, who) for page in (HOME, EVENT, POST) for who in (VISITOR, MEMBER)]
REQUIRED: dict[Phase, dict[tuple[str, str], str]] = {
    Phase.BEFORE_BOOKING: {
        **dict.fromkeys([(HOME, MEMBER), (EVENT, MEMBER), (POST, MEMBER)], "Choose your sessions"),
        (AGENDA, MEMBER): "Booking opens",
        (HOME, VISITOR): "Register for the event",
        ("team:index", TEAM): "16 days to go.",
    },
    Phase.BOOKING: {
        **dict.fromkeys([(HOME, MEMBER), (EVENT, MEMBER), (POST, MEMBER)], "Build your agenda"),
        (HOME, VISITOR): "Register for the event",
        ("team:index", TEAM): "9 days to go.",
    },
    Phase.DAY_BEFORE: {
        **dict.fromkeys(ALL_THREE, STARTS),
        **dict.fromkeys([(page, MEMBER) for page in (HOME, EVENT, AGENDA)], "Tomorrow: 1 session, at 10:00."),
        ("events:session", MEMBER): STARTS,
        ("hosting:overview", HOST): STARTS,
        ("hosting:session", HOST): STARTS,
        ("team:index", TEAM): STARTS,
    },
    Phase.ON_NOW: {
        **dict.fromkeys(ALL_THREE, TODAY),
        **dict.fromkeys([(page, MEMBER) for page in (HOME, EVENT, AGENDA)], "Today: 1 session, at 10:00."),
        (HOME, VISITOR): "is on</p>",
        ("team:index", TEAM): "It starts today at 10:00. 0 sessions are on, 1 to come today.",
    },
    Phase.BETWEEN_DAYS: {
        **dict.fromkeys(ALL_THREE, SECOND_DAY),
        (AGENDA, MEMBER): "Tomorrow: 1 session, at 10:00.",
        ("team:index", TEAM): SECOND_DAY,
    },
    Phase.AFTER: {
        **dict.fromkeys([(page, who) for page in (HOME, EVENT) for who in (VISITOR, MEMBER)], OVER),
        **dict.fromkeys([(page, MEMBER) for page in (HOME, EVENT, AGENDA)], "Watch or read again"),
        (POST, VISITOR): "See what was on",
        (POST, MEMBER): "See your agenda",
        ("events:session", MEMBER): OVER,
        ("hosting:overview", HOST): OVER,
        ("team:index", TEAM): "It is over.",
    },
}
#: What is about something else than the event, whatever it says: texts that people wrote, and past letters.
NOT_ASKED = {
    "account_turn",
    "members:emails",  # names each kind of letter
    "members:policy",
    "sitemap",
    "team:announcement_html",
    "team:event_day",  # each of its lists says whether there is anything
    "team:person_letter",
    "team:session_link",  # what is known of how to join, to be corrected
    "team:session_letter",  # shows what could be sent; that it cannot be any more, it says itself
}


#: Acts that end with a session or the event: their pages are not found any more.
GONE = {"team:session_cancel": (404,), "team:event_call_off": (404,)}


@pytest.fixture
def world() -> addresses.World:
    """The world of the contracts, its event with a second day, a post that calls, and what was said."""
    made = addresses.world(booking_opens_at=None)
    event = made.session.event
    made.session.passcode = "PASSC0DE"
    made.session.is_recorded = True
    made.session.save()
    make.session(event, day=1, hour=10, format="plenary", title="Second day", slug="second")
    Event.objects.filter(pk=event.pk).update(
        booking_opens_at=BEGINS[Phase.BOOKING], version=event.version + 1, title="Q 2026"
    )
    event.posts.filter(slug="rotas").update(body="<p>[[call to action]]</p>")
    return made


def texts(world: addresses.World, who: str, names: list[str]) -> Iterator[tuple[str, str]]:
    """Ask for these pages as somebody who has just logged in; yield each with its text."""
    client = people.reader(ROLES[who](world))
    for name in names:
        path = addresses.path(name, world)
        with people.as_she_is(client):
            answer = client.get(path)
        assert answer.status_code in (200, 302, *GONE.get(name, ())), f"{name} ({who}): {answer.status_code}"
        if answer.status_code == 200 and is_page(answer):
            yield name, re.sub(r"(?s)<head>.*?</head>", "", unescape(flat(answer.text)))


def names_for(who: str) -> list[str]:
    """Return the pages that they find, but for the records of the admin."""
    return [one for one in with_a_page_for(who) if not one.startswith("admin:") and one not in NOT_ASKED]


@pytest.mark.parametrize(
    ("phase", "moment"), MOMENTS, ids=[f"{one}-{when:%d-%H%M%S}" for one, when in MOMENTS]
)
def test_no_page_says_something_of_another_phase(world, phase, moment):
    event = world.session.event
    if phase is Phase.ARCHIVED:
        Event.objects.filter(pk=event.pk).update(status="archived")
    with time_machine.travel(moment, tick=False):
        assert phase_of(Event.objects.get(pk=event.pk), at=moment) is phase
        said = {
            (name, who): text
            for who in (VISITOR, MEMBER, HOST, TEAM)
            for name, text in texts(world, who, names_for(who))
        }

    wrong = [
        (name, who, word) for (name, who), text in said.items() for word in FORBIDDEN[phase] if word in text
    ]
    required = REQUIRED.get(phase, {}) if moment == BEGINS.get(phase) else {}
    missing = [(where, word) for where, word in required.items() if word not in said.get(where, "")]
    assert (wrong, missing) == ([], [])


#: What asks the phase, and how often it asks the database near the event, whatever there is.
ASKS = (HOME, EVENT, AGENDA, POST, "events:programme", "events:session", "events:list")


@pytest.mark.parametrize("moment", [at(17, 12), at(18, 10, 30), at(18, 12), at(20, 12)])
def test_near_the_event_pages_ask_the_same_of_one_and_of_thirty(moment):
    counted = []
    names = ASKS if moment < at(20) else ASKS[1:]  # once both are over, home shows another of the thirty
    for number in (1, 30):
        with undone():
            with time_machine.travel(make.NOW, tick=False):
                world = many.world(number)
            with time_machine.travel(moment, tick=False):
                counted.append({name: queries(world, name) for name in names})

    assert counted[0] == counted[1]


def queries(world: addresses.World, name: str) -> int:
    """Count what a page asks the database, once what may be cached is."""
    client = people.reader(world.ada)
    path = addresses.path(name, world)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
