"""States of the report of an event: nothing planned, full of long words, over."""

from typing import Any

from events.models import AccessNeeds, NeedCount
from learning.models import Feedback
from live.models import Attendance
from tests import make
from tests.contracts.pages.catalogue import ADMIN, Site
from tests.contracts.pages.feedback import over
from tests.contracts.shapes import LONG_WORD
from tests.found import found
from tests.make import NOW
from tests.workshops.places import state
from workshops.models import Booking
from workshops.places import waiting_list

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


def it_is_over(site: Site) -> None:
    session = over(site)
    state.fill(make.workshop(session.event, title=f"Of {LONG_WORD}", hour=14, capacity=1), waiting=2)
    last = found(Booking.objects.waiting().order_by("ticket").last())
    waiting_list.move_up(last, at=NOW, by=site.member(ADMIN), reason=f"Signs for {LONG_WORD}.")
    answers: dict[str, Any] = {"event_id": session.event_id, "answers": {"1": 3}, "shown": True}
    for about in (session.pk, None):
        Feedback.objects.bulk_create(Feedback(session_id=about, **answers) for _ in range(5))
    place = Booking.objects.booked().filter(session=session).select_related("registration")[0]
    Attendance.objects.get_or_create(
        registration=place.registration, session=session, defaults={"joined_at": NOW}
    )
    NeedCount.objects.create(
        event=session.event, kind="captions", asked=9, confirmed=7, in_time=7, cannot=2, met=6, not_met=1
    )
    AccessNeeds.objects.all().delete()
    site.look("team:event_report", "over", ADMIN, REPORT)


STATES = (places_are_full, nothing_is_planned, it_is_over)
