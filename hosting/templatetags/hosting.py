"""What a session's page shows to those who may join it."""

from django import template

from events.models import Session
from hosting.models import SessionLink

register = template.Library()


@register.simple_tag
def links_beforehand(session: Session) -> list[SessionLink]:
    """Return what its hosts want people to read; ask only for those who may see how to join. One query."""
    return list(SessionLink.objects.filter(session=session))
