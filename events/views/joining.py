"""Check that you can join: what an online session needs, before the day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Event
from events.views.loading import event_or_404


@require_safe
def check_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is needed to join; nothing to check where all of the event is in a room."""
    event = event_or_404(request, slug)
    if event.place == Event.Place.IN_PERSON:
        raise Http404
    return render(request, "events/check.html", {"event": event})
