"""Who reads concerns of an event, what to do in danger there, and how soon there is an answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from concerns import handling, readers
from concerns.readers import ReadersRefused
from team.concern_forms import ReadersForm
from team.guards import acting_member, allowed_if, may_change_sessions
from team.sessions.loading import event_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def concern_readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who reads concerns of an event, and name others."""
    event = event_or_404(slug)
    if "give" in request.POST:
        given = handling.give(event, by=acting_member(request), at=timezone.now())
        said = "Given to those who read now. They are emailed." if given else "Name somebody else first."
        messages.success(request, said)
        return redirect("team:event_concern_readers", slug)
    form = ReadersForm(
        request.POST if request.method == "POST" else None,
        named=readers.of_event(event),
        desk=readers.desk_of(event),
        seen=readers.as_seen(event),
    )
    if request.method == "POST" and form.is_valid():
        try:
            readers.set_up(event, **form.cleaned_data, by=acting_member(request), at=timezone.now())
        except ReadersRefused as refusal:
            form.add_error("members", str(refusal))
            form.show_anew(readers.as_seen(event))
        else:
            messages.success(request, "Saved. Their names stand on the event’s page “Report a concern”.")
            return redirect("team:event", slug)
    stranded = handling.stranded().filter(event=event).count()
    context = {"event": event, "form": form, "stranded": stranded}
    return render(request, "team/concerns/readers.html", context)
