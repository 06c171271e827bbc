"""Forms after a session: who was there, its report, feedback, a note of one's own, the follow-up emails."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from events.models import Event, Session
from live.models import Attendance
from tests import make
from tests.contracts import people
from tests.make import NOW

EVENT, TEAM = "/events/2026/", "/team/events/2026/"
FLOW = f"{TEAM}sessions/flow/attendance/"


def over(days: int = 0) -> None:
    """The session ended an hour ago, or ``days`` earlier, on what was the event's last day."""
    began = NOW - timedelta(hours=2, days=days)
    Session.objects.filter(slug="flow").update(starts_at=began, ends_at=began + timedelta(hours=1))
    Event.objects.filter(slug="2026").update(first_day=began.date(), last_day=began.date())


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def for_who_came() -> Any:
        made = world()
        over()
        paths = ["feedback/", "sessions/flow/feedback/", "cpd/notes/flow/", "cpd/one-thing/"]
        return scene(made, people.reader(made.ada), made.ada, [EVENT + one for one in paths])

    def for_the_team() -> Any:
        made = world()
        root = made.root
        over(days=1)
        came = made.ada.registrations.get()
        Attendance.objects.create(registration=came, session=made.session, joined_at=make.NOW)
        paths = [
            f"{FLOW}who-came/",
            f"{FLOW}report/",
            f"{FLOW}report/look/",
            f"{TEAM}feedback/questions/",
            TEAM,
        ]
        return scene(made, people.reader(root), root, paths)

    return {"for who came": for_who_came, "for the team, afterwards": for_the_team}
