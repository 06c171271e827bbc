"""States of the report of an event: nothing planned, and full of long words."""

from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.workshops.places import state

REPORT = "/team/events/2026/report/"


def places_are_full(site: Site) -> None:
    session = found(site.world).session
    state.fill(session, waiting=3)
    state.fill(make.workshop(session.event, title=f"Of {LONG_WORD}", hour=14, capacity=3))
    make.session(session.event, title=f"For all of {LONG_WORD}", hour=15)
    site.look("team:event_report", "full", ADMIN, REPORT)


def nothing_is_planned(site: Site) -> None:
    make.event(slug="2027")
    site.look("team:event_report", "nothing planned", ADMIN, "/team/events/2027/report/")


STATES = (places_are_full, nothing_is_planned)
