"""Who reads concerns of an event, what to do in danger there, and how soon there is an answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from concerns import readers
from concerns.readers import ReadersRefused
from team.concern_forms import ReadersForm
from team.guards import acting_member, allowed_if, may_change_sessions
from team.sessions.loading import event_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def concern_readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who reads concerns of an event, and name others."""
    event = event_or_404(slug)
    form = ReadersForm(
        request.POST if request.method == "POST" else None,
        named=readers.of_event(event),
        desk=readers.desk_of(event),
    )
    if request.method == "POST" and form.is_valid():
        try:
            readers.set_up(event, **form.cleaned_data, by=acting_member(request), at=timezone.now())
        except ReadersRefused as refusal:
            form.add_error("members", str(refusal))
        else:
            messages.success(request, "Saved. Their names stand on the event’s page “Report a concern”.")
            return redirect("team:event", slug)
    return render(request, "team/concerns/readers.html", {"event": event, "form": form})
