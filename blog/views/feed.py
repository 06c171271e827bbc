"""The blog's feed: Atom (RFC 4287) with the whole text of each post, for readers of every kind."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from blog import blocks, body
from blog.models import Post
from blog.reading import lists
from members.models import SiteSettings

#: As many posts as a reader that comes once a month has not seen.
NEWEST: Final = 30
#: Characters that no XML can hold, escaped or not (XML 1.0, 2.2).
NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class LegalXML(SimplerXMLGenerator):
    """Writes whatever people have written: what no XML can hold is left out, in place of an error."""

    def characters(self, content: str) -> None:
        """Write text."""
        super().characters(NO_XML.sub("", content))

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  # the parser's own
        """Write a tag."""
        legal: Any = {key: NO_XML.sub("", value) for key, value in attrs.items()}
        super().startElement(name, legal)


class FullTextFeed(Atom1Feed):
    """An Atom feed whose entries carry their whole text beside the summary."""

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed as Django does, with another writer."""
        handler = LegalXML(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write the entry, then its text as escaped HTML (RFC 4287, 3.1.1.2 and 4.1.3)."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


class PostsFeed(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The newest posts; no address of anybody stands in it."""

    feed_type = FullTextFeed

    def get_object(self, request: HttpRequest) -> SiteSettings:  # noqa: ARG002  # Django's signature
        """Return what the community is called."""
        return SiteSettings.load()

    def title(self, site: SiteSettings) -> str:
        """The name of the feed."""
        return _("Blog - %(community)s") % {"community": site.name}

    def subtitle(self, site: SiteSettings) -> str:
        """What is in it."""
        return _("Posts of %(community)s, the newest first.") % {"community": site.name}

    def link(self) -> str:
        """Where the posts are read."""
        return reverse("blog:list")

    def feed_url(self) -> str:
        """Where the feed itself is."""
        return reverse("blog:feed")

    def feed_guid(self) -> str:
        """The same for ever."""
        return f"{settings.SITE_URL}{reverse('blog:list')}"

    def items(self) -> list[Post]:
        """The newest posts. Five queries."""
        posts = lists.for_page().prefetch_related("pictures", "videos", "sounds")
        return list(posts.published(timezone.now()).newest_first()[:NEWEST])

    def item_title(self, item: Any) -> str:
        """The title as it was written: the feed escapes it."""
        title: str = item.title
        return title

    def item_description(self, item: Any) -> str:
        """The standfirst, as the HTML that Atom's summary is."""
        return escape(item.standfirst)

    def item_author_name(self, item: Any) -> str:
        """Who wrote it."""
        return ", ".join(one.shown_name for one in item.authors.all()) or _("The team")

    def item_guid(self, item: Any) -> str:
        """The same for ever, and another one for each post."""
        return f"{settings.SITE_URL}{reverse('blog:list')}#post-{item.pk}"

    def item_pubdate(self, item: Any) -> datetime:
        """When it was published."""
        at: datetime = item.published_at
        return at

    def item_updateddate(self, item: Any) -> datetime:
        """When it was changed last, but not before it was published."""
        at: datetime = item.modified_at
        return at

    def item_categories(self, item: Any) -> list[str]:
        """Its themes."""
        return [theme["title"] for theme in item.shown_themes]

    def item_extra_kwargs(self, item: Any) -> dict[str, Any]:
        """The whole text, as HTML with addresses that lead here from anywhere."""
        page = f"{settings.SITE_URL}{item.get_absolute_url()}"
        pieces = [
            replace(one, html=mark_safe(body.absolute(one.html, page))) if one.kind == "html" else one  # noqa: S308  # cleaned again
            for one in blocks.read_for_feed(item)
        ]
        context = {"blocks": pieces, "root": settings.SITE_URL, "lead": blocks.shown(item.lead_picture)}
        return {"content": render_to_string("blog/feed_content.html", context)}
