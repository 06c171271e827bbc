"""Load or 404: what a page is about, for whoever asks for it."""

from datetime import datetime
from typing import Final

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.utils import timezone

from common.statements import Statement
from events import overview
from events.calls_to_action import Standing, call_to_action
from events.models import Event, Session, SessionContributor, Theme
from events.phases import Phase, is_behind, phase_of
from events.programme import reading
from events.programme.contents import Programme
from members.accounts import second_factor
from members.readers import reader_of
from members.site_in_memory import settings_for

#: Whoever may see events in the admin sees drafts.
PREVIEW: Final = "events.view_event"
_BY_SLUG = Statement(lambda slug: Event.objects.select_related("places").filter(slug=slug))
_SESSION = Statement(
    lambda event, slug: (
        Session.objects.select_related("workshop")
        .prefetch_related(
            "themes",
            Prefetch("session_contributors", SessionContributor.objects.select_related("contributor")),
        )
        .filter(event=event, slug=slug)
    )
)
_THEME = Statement(lambda event, slug: Theme.objects.filter(event=event, slug=slug))


def may_preview(request: HttpRequest) -> bool:
    """Whether the reader sees drafts: staff who may see events in the admin."""
    reader = reader_of(request)
    return reader is not None and reader.has_perm(PREVIEW)


def event_or_404(request: HttpRequest, slug: str) -> Event:
    """Return the event with its places; a draft is found by staff only."""
    event = _BY_SLUG.first(slug=slug)
    if event is None:
        raise Http404
    if event.status == Event.Status.DRAFT and not may_preview(request):
        second_factor.refuse(request, PREVIEW)
    return event


def session_or_404(request: HttpRequest, event: Event, slug: str) -> Session:
    """Return a session of the event with its places, themes and people; a draft is found by staff only."""
    session = _SESSION.first(event=event.pk, slug=slug)
    if session is None:
        raise Http404
    if session.status == Session.Status.DRAFT and not may_preview(request):
        second_factor.refuse(request, PREVIEW)
    session.event = event
    return session


def theme_or_404(event: Event, slug: str) -> Theme:
    """Return a theme of the event."""
    theme = _THEME.first(event=event.pk, slug=slug)
    if theme is None:
        raise Http404
    theme.event = event
    return theme


def what_next(
    standing: Standing, *, at: datetime | None = None, common: Programme | None = None
) -> dict[str, object]:
    """Return what a page says to the reader: ``standing``, ``phase``, ``call``, and ``site``, read once.

    ``is_past``: the event is among those that were. ``at`` is the moment of asking, ``common`` the programme,
    where the page has read them.
    """
    event, now = standing.event, at or timezone.now()
    site = settings_for(standing.member, at=now)
    phase = phase_of(event, at=now, common=common)
    return {
        "standing": standing,
        "phase": phase,
        "call": call_to_action(standing, site, at=now, common=common),
        "is_past": is_behind(event, phase, at=now),
        "site": site,
    }


def at_a_glance(standing: Standing) -> dict[str, object]:
    """Return what the event's page and the front page show of the event, at the moment ``at`` of asking.

    ``is_theirs_today``: it is on, and they come, so that *Join* goes before all else.
    """
    event, now = standing.event, timezone.now()
    common = reading.load(event)
    told = what_next(standing, at=now, common=common)
    panel = overview.hero_panel(standing, at=now, common=common)
    return told | {
        "at": now,
        "hero_panel": panel,
        "is_theirs_today": panel == overview.AGENDA and told["phase"] is Phase.ON_NOW,
        "glance": overview.overview_of(event, standing.zone, common),
        "windows": overview.windows(event, at=now, common=common),
        "themes": common.themes,
    }
