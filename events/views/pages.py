"""Public pages about an event: the list, the event, a theme."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.calls_to_action import standing_of
from events.models import Event
from events.phases import is_behind, phase_of
from events.programme import cards, reading
from events.views.loading import at_a_glance, event_or_404, may_preview, theme_or_404, what_next
from events.views.programme_body import sessions_layout
from members.readers import reader_of


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """All public events: those to come, then those that were. Staff see drafts, marked."""
    events = Event.objects.all() if may_preview(request) else Event.objects.public()
    now = timezone.now()
    upcoming: list[Event] = []
    past: list[Event] = []
    for event in events.order_by("first_day", "pk"):
        is_past = is_behind(event, phase_of(event, at=now), at=now)
        (past if is_past else upcoming).append(event)
    return render(request, "events/list.html", {"upcoming": upcoming, "past": past[::-1]})


@require_safe
def event_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What the event is, when, for whom, and what to do next."""
    event = event_or_404(request, slug)
    standing = standing_of(event, reader_of(request))
    return render(request, "events/event.html", {"event": event} | at_a_glance(standing))


@require_safe
def theme_page(request: HttpRequest, slug: str, theme_slug: str) -> HttpResponse:
    """One theme of an event and its sessions."""
    event = event_or_404(request, slug)
    theme = theme_or_404(event, theme_slug)
    standing = standing_of(event, reader_of(request))
    common = reading.load(event)
    items = reading.items_of(event, standing.registration, common, at=timezone.now(), theme=theme.slug)
    of_theme = replace(common, cards=common.of_theme(theme.slug))
    layout = sessions_layout(event, of_theme, theme.slug, standing.zone)
    context = {
        "event": event,
        "theme": theme,
        **what_next(standing),
        "sessions": cards.laid_out(items, layout, request) if items else "",
        "anchors": {item.anchor for item in cards.noted(items, request) if item.says_notes},
    }
    return render(request, "events/theme.html", context)
