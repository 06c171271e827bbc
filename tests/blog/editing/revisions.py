"""Posts on their way, made by the rules."""

from typing import Any

from blog.editing import saving
from blog.editing.saving import Byline
from blog.models import Post
from members.models import Member
from tests import make

#: What a post needs before readers can see it.
WORDS: Any = {"standfirst": "What a ward learnt.", "body": "<p>We asked everybody.</p>"}


def draft(title: str = "Rota as kindness", *, by: Member | None = None, **changes: Any) -> Post:
    """A draft that an editor began before ``NOW`` and that lacks nothing; its author is a name."""
    editor = by or make.member("Eve")
    begun = saving.create(title, by=editor, at=make.NOW)
    wanted: Any = {**WORDS, "authors": [Byline(name="Flo")], **changes}
    return saving.save(begun, wanted, by=editor, at=make.NOW, seen=None)


def proposal(by: Member, title: str = "A porter’s view", body: str = "We know every corridor.") -> Post:
    """A draft of a member, under their name."""
    begun = saving.create(title, by=by, at=make.NOW, proposed_by=by)
    return saving.save(begun, {"body": body}, by=by, at=make.NOW, seen=None)
