"""What an editor has typed into the form of a post and not saved, kept while she types.

Each has one of her own for each post, so two who type at once do not disturb each other. It is offered when
she opens the form again, and forgotten by her save or when she throws it away. It is no version of the post:
nobody else sees it, and it may be anything.
"""

from datetime import datetime
from typing import Final

from blog import body as bodies
from blog.models import Post, UnsavedDraft
from events.transactions import retried
from members.models import Member

#: Field → as many characters as are kept of it.
KEPT: Final = {"title": 150, "standfirst": 400, "body": bodies.LONGEST}


@retried
def keep(post: Post, typed: dict[str, str], *, by: Member, at: datetime) -> UnsavedDraft:
    """Keep what she has typed so far, in place of what was kept before."""
    values = {name: storable(typed.get(name, ""))[:longest] for name, longest in KEPT.items()}
    kept, _ = UnsavedDraft.objects.update_or_create(post=post, member=by, defaults={**values, "kept_at": at})
    return kept


def kept_of(post: Post, member: Member) -> UnsavedDraft | None:
    """Return what is kept of her typing, if it says anything else than the post. One query."""
    kept = UnsavedDraft.objects.filter(post=post, member=member).first()
    if kept is None or all(getattr(kept, name) == getattr(post, name) for name in KEPT):
        return None
    return kept


@retried
def throw_away(post: Post, member: Member) -> None:
    """Forget what was kept of her typing."""
    UnsavedDraft.objects.filter(post=post, member=member).delete()


def storable(text: str) -> str:
    """Return ``text`` without what no database can keep: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
