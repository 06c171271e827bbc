"""Forms of moderation: what a moderator finds in each queue, and on the page of a comment in each state."""

from collections.abc import Callable
from typing import Any

from comments.models import Comment
from tests import make
from tests.contracts import people

QUEUE = "/team/moderation/"


def scenes(world: Callable[[], Any], scene: Callable[..., Any]) -> dict[str, Callable[[], Any]]:
    """Return the scenes by name; ``scene`` makes one of a world, a browser, its reader and paths."""

    def moderating() -> Any:
        made = world()
        post = Comment.objects.get(pk=made.numbers["comments_comment"]).post
        waits = Comment.objects.get(pk=made.numbers["team:comment"])
        reported = make.comment(post)
        reported.reports.create(reason="spam", created_at=make.NOW)
        mo = people.staff("Moderator")
        pages = [QUEUE, f"{QUEUE}?queue=reported", f"{QUEUE}?queue=decisions", f"{QUEUE}{waits.pk}/"]
        pages += [f"{QUEUE}{waits.pk}/{act}/" for act in ("publish-and-reply", "reject", "redact")]
        return scene(made, people.reader(mo), mo, [*pages, f"{QUEUE}{reported.pk}/remove/"])

    return {"moderating": moderating}
