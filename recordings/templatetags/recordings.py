"""What pages below show of recordings: those of a session, and what a member wants to watch."""

from collections.abc import Collection
from typing import Any

from django import template
from django.utils import timezone

from events.models import Event, Session, Theme
from members.models import Member
from recordings import marks
from recordings.models import Recording, TakeAway

register = template.Library()


@register.simple_tag
def recordings_of(session: Session) -> list[Recording]:
    """Return what of a session can be watched now; ask only for those who may. One query."""
    shown = Recording.objects.shown(timezone.now()).filter(session=session)
    return list(shown.defer("cues", "words", "search"))


@register.simple_tag
def recordings_among(event: Event, sessions: Collection[int]) -> list[Recording]:
    """Return what of these sessions can be watched now; ask only for who comes to their event. One query."""
    shown = Recording.objects.shown(timezone.now()).filter(session__event=event)
    return [one for one in shown.defer("cues", "words", "search") if one.session_id in sessions]


@register.simple_tag
def recordings_to_watch(user: Any, event: Event) -> list[Recording]:
    """Return what a member, who comes, added to their agenda. One query."""
    return list(marks.to_watch(event, user, at=timezone.now())) if isinstance(user, Member) else []


@register.simple_tag
def take_away_of(session: Session) -> TakeAway | None:
    """Return what to take away of a session, where everybody may read it. One query."""
    found = TakeAway.objects.shown().filter(session=session).defer("search").first()
    if found:
        found.session = session
    return found


@register.simple_tag
def take_aways_about(thing: Event | Theme) -> list[TakeAway]:
    """Return what everybody may take away of the sessions of an event or a theme, by time. One query."""
    if isinstance(thing, Theme):
        shown = TakeAway.objects.shown().filter(session__themes=thing)
    else:
        shown = TakeAway.objects.shown().filter(session__event=thing)
    found = shown.select_related("session__event").defer(
        "search", "session__search", "session__event__search"
    )
    return list(found.order_by("session__starts_at", "session__title", "pk"))


@register.simple_tag
def recordings_of_theme(theme: Theme) -> list[Recording]:
    """Return what of a theme can be watched now; ask only for those who may. One query."""
    shown = Recording.objects.shown(timezone.now()).filter(session__themes=theme)
    return list(shown.select_related("session__event").defer("cues", "words", "search"))
