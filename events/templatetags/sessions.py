"""Facts about a session in words."""

from django import template

from common.times import format_length
from events.models import Session
from events.programme import access_features

register = template.Library()


@register.simple_tag
def length(session: Session) -> str:
    """Write how long a session with a time lasts: "45 minutes", "1 hour", "1 hour 30 minutes"."""
    if session.starts_at is None or session.ends_at is None:
        return ""
    return format_length(session.starts_at, session.ends_at)


@register.simple_tag
def access_facts(session: Session) -> list[str]:
    """Return what makes it easier to take part, in words, and whether it is recorded."""
    return access_features.facts_of(session)
