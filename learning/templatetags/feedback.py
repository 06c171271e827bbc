"""Whether a page asks what somebody thought of it."""

from datetime import datetime

from django import template

from events.models import Event, Session
from learning.feedback import asking

register = template.Library()


@register.simple_tag
def asks_feedback(event: Event, session: Session | None, at: datetime) -> bool:
    """Whether feedback is taken now, about a session, or the event where that is ``None``. No query."""
    return asking.is_asked(event, session, at=at)
