"""A post as lists show it: written once for all, and kept under everything that it shows."""

from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from blog import blocks, body
from blog.models import Post
from common import languages
from common.recent import Recent

TEMPLATE: Final = "blog/_entry.html"
#: Of ordinary length, they take a megabyte.
_kept: Recent[SafeString] = Recent(512)


def written(post: Post, *, level: int = 2) -> SafeString:
    """Return the entry of a post of ``lists.listed``; ``level`` is that of its heading."""
    told: Any = post
    minutes, names, comments = body.minutes(post.text), tuple(told.author_names), told.comment_count
    picture = post.lead_picture and (post.lead_picture.file.name, post.lead_picture.width)
    facts = (post.title, post.slug, post.standfirst, post.kind, post.published_at)
    return _kept.get(
        (level, languages.current(), facts, minutes, names, comments, picture),
        lambda: render_to_string(
            TEMPLATE,
            {"post": post, "picture": blocks.shown(post.lead_picture), "minutes": minutes, "level": level},
        ),
    )
