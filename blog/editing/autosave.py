"""What an editor has typed into the form of a post and not saved, kept while they type.

Each has one of their own for each post, so two who type at once do not disturb each other. It is offered when
they open the form again, and forgotten by their save or when they throw it away. Of the words all is kept, of
the other fields what says anything else than the post did. It is no version of the post: nobody else sees it,
and it may be anything.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from blog import body as bodies
from blog.models import Post, UnsavedDraft
from common.storable import storable
from common.transactions import retried
from members.models import Member

#: Field of words → as many characters as are kept of it.
MAX_CHARS_OF: Final = {"title": 150, "standfirst": 400, "body": bodies.MAX_BODY_CHARS}
#: Of every other field: as many answers, of as many characters.
MAX_ANSWERS: Final = 500
MAX_ANSWER_CHARS: Final = 8_000


@retried
def store(
    post: Post,
    typed: Mapping[str, str],
    facts: Mapping[str, Sequence[str]] | None = None,
    *,
    by: Member,
    at: datetime,
) -> UnsavedDraft:
    """Keep what they have typed so far, in place of what was kept before.

    ``facts`` are the other fields that were changed, as a browser sends them: name → answers.
    """
    values = {name: as_saved(typed.get(name, ""))[:longest] for name, longest in MAX_CHARS_OF.items()}
    others = {
        name: [as_saved(answer)[:MAX_ANSWER_CHARS] for answer in answers[:MAX_ANSWERS]]
        for name, answers in (facts or {}).items()
    }
    kept, _ = UnsavedDraft.objects.update_or_create(
        post=post, member=by, defaults={**values, "facts": others, "kept_at": at}
    )
    return kept


def kept_of(post: Post, member: Member) -> UnsavedDraft | None:
    """Return what is kept of their typing, if it says anything else than the post. One query."""
    kept = UnsavedDraft.objects.filter(post=post, member=member).first()
    if kept is None or kept.facts:
        return kept
    return None if all(getattr(kept, name) == getattr(post, name) for name in MAX_CHARS_OF) else kept


@retried
def discard(post: Post, member: Member) -> None:
    """Forget what was kept of their typing."""
    UnsavedDraft.objects.filter(post=post, member=member).delete()


def as_saved(text: str) -> str:
    """Return ``text`` as it is saved: a line break is one character, where browsers send two."""
    return storable(text).replace("\r\n", "\n")
