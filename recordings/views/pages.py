"""What there is to watch of an event, and each recording with its transcript beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.calls_to_action import standing_of
from events.views.loading import event_or_404, what_next
from members.readers import reader_of
from recordings import access, listing, marks, reading
from recordings.views.loading import recording_or_404, unkept


@unkept
@require_safe
def on_demand(request: HttpRequest, slug: str) -> HttpResponse:
    """List the recordings of an event for those who may see them; others read who may."""
    event, reader, at = event_or_404(request, slug), reader_of(request), timezone.now()
    standing = standing_of(event, reader)
    context = {"event": event, **what_next(standing, at=at), "sees": access.sees_recordings(event, reader)}
    if context["sees"] and reader:
        context["listed"] = listing.of(event, reader, theme=request.GET.get("theme", ""), at=at)
    return render(request, "recordings/list.html", context)


@unkept
@require_safe
def recording(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a recording: where to watch it, its transcript, and what the reader marked."""
    at, reader = timezone.now(), reader_of(request)
    found = recording_or_404(request, slug, pk, at=at)
    session = found.session
    context = {
        "event": session.event,
        "session": session,
        "recording": found,
        "facts": listing.facts_of(found),
        "mark": marks.of(session.event, reader).get(found.pk) if reader else None,
        "paragraphs": reading.paragraphs(found) if access.may_read(found, reader) else [],
    }
    return render(request, "recordings/recording.html", context)
