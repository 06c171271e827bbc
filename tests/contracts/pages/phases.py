"""The event's pages the day before, while it is on, and afterwards; online and where people come."""

from datetime import timedelta

from events.models import Event, Session
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.pages.events import (
    ADA,
    AGENDA,
    EVENT,
    FLOW,
    HOME,
    PROGRAMME,
    VISITOR,
    change_event,
    look,
    the_event,
)
from tests.contracts.shapes import LONG_WORD

HALF_AN_HOUR = timedelta(minutes=30)


def put(begins: timedelta, **fields: object) -> None:
    """Let the session start so long after the moment of the catalogue, and the event be on its day alone."""
    starts = make.NOW + begins
    Session.objects.filter(slug="flow").update(starts_at=starts, ends_at=starts + timedelta(hours=1))
    change_event(first_day=starts.date(), last_day=starts.date(), **fields)


def the_day_comes_and_goes(site: Site) -> None:
    for place in (Event.Place.ONLINE, Event.Place.BOTH):
        for state, begins in (
            ("the day before", timedelta(days=1)),
            ("on its morning", HALF_AN_HOUR),
            ("on now", -HALF_AN_HOUR),
            ("over since an hour", -4 * HALF_AN_HOUR),
        ):
            put(begins, place=place, venue=f"The Mill of {LONG_WORD}\nUp the hill.")
            look(site, f"{place}, {state}", (VISITOR, ADA), HOME, EVENT, PROGRAMME, FLOW, AGENDA)


def it_goes_on_tomorrow(site: Site) -> None:
    put(-4 * HALF_AN_HOUR)
    make.session(the_event(), day=1, slug="tomorrow", title=f"Tomorrow of {LONG_WORD}", format="plenary")
    change_event(last_day=make.NOW.date() + timedelta(days=1))
    look(site, "between its days", (VISITOR, ADA), HOME, EVENT, AGENDA)


def people_come_through_a_door(site: Site) -> None:
    event = the_event()
    for organisation in (LONG_WORD, "Liffey Care"):
        make.registration(event, make.member("Ada", organisation=organisation))
    change_event(place=Event.Place.IN_PERSON)
    site.look("team:event_door", "two of one name", ADMIN, "/team/events/2026/door/")
    site.look("team:event", "in person", ADMIN, "/team/events/2026/")


def the_team_reads_what_is_on(site: Site) -> None:
    for state, begins in (("the day before", timedelta(days=1)), ("on now", -HALF_AN_HOUR)):
        put(begins, place=Event.Place.BOTH)
        site.look("team:index", state, ADMIN, "/team/")


#: Of what everybody reads, in their language.
PUBLIC = (the_day_comes_and_goes, it_goes_on_tomorrow)
STATES = (*PUBLIC, people_come_through_a_door, the_team_reads_what_is_on)
