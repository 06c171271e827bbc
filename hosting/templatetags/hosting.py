"""What pages below show of hosting: what is to be read beforehand, and the ways to a host's own pages."""

from typing import Any

from django import template
from django.utils import timezone

from events.models import Event, Session
from hosting import access, files
from hosting.models import SessionFile, SessionLink
from members.models import Member

register = template.Library()


@register.simple_tag
def links_beforehand(session: Session) -> list[SessionLink]:
    """Return what its hosts want people to read; ask only for those who may see how to join. One query."""
    return list(SessionLink.objects.filter(session=session))


@register.simple_tag
def files_beforehand(session: Session) -> list[SessionFile]:
    """Return its files, without their bytes; ask only for those who may see how to join. One query."""
    return list(files.of_session(session))


@register.simple_tag
def files_of_agenda(user: Any, event: Event) -> list[SessionFile]:
    """Return the files of the sessions that a member, who comes, has. One query."""
    return list(files.of_agenda(event, user)) if isinstance(user, Member) else []


@register.simple_tag
def hosts_session(user: Any, session: Session) -> bool:
    """Whether a member's host page of the session opens: they are invited, or a host's deputy. One query."""
    return isinstance(user, Member) and access.hosts(user, session, at=timezone.now())


@register.simple_tag
def hosted_events(user: Any) -> list[Event]:
    """Return the events whose hosts' pages open for a member now. One query; none for a visitor."""
    return access.events_of(user, at=timezone.now()) if isinstance(user, Member) else []


@register.simple_tag
def hosts_at(user: Any, event: Event) -> bool:
    """Whether the hosts' pages of the event open for a member now. One query; none for a visitor."""
    return event in hosted_events(user)
