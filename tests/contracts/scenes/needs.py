"""Forms about access needs: the team's list after a look, answers, and what is asked afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from events.models import Event
from tests import make
from tests.contracts import people
from tests.make import NOW

NEEDS = "/team/needs/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def at_the_needs() -> Any:
        made, tess = world(), people.staff("Event admin")
        case = make.need(made.ada.registrations.get())
        make.to_stop(made.ada.registrations.get())
        made_scene = scene(made, people.reader(tess), tess, [NEEDS, f"{NEEDS}cannot/{case.pk}_0/"])
        made_scene.press(NEEDS)
        return made_scene

    def afterwards() -> Any:
        made, over = world(), NOW.date() - timedelta(days=2)
        make.need(made.ada.registrations.get(), state="confirmed")
        Event.objects.filter(slug="2026").update(first_day=over, last_day=over)
        made.ada.kept_needs.create(kind="captions", kept_at=NOW)
        return scene(made, people.reader(made.ada), made.ada, ["/events/2026/register/"])

    return {"the team at access needs": at_the_needs, "after the event": afterwards}
