"""The comments on a post as an Atom feed (RFC 4287): what is published, newest first, with names and words.

Each says whom it answers, and when it was written: a moderator may have published it days later. Ids stay
what they are for ever; no address of a guest is here, and every word is escaped twice: as HTML by ``texts``,
and that as XML.
"""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Post
from blog.views.feed import NO_XML, FullTextFeed
from comments.models import Comment
from comments.reading import texts
from comments.views.loading import post_or_404

#: How many comments the feed of a post has.
NEWEST: Final = 50


class CommentsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The newest comments on one post."""

    feed_type = FullTextFeed

    def get_object(self, request: HttpRequest, slug: str) -> Post:  # noqa: ARG002  # Django passes the request
        """Return the post."""
        return post_or_404(slug)

    def title(self, post: Post) -> str:
        """Name the feed."""
        return _("Comments on %(title)s") % {"title": _xml(post.title)}

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
        rows = post.comments.published().select_related("member", "thread__member", "reply_to__member")
        comments = list(rows.order_by("-published_at", "-pk")[:NEWEST])
        for comment in comments:
            comment.post = post
        return comments

    def item_title(self, comment: Comment) -> str:
        """Say who speaks, and what they answer."""
        names = {"name": comment.shown_name, "title": comment.post.title}
        above = comment.reply_to or comment.thread
        if above is None:
            return _xml(_("%(name)s on “%(title)s”") % names)
        if above.status != Comment.Status.PUBLISHED:
            return _xml(_("%(name)s answers a comment that is gone on “%(title)s”") % names)
        names["other"] = above.shown_name
        return _xml(_("%(name)s answers %(other)s on “%(title)s”") % names)

    def item_description(self, item: Any) -> Any:  # noqa: ARG002  # Django's signature
        """Return no summary: the whole text is the content."""
        return None

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        """Return the words as HTML."""
        return {"content": _xml(texts.to_html(item.body))}

    def item_link(self, comment: Comment) -> str:
        """Lead to the comment, whatever page it is on."""
        return settings.SITE_URL + comment.get_absolute_url()

    def item_author_name(self, comment: Comment) -> str:
        """Name who speaks."""
        return _xml(comment.shown_name)

    def item_pubdate(self, comment: Comment) -> datetime:
        """Say when it was written."""
        return comment.created_at

    def item_updateddate(self, comment: Comment) -> datetime:
        """Say when it was written or changed last."""
        return comment.edited_at or comment.created_at


def _xml(words: str) -> str:
    return NO_XML.sub("", words)
