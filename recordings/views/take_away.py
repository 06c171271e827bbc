"""What to take away of a session, for everybody to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.views.loading import event_or_404
from recordings.models import TakeAway


@require_safe
def take_away(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show it, once it is published and while its session's page shows that it took place."""
    event = event_or_404(request, slug)
    shown = TakeAway.objects.shown().filter(session__event=event, session__slug=session_slug)
    found = shown.select_related("session").prefetch_related("session__contributors").defer("search").first()
    if found is None:
        raise Http404
    found.session.event = event
    context = {"event": event, "session": found.session, "take_away": found}
    return render(request, "recordings/take_away.html", context)
