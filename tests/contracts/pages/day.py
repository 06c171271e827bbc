"""States of the day before and of the last half hour: given up from a letter, and free to take."""

from datetime import timedelta

from events.models import Event, Registration, Session
from tests import make
from tests.contracts.pages.catalogue import Site
from tests.contracts.shapes import LONG_WORD
from tests.make import BY, NOW
from tests.workshops.places.state import crowd
from workshops.letters import give_up_keys
from workshops.models import Booking
from workshops.places import booking

AGENDA, SOON = "/events/2026/agenda/", "/events/2026/sessions/soon/"
ADA, BO, VISITOR = "registered and booked", "another member", "visitor"
SLUG = "soon"


def adas() -> Registration:
    return Registration.objects.get(member__email="ada@members.example")


def key(one: Booking, *, until: timedelta) -> str:
    return give_up_keys.url(one.session.event, one.pk, until=NOW + until).partition("//")[2].partition("/")[2]


def a_letter_gives_a_place_up(site: Site) -> None:
    place = Booking.objects.booked().filter(registration=adas()).get()
    path = f"/{key(place, until=timedelta(days=16))}"
    over = f"/{key(place, until=timedelta(0))}"
    site.look("workshops:give_up", "too late", VISITOR, over)
    crowd(place.session.event, place.session, 30)
    site.look("workshops:give_up", "others wait", VISITOR, path)
    site.client(VISITOR).post(path)
    site.look("workshops:give_up", "gone to who waited", VISITOR, path)
    Booking.objects.filter(registration=adas()).update(ended="session")
    Session.objects.update(status="cancelled")
    site.look("workshops:give_up", "cancelled", VISITOR, path)


def nobody_waits_for_it(site: Site) -> None:
    place = Booking.objects.booked().filter(registration=adas()).get()
    path = f"/{key(place, until=timedelta(days=16))}"
    site.client(VISITOR).post(path)
    site.look("workshops:give_up", "free for others", VISITOR, path)


def the_team_says_what_is_needed_to_join(site: Site) -> None:
    advice = f"We meet in **Zoom**.\n\n- A browser\n- {LONG_WORD}"
    Event.objects.update(test_url="https://meet.example/test", joining_advice=advice)
    site.look("events:check", "in words of the team", VISITOR, "/events/2026/check/")


def soon(site: Site, minutes: int) -> Session:
    """A full session that begins in so many minutes, for which Ada waits, and of which a place comes free."""
    event = Event.objects.get(slug="2026")
    starts_at = NOW + timedelta(minutes=minutes)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    session = make.workshop(event, capacity=1, slug=SLUG, title=f"Soon {LONG_WORD}", **times)
    crowd(event, session, 1)
    booking.book(session, adas(), by=BY, at=NOW - timedelta(days=1))
    return session


def free(session: Session) -> None:
    booking.cancel(Booking.objects.booked().get(session=session), by=BY, at=NOW)


def a_place_is_free_to_take(site: Site) -> None:
    session = soon(site, 20)
    site.look("workshops:agenda", "waiting, the last half hour", ADA, AGENDA)
    free(session)
    for who in (ADA, BO):
        site.look("events:session", "a place is free", who, SOON)
    site.look("workshops:agenda", "a place is free", ADA, AGENDA)
    other = make.workshop(session.event, slug="other", starts_at=session.starts_at, ends_at=session.ends_at)
    booking.book(other, adas(), by=BY, at=NOW)
    site.look("workshops:agenda", "a place is free, and overlaps", ADA, AGENDA)
    site.look("workshops:take", "asking", ADA, f"{AGENDA}{SLUG}/take/")


def a_place_is_free_for_all(site: Site) -> None:
    free(soon(site, 9))
    site.look("events:session", "a place is free for all", BO, SOON)


STATES = (
    a_letter_gives_a_place_up,
    nobody_waits_for_it,
    the_team_says_what_is_needed_to_join,
    a_place_is_free_to_take,
    a_place_is_free_for_all,
)
