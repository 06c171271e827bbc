"""Forms on the pages of announcements: a draft, one to sessions and one to a theme, scheduled, going out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from common.edit_conflicts import stamp
from notifications.models import Message
from team.announcements import writing
from tests.contracts import people
from tests.make import NOW
from tests.team.announcements import announcing

ALL = "/team/announcements/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def announcements() -> Any:
        made = world()
        event, tess = made.session.event, people.staff("Event admin")
        about = {"event": event, "words": "<p>Hello {name}.</p>"}
        drafts = [announcing.draft(tess, to, **about) for to in ("registered", "booked")]
        drafts.append(announcing.draft(tess, "theme", theme=made.session.themes.get(), **about))
        scheduled = announcing.draft(tess, "registered", **about)
        writing.schedule(scheduled, NOW + timedelta(days=1), seen=stamp(scheduled), by=tess, at=NOW)
        going = announcing.sent(tess, "members")
        failed = Message.objects.filter(kind="announcement").earliest("pk")
        Message.objects.filter(pk=failed.pk).update(state="failed", last_error="No such mailbox.")
        paths = [f"{ALL}new/"] + [f"{ALL}{one.pk}/edit/" for one in drafts]
        paths += [f"{ALL}{one.pk}/" for one in (drafts[0], scheduled, going)]
        return scene(made, people.reader(tess), tess, paths)

    return {"announcing": announcements}
