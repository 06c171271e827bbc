"""Now and next in its phases, with what is on, open to all, hosted, noted; and the way into a meeting."""

from datetime import timedelta
from typing import Any

from events.models import Event, Registration, Session
from live import attendance
from tests import make
from tests.contracts.pages.catalogue import Site
from tests.contracts.shapes import LONG_WORD
from tests.make import BY, NOW

ADA = "registered and booked"
NOW_PAGE = "/events/2026/live/"
WAY = "/events/2026/live/sessions/flow/"
#: Pages on which *Join* stands while it is on.
LEADING = ("/", "/events/2026/", "/events/2026/agenda/", "/events/2026/sessions/flow/")
HALF_AN_HOUR = timedelta(minutes=30)
NUMBERS = {"meeting_number": LONG_WORD, "passcode": LONG_WORD, "dial_in": f"020 {LONG_WORD}"}


def put(begins: timedelta, **fields: object) -> Event:
    """Let Ada's session start so long after the moment of the catalogue, on the event's day."""
    starts = NOW + begins
    Session.objects.filter(slug="flow").update(starts_at=starts, ends_at=starts + timedelta(hours=1))
    event = Event.objects.get(slug="2026")
    days = {"first_day": starts.date(), "last_day": starts.date()}
    Event.objects.filter(pk=event.pk).update(**(days | fields), version=event.version + 1)
    return event


def beside(event: Event, begins: timedelta, slug: str, **fields: Any) -> None:
    starts = NOW + begins
    times: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    make.session(event, slug=slug, title=f"{slug} {LONG_WORD}", format="plenary", **(times | fields))


def the_day_is_lived_through(site: Site) -> None:
    for state, begins in (
        ("weeks before", timedelta(days=20)),
        ("the day before", timedelta(days=1)),
        ("on its morning", 2 * HALF_AN_HOUR),
        ("joined now", timedelta(minutes=10)),
        ("over since an hour", -4 * HALF_AN_HOUR),
    ):
        put(begins)
        site.look("live:now", state, ADA, NOW_PAGE)


def much_is_on(site: Site) -> None:
    event = put(-HALF_AN_HOUR, place=Event.Place.BOTH)
    Session.objects.filter(slug="flow").update(**NUMBERS)
    for begins, slug in ((-HALF_AN_HOUR, "open"), (HALF_AN_HOUR, "next"), (3 * HALF_AN_HOUR, "later")):
        beside(event, begins, slug, join_url="https://join.example/2")
    beside(event, -3 * HALF_AN_HOUR, "late", join_url="https://join.example/3")
    site.look("live:now", "much is on", ADA, NOW_PAGE)
    site.look("live:way", "with numbers", ADA, WAY)
    ada = Registration.objects.get(member__email="ada@members.example")
    attendance.note_joined(ada, Session.objects.get(slug="flow"), at=NOW, by=BY)
    attendance.say(ada, Session.objects.get(slug="open"), at=NOW, by=BY)
    site.look("live:now", "noted", ADA, NOW_PAGE)
    Session.objects.filter(slug="flow").update(join_url="")
    site.look("live:way", "without a link", ADA, WAY)


def in_a_room(site: Site) -> None:
    put(-HALF_AN_HOUR, place=Event.Place.IN_PERSON)
    site.look("live:now", "in a room", ADA, NOW_PAGE)


def it_was_cancelled(site: Site) -> None:
    put(-HALF_AN_HOUR, status="cancelled")
    site.look("live:now", "called off", ADA, NOW_PAGE)


STATES = (the_day_is_lived_through, much_is_on, in_a_room, it_was_cancelled)
