"""What pages of events show of the blog: posts about a thing, and who of its people writes."""

from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from blog.models import Author, Post
from blog.reading import authors
from common.words import in_a_row
from events.models import Event, Session, Theme

register = template.Library()


@register.simple_tag
def posts_about(thing: Event | Session | Theme) -> list[Post]:
    """Return the newest published posts about an event, a session or a theme."""
    return authors.posts_about(thing, timezone.now())


@register.simple_tag
def writers_of(session: Session) -> set[int]:
    """Return who of a session's people (loaded with it) has a page of posts, by their numbers as members."""
    people = [part.contributor.member_id for part in session.session_contributors.all()]
    return authors.among(people, timezone.now())


@register.filter
def writer_address(author: Author) -> str:
    """Return the address of an author's page."""
    return authors.address(author)


@register.filter
def writer_about(author: Author) -> str:
    """Return what an author does."""
    return authors.about(author)


@register.filter
def names(people: Iterable[Author]) -> SafeString:
    """Name authors in a sentence: "Ada, Bo and Cy", each as one piece of its own direction."""
    return mark_safe(in_a_row(format_html("<bdi>{}</bdi>", one.shown_name) for one in people))  # noqa: S308  # escaped
