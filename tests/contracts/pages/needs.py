"""States of access needs: told and answered, late, lacking, afterwards; of a member's page and the team's."""

from datetime import date, timedelta

from events import access_needs
from events.models import Event, Registration
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.shapes import LONG_WORD
from tests.make import NOW

NEEDS, REGISTER = "/team/needs/", "/events/2026/register/"
ADA = "registered and booked"


def adas() -> Registration:
    return Registration.objects.get(member__email="ada@members.example")


def told(site: Site) -> None:
    """Ada has told of needs in each state, one of them late, and one that no session of hers has."""
    ada, root = adas(), site.member(ADMIN)
    Event.objects.filter(slug="2026").update(ask_needs_by=date(2026, 10, 1), place="both")
    make.need(ada, "captions")
    make.need(ada, "slides", state="arranged", owner=root)
    make.need(ada, "breaks", state="confirmed", answer_sent_at=NOW)
    make.need(ada, "camera", state="cannot", instead=f"A word before:\n{LONG_WORD}.")
    make.need(ada, "other", f"Of {LONG_WORD}.", asked_at=NOW - timedelta(days=30), is_shared_with_hosts=True)


def needs_are_told_and_answered(site: Site) -> None:
    site.look("team:needs", "nobody told of any", ADMIN, NEEDS)
    told(site)
    site.look("events:register", "needs are answered", ADA, REGISTER)
    client = site.client(ADMIN)
    for query in ("", "?state=late", "?state=all&whose=nobody", "?event=2026&state=cannot"):
        site.look("team:needs", f"listed {query}", ADMIN, f"{NEEDS}{query}", client=client)
    site.look("team:needs", "none fits", ADMIN, f"{NEEDS}?state=new&whose=mine", client=client)
    site.keep(client.post(f"{NEEDS}?state=all"), "team:needs", "looked at", ADMIN, f"{NEEDS}?state=all")
    make.to_stop(adas())
    make.to_stop(adas(), "captions", is_erased=True)
    site.look("team:needs", "to be stopped", ADMIN, NEEDS, client=client)
    site.look("team:needs", "only to be stopped", ADMIN, f"{NEEDS}?state=new&whose=mine", client=client)
    site.keep(client.post(f"{NEEDS}?state=all"), "team:needs", "to be stopped, looked at", ADMIN, NEEDS)
    site.look("team:session", "lacks what somebody needs", ADMIN, "/team/events/2026/sessions/flow/")
    site.look("team:event", "lacks what somebody needs", ADMIN, "/team/events/2026/")
    site.look("team:index", "needs wait", ADMIN, "/team/")


def somebody_cannot(site: Site) -> None:
    case, client = make.need(adas()), site.client(ADMIN)
    path = f"{NEEDS}cannot/{case.pk}_0/"
    site.look("team:needs_decline", "asked", ADMIN, path, client=client)
    site.keep(client.post(path, {"instead": ""}), "team:needs_decline", "nothing", ADMIN, path)


def the_event_is_over(site: Site) -> None:
    ada, over = adas(), NOW.date() - timedelta(days=3)
    Event.objects.filter(slug="2026").update(first_day=over, last_day=over)
    make.need(ada, "captions", state="confirmed")
    make.need(ada, "slides", state="confirmed", was_met=True)
    make.need(ada, "breaks", state="confirmed", was_met=False)
    ada.member.kept_needs.create(kind="captions", kept_at=NOW)
    site.look("events:register", "needs are asked about", ADA, REGISTER)
    over -= timedelta(days=40)
    Event.objects.filter(slug="2026").update(first_day=over, last_day=over)
    access_needs.forget(at=NOW)
    site.look("team:needs_numbers", "needs are erased", ADMIN, f"{NEEDS}numbers/")


def needs_are_kept_for_the_next(site: Site) -> None:
    bo = site.member("not registered")
    bo.kept_needs.create(kind="captions", is_shared_with_hosts=True, kept_at=NOW)
    bo.kept_needs.create(kind="other", words=f"Of {LONG_WORD}.", kept_at=NOW)
    site.look("events:register", "filled in", "not registered", REGISTER)


STATES = (needs_are_told_and_answered, somebody_cannot, the_event_is_over, needs_are_kept_for_the_next)
