"""Cancelling or postponing a whole event with a reason that people read, and bringing it back."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from events import cancellation
from events.models import Event
from team.announcements.calling_off import under_way
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
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            called_off = _call_off(request, event, form, at)
        except cancellation.NotWhatWasSeen as refusal:
            stale = str(refusal)
        else:
            what = "postponed" if called_off.is_postponed else "cancelled"
            messages.success(request, f"{event} is {what}.")
            return redirect("team:event", slug)
    touched = cancellation.look(event, at=at)
    form.has_seen(touched.seen)
    context = {"event": event, "form": form, "touched": touched, "stale": stale}
    context["announcements"] = under_way(event)
    return render(request, "team/sessions/call_off.html", context)


def _call_off(request: HttpRequest, event: Event, form: CallOffForm, at: datetime) -> Event:
    values = form.cleaned_data
    return cancellation.cancel_event(
        event,
        by=acting_member(request),
        at=at,
        reason=values["reason"],
        is_postponed=values["what"] == form.POSTPONED,
        seen=values["seen"],
    )


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
