"""Writing to the authors of a post, whose addresses nobody sees.

The words travel in the outbox as a secret, which is wiped once they are sent: they are kept nowhere. Each
author who has an account gets them, and answers to whoever wrote.
"""

from datetime import datetime

from django.db import transaction

from blog.models import Post
from members.models import Member
from notifications import outbox


class NobodyToWriteTo(Exception):
    """No author of the post has an account."""


@transaction.atomic
def write_to_authors(post: Post, words: str, *, name: str, email: str, at: datetime) -> None:
    """Owe each author of the post a letter with these words. Raises ``NobodyToWriteTo``."""
    authors = Member.objects.filter(authorships__post=post, is_active=True)
    if not authors:
        raise NobodyToWriteTo
    for author in authors:
        outbox.put(
            "contact-author",
            at=at,
            key=f"{post.pk}:{author.pk}:{at.isoformat()}",
            member=author,
            about={"post": post.pk},
            secret={"name": name, "email": email, "words": words.strip()},
        )
