"""Forms of the day board: sessions that are on, with a notice and a tick, and without."""

from collections.abc import Callable
from typing import Any

from live import notices, presence
from tests import make
from tests.contracts import people
from tests.contracts.pages.team_day import DAY, begin
from tests.make import NOW


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def on_the_day() -> Any:
        made, tess = world(), people.staff("Event admin")
        event, flow = begin(5)
        make.session(event, slug="other", starts_at=flow.starts_at, ends_at=flow.ends_at)
        notices.put(event, "All of it.", by=tess, at=NOW)
        presence.tick(flow, "host", by=tess, at=NOW)
        presence.tick(flow, "support", by=tess, at=NOW)
        of_flow = [f"/team/events/2026/sessions/flow/{name}/" for name in ("late", "link")]
        return scene(
            made,
            people.reader(tess),
            tess,
            [DAY, *(f"{DAY}{name}/" for name in ("notice", "joining-letters")), *of_flow],
        )

    return {"at the day board": on_the_day}
