"""The agenda and the pages around it in each of their states, looked at by axe (WCAG 2.2 AA)."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.journeys.an_event import fill, session
from workshops import booking, choices
from workshops.models import Workshop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_any_state(event, ada, agenda, live_server, open_as, scheme, width):
    page = open_as(ada, agenda, width=width, color_scheme=scheme)
    here = live_server.url

    found = {"nothing booked": look(page, agenda)}
    mixed(event, ada)
    found["booked, waiting, offered, full"] = look(page, agenda, unfold=True)
    one = session(event, "Pathways")
    for act, title in (("swap", "Small tests"), ("accept", "Plain words"), ("cancel", "Run charts")):
        path = reverse(f"workshops:{act}", args=[event.slug, session(event, title).slug])
        found[f"{act}, asking"] = look(page, here + path)
    found["session"] = look(page, here + one.get_absolute_url())
    type(event).objects.filter(pk=event.pk).update(booking_opens_at=timezone.now() + timedelta(days=1))
    choices.choose(session(event, "Afternoon two"), ada, at=timezone.now())
    found["before opening"] = look(page, agenda, unfold=True)

    bo = make.registration(make.event(title="Empty"), make.member("Bo"))
    found["empty"] = look(
        open_as(bo, agenda, color_scheme=scheme), here + reverse("workshops:agenda", args=[bo.event.slug])
    )
    found["not registered"] = look(open_as(bo, agenda, color_scheme=scheme), agenda)

    assert {state: problems for state, problems in found.items() if problems} == {}


def mixed(event, ada):
    """A place, an offer that clashes with it, a full session, and a position in line."""
    now = timezone.now()
    offered, booked = session(event, "Plain words"), session(event, "Run charts")
    Workshop.objects.filter(session=offered).update(capacity=1)
    bos = booking.book(offered, make.registration(event, make.member("Bo")), at=now)
    booking.book(offered, ada, at=now)
    booking.book(booked, ada, at=now)
    booking.cancel(bos, at=now)
    fill(event, "Pathways", waiting=1)
    fill(event, "Afternoon one", waiting=1)
    booking.book(session(event, "Afternoon one"), ada, at=now)


def look(page, address, *, unfold=False):
    """Open an address and return what axe finds, sideways scrolling included."""
    page.goto(address)
    if unfold:
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    violations = Axe().run(page).response["violations"]
    problems = [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in violations]
    return [*problems, "scrolls sideways"] if wide else problems
