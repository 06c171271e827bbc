"""Facts about a session in words."""

from django import template

from events.models import Session
from members.words import counted

register = template.Library()


@register.simple_tag
def length(session: Session) -> str:
    """Write how long a session with a time lasts: "45 minutes", "1 hour", "1 hour 30 minutes"."""
    if session.starts_at is None or session.ends_at is None:
        return ""
    hours, minutes = divmod(round((session.ends_at - session.starts_at).total_seconds() / 60), 60)
    parts = [
        counted(hours, "hour", "hours") if hours else "",
        counted(minutes, "minute", "minutes") if minutes else "",
    ]
    return " ".join(part for part in parts if part)


@register.simple_tag
def access_facts(session: Session) -> list[str]:
    """Return what makes it easier to take part, in words, and whether it is recorded."""
    facts = [
        (session.has_captions, "Live captions"),
        (session.has_sign_language, "BSL interpreter"),
        (session.is_camera_optional, "Camera and microphone optional"),
        (session.is_step_free, "Step-free room"),
        (session.is_recorded, "Recorded"),
        (session.is_live and not session.is_recorded, "Not recorded"),
    ]
    return [words for holds, words in facts if holds]
