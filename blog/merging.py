"""What merging two accounts makes of posts, their authors and what is being written."""

from collections.abc import Iterable
from datetime import datetime

from audit.actors import By
from blog.models import Author, Picture, Post, Revision, UnsavedDraft
from members.merging import registry
from members.merging.registry import Act, Afterwards, Line
from members.models import Member


def register() -> None:
    """Name it all; for ``AppConfig.ready``."""
    registry.moves(Post, "proposed_by", "%(count)s post that they sent", "%(count)s posts that they sent")
    registry.moves(Post, "created_by")
    registry.moves(Picture, "uploaded_by")
    registry.moves(Revision, "saved_by")
    registry.by_act("blog", Act(merge, look), (Author, "member"), (UnsavedDraft, "member"))


def look(kept: Member, ended: Member) -> Iterable[Line]:
    """Say what they are an author of."""
    if Author.objects.filter(member=ended).exists():
        yield Line("Also", f"They are named as an author with the account that stays, as {kept.name}.")


def merge(kept: Member, ended: Member, *, by: By, at: datetime) -> Iterable[Afterwards]:  # noqa: ARG001  # as all acts
    """Name them once on each post; of two texts being written keep that of who stays."""
    both = Author.objects.filter(member=kept).values("post")
    Author.objects.filter(member=ended, post__in=both).delete()
    Author.objects.filter(member=ended).update(member=kept)
    writing = UnsavedDraft.objects.filter(member=kept).values("post")
    UnsavedDraft.objects.filter(member=ended, post__in=writing).delete()
    UnsavedDraft.objects.filter(member=ended).update(member=kept)
    return ()
