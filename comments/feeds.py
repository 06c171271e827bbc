"""The comments on a post as an Atom feed (RFC 4287): what is published, newest first, with names and words.

Ids stay what they are for ever; no address of a guest is here, and every word is escaped twice: as HTML by
``texts``, and that as XML.
"""

import re
from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from blog.models import Post
from comments import texts
from comments.models import Comment
from comments.views.loading import post_or_404

#: How many comments the feed of a post has.
NEWEST: Final = 50
#: Characters that no XML can hold, escaped or not (XML 1.0, 2.2).
NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class CommentsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The newest comments on one post."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Post:  # noqa: ARG002  # Django passes the request
        """Return the post."""
        return post_or_404(slug)

    def title(self, post: Post) -> str:
        """Name the feed."""
        return f"Comments on {_xml(post.title)}"

    def link(self, post: Post) -> str:
        """Lead to the conversation."""
        return f"{settings.SITE_URL}{post.get_absolute_url()}#comments"

    def feed_url(self, post: Post) -> str:
        """Say where the feed is."""
        return settings.SITE_URL + reverse("comments:feed", args=[post.slug])

    def feed_guid(self, post: Post) -> str:
        """Name the feed for ever."""
        return self.feed_url(post)

    def items(self, post: Post) -> list[Comment]:
        """Return the newest comments."""
        newest = post.comments.published().select_related("member").order_by("-published_at", "-pk")[:NEWEST]
        comments = list(newest)
        for comment in comments:
            comment.post = post
        return comments

    def item_title(self, comment: Comment) -> str:
        """Say who speaks."""
        return _xml(comment.shown_name)

    def item_description(self, comment: Comment) -> str:
        """Return the words as HTML."""
        return _xml(texts.to_html(comment.body))

    def item_link(self, comment: Comment) -> str:
        """Lead to the comment, whatever page it is on."""
        return settings.SITE_URL + comment.get_absolute_url()

    def item_author_name(self, comment: Comment) -> str:
        """Name who speaks."""
        return _xml(comment.shown_name)

    def item_pubdate(self, comment: Comment) -> datetime | None:
        """Say since when it is public."""
        return comment.published_at

    def item_updateddate(self, comment: Comment) -> datetime | None:
        """Say when it changed last."""
        return comment.edited_at or comment.published_at


def _xml(words: str) -> str:
    return NO_XML.sub("", words)
