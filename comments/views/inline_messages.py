"""What is said in a comment, where the page opens, and not on top of the page.

A message that carries the comment's id as its tag is left out of the messages on top by the post's page, and
printed in that comment; where the comment is not on the page, above all comments.
"""

from typing import Final

from django.contrib.messages import get_messages
from django.http import HttpRequest

from comments.models import Comment
from comments.reading.threads import Threads

#: What the tag of such a message begins with (in templates/blog/post.html too): ids of comments on a page.
TAG: Final = "comment-"


def tag_of(comment: Comment) -> str:
    """Return the tag of what is said in a comment: the id that it has on the page."""
    return f"{TAG}{comment.pk}"


def place(request: HttpRequest, threads: Threads) -> list[str]:
    """Put what is said into the comments of a page; return what belongs to none of them."""
    waiting = {
        one.extra_tags: one.message for one in get_messages(request) if is_for_a_comment(one.extra_tags)
    }
    if not waiting:
        return []
    for one in (one for thread in threads.threads for one in thread):
        one.said = waiting.pop(f"{TAG}{one.pk}", "")
    return list(waiting.values())


def is_for_a_comment(tag: str | None) -> bool:
    """Whether a tag is one of a comment."""
    return bool(tag) and str(tag).startswith(TAG)
