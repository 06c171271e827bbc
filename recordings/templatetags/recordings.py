"""What pages below show of recordings: those of a session, and the way to all of an event."""

from django import template
from django.utils import timezone

from events.models import Session
from recordings.models import Recording

register = template.Library()


@register.simple_tag
def recordings_of(session: Session) -> list[Recording]:
    """Return what of a session can be watched now; ask only for those who may. One query."""
    shown = Recording.objects.shown(timezone.now()).filter(session=session)
    return list(shown.defer("cues", "words", "search"))
