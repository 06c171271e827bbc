"""What the pages of moderation show of comments: their words, short moments, the usual words."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comments.models import Decision
from comments.moderation.canned_replies import WORDS
from comments.reading import texts
from common.times import SITE_ZONE, format_moment, short_moment

register = template.Library()


@register.filter
def as_comment(words: str) -> SafeString:
    """Show a comment's words as the post's page does: paragraphs, lines, links; all else is escaped."""
    return texts.to_html(words)


@register.filter
def shortly(at: datetime) -> SafeString:
    """Name a moment for a narrow place, with all of it for whoever points at it: "Mon 2 Nov, 10:00"."""
    whole = format_moment(at, SITE_ZONE.key)
    machine = at.isoformat(timespec="seconds")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', machine, whole, short_moment(at, SITE_ZONE)
    )


@register.simple_tag
def usual_words() -> list[tuple[str, str, str]]:
    """Return each reason that has usual words: its value, its name, the words."""
    reasons = [(value, str(label)) for value, label in Decision.Reason.choices]
    return [(value, label, WORDS[value]) for value, label in reasons if WORDS[value]]
