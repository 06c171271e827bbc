"""Forms of the team's first page, of approvals and of a session, with things taken and people in line."""

from collections.abc import Callable
from typing import Any

from events import cancellation
from members import membership
from team import taking
from tests import make
from tests.contracts import people
from tests.make import BY, NOW
from tests.races import edits
from workshops.models import Booking
from workshops.places import booking
from workshops.programme import changes

APPROVALS = "/team/approvals/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def what_waits() -> Any:
        made, sam = world(), people.staff("Support")
        mine, another, nobodys, lately = (
            make.member(f"Waits {one}", membership="waiting") for one in ("mine", "another's", "free", "new")
        )
        taking.take("members.member", mine.pk, by=sam, at=NOW)
        taking.take("members.member", another.pk, by=people.admin(), at=NOW)
        membership.approve(lately, by=sam, at=NOW)
        paths = ["/team/", APPROVALS, f"{APPROVALS}decline/{nobodys.pk}/"]
        return scene(made, people.reader(sam), sam, paths)

    def at_a_session() -> Any:
        made, tess = world(), people.staff("Event admin")
        event = made.session.event
        full = make.workshop(event, slug="in-line", capacity=1, hour=20)
        registrations = [make.registration(event, make.member(name)) for name in ("Hugo", "Ines", "Jo")]
        for one in registrations:
            booking.book(full, one, by=BY, at=NOW)
        make.needs(registrations[0], "Captions", shared=True)
        last = Booking.objects.filter(session=full).latest("pk")
        page = f"/team/events/{event.slug}/sessions/{full.slug}/"
        paths = [page, *(f"{page}{one}/" for one in ("cancel", "change", "message", "needs"))]
        make.session(event, status="draft", slug="hidden")
        off = cancellation.cancel_event(make.event(slug="off"), by=BY, at=NOW)
        paths.append(f"/team/events/{off.slug}/")
        gone = make.workshop(event, slug="gone", hour=22)
        changes.save_session(edits.cancelled(gone), by=BY, at=NOW)
        paths.append(f"/team/events/{event.slug}/sessions/{gone.slug}/")
        paths += [f"/team/events/{event.slug}/{one}/" for one in ("call-off", "copy", "move", "publish")]
        return scene(made, people.reader(tess), tess, [*paths, f"{page}waiting/{last.pk}/move-up/"])

    return {"what waits for the team": what_waits, "the team at a session": at_a_session}
