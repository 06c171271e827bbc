"""Writing to the authors of a post, whose addresses nobody sees.

The words travel in the outbox as a secret, which is wiped once they are sent: they are kept nowhere. Each
author who has an account gets them, and answers to whoever wrote.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from audit import trail
from audit.actors import By
from audit.acts import Act
from blog.models import Author, Post
from members.models import Member
from notifications import outbox


class Sender(NamedTuple):
    """Whose words they are: of a guest, name and address are what they say they are."""

    name: str
    email: str
    is_member: bool


def reached(post: Post) -> list[Author]:
    """Return the authors whom a letter reaches; load ``authors`` with their members."""
    return [one for one in post.authors.all() if one.member is not None and one.member.is_active]


@transaction.atomic
def write_to_authors(post: Post, words: str, *, sender: Sender, by: By, at: datetime) -> None:
    """Owe each author of the post who has an account a letter with these words."""
    for author in Member.objects.filter(authorships__post=post, is_active=True):
        outbox.enqueue(
            "contact-author",
            at=at,
            key=f"{post.pk}:{author.pk}:{at.isoformat()}",
            member=author,
            payload={"post": post.pk},
            secret={**sender._asdict(), "words": words.strip()},
        )
    trail.record(post, Act.AUTHORS_WRITTEN_TO, by=by, at=at)
