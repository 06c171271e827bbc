"""What search engines may find: public events and sessions, published posts, policies (sitemaps.org)."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.utils import timezone

from blog.models import Post
from events.models import Event, Session, Theme
from members.models import Page, Policy
from recordings.models import TakeAway


class PostsSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Published posts."""

    def items(self) -> QuerySet[Post]:
        """The newest first. One query."""
        return Post.objects.published(timezone.now()).newest_first().defer("body", "text", "search")

    def lastmod(self, item: Post) -> datetime:
        """When it was changed last."""
        return item.changed_at


class EventsSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """All events but drafts."""

    def items(self) -> QuerySet[Event]:
        """The newest first. One query."""
        return Event.objects.public()

    def lastmod(self, item: Event) -> datetime:
        """When it was changed last."""
        return item.changed_at


class SessionsSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Sessions that take place, of all events but drafts."""

    def items(self) -> QuerySet[Session]:
        """In the order of the programmes. Two queries, with their events."""
        sessions = Session.objects.published().filter(event__in=Event.objects.public())
        return sessions.select_related("event").order_by("event_id", "pk")

    def lastmod(self, item: Session) -> datetime:
        """When it was changed last."""
        return item.changed_at


class TakeAwaysSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """What everybody may take away of sessions."""

    def items(self) -> QuerySet[TakeAway]:
        """In the order of their sessions. One query, with their events."""
        return (
            TakeAway.objects.shown()
            .select_related("session__event")
            .defer("search")
            .order_by("session", "pk")
        )

    def lastmod(self, item: TakeAway) -> datetime | None:
        """When it was published."""
        return item.decided_at


class ThemesSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """Themes of all events but drafts."""

    def items(self) -> QuerySet[Theme]:
        """In the order of their events. One query, with their events."""
        themes = Theme.objects.filter(event__in=Event.objects.public()).select_related("event")
        return themes.order_by("event_id", "pk")

    def lastmod(self, item: Theme) -> datetime:
        """When it was changed last."""
        return item.changed_at


class PagesSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """The team's own pages that are shown."""

    def items(self) -> QuerySet[Page]:
        """In the team's order. One query."""
        return Page.objects.filter(is_shown=True)

    def lastmod(self, item: Page) -> datetime:
        """When it was changed last."""
        return item.changed_at


class PoliciesSitemap(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """The pages of rules and promises."""

    def items(self) -> QuerySet[Policy]:
        """By name. One query."""
        return Policy.objects.all()

    def lastmod(self, item: Policy) -> datetime:
        """When it was changed last."""
        return item.changed_at


SITEMAPS: dict[str, Any] = {
    "posts": PostsSitemap,
    "events": EventsSitemap,
    "sessions": SessionsSitemap,
    "take-aways": TakeAwaysSitemap,
    "themes": ThemesSitemap,
    "pages": PagesSitemap,
    "policies": PoliciesSitemap,
}
