"""Numbers of a post's pictures, videos and audio: what a marker in its text says, [[picture 2]].

A number is never given twice: an older text of the post, brought back, would show something else than it
was written for.
"""

import re
from typing import Final, Literal

from django.db.models import Max

from blog.models import Post

Kind = Literal["picture", "video", "audio"]

#: How many pictures, videos and pieces of audio each a post may have.
MAX_OF_A_KIND: Final = 50


def marker(kind: Kind, number: int) -> str:
    """Return what stands in the text where the picture, video or audio is to be."""
    return f"[[{kind} {number}]]"


def next_number(post: Post, kind: Kind) -> int:
    """Return a number that no picture (video, audio) of the post has, nor ever had in a text of it.

    Call it with the post locked. Two queries.
    """
    things = {"picture": post.pictures.all(), "video": post.videos.all(), "audio": post.sounds.all()}
    highest: int = things[kind].aggregate(highest=Max("number"))["highest"] or 0
    bodies = post.revisions.filter(body__icontains=f"[[{kind} ").values_list("body", flat=True)
    # As blog.body writes it, in capitals or not; a number that was in use has at most so many figures.
    pattern = re.compile(rf"\[\[{kind} (\d{{1,4}})\]\]", re.IGNORECASE)
    written = [int(number) for body in (post.body, *bodies) for number in pattern.findall(body)]
    # A number that nobody was given may stand in a text too: what is out of reach is left alone.
    return max([highest, *(number for number in written if number <= highest + MAX_OF_A_KIND)]) + 1
