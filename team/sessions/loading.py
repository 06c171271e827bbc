"""Load or 404: the event and the session that a page of the team is about, drafts as well."""

from django.http import Http404

from events.models import Event, Session
from workshops.programme import double_use


def event_or_404(slug: str) -> Event:
    """Return an event with its places."""
    event = Event.objects.select_related("places").filter(slug=slug).first()
    if event is None:
        raise Http404
    return event


def session_or_404(event_slug: str, slug: str) -> Session:
    """Return a session with its event, places, hosts and speakers. Two queries."""
    sessions = double_use.with_people(Session.objects.filter(event__slug=event_slug, slug=slug))
    session = sessions.select_related("event", "workshop").first()
    if session is None:
        raise Http404
    return session
