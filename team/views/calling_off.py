"""Cancelling or postponing a whole event with a reason that people read, and bringing it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from events import cancellation
from team.guards import acting_member, allowed_if, may_call_off_events
from team.sessions.forms import CallOffForm
from team.sessions.loading import event_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_call_off_events)
def call_off(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whom it touches and ask whether and why, then call the event off."""
    event, at = event_or_404(slug), timezone.now()
    if not event.is_published or event.is_over(at):
        raise Http404
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values, by = form.cleaned_data, acting_member(request)
        is_postponed = values["what"] == form.POSTPONED
        cancellation.cancel_event(event, by=by, at=at, reason=values["reason"], is_postponed=is_postponed)
        messages.success(request, f"{event} is {'postponed' if is_postponed else 'cancelled'}.")
        return redirect("team:event", slug)
    context = {"event": event, "form": form, "touched": cancellation.look(event, at=at)}
    return render(request, "team/sessions/call_off.html", context)


@require_POST
@allowed_if(may_call_off_events)
def bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo that it was called off."""
    event = event_or_404(slug)
    try:
        cancellation.bring_back(event, by=acting_member(request), at=timezone.now())
    except cancellation.EventStaysCalledOff as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{event} takes place; registrations and places are as they were.")
    return redirect("team:event", slug)
