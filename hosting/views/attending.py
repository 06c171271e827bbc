"""Who was in a session, for its hosts to look at and correct."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hosting import attending
from hosting.access import Part
from hosting.attending import NobodyBooks
from hosting.views.loading import about, hosts_only, part_of, reader_of, unkept
from learning.feedback import results
from live import who_came
from live.attendance import AttendanceRefused


@unkept
@require_http_methods(["GET", "HEAD", "POST"])
@hosts_only
def came(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show a host who was there; a press corrects one of them, or all who are ticked."""
    part, at = part_of(request, slug, session_slug), timezone.now()
    try:
        if request.method == "POST":
            _correct(request, part)
            return redirect("hosting:came", slug, session_slug)
        found = attending.came(part.session, reader_of(request, at), at=at)
    except NobodyBooks as refusal:
        messages.info(request, str(refusal))
        return redirect("hosting:session", slug, session_slug)
    event = part.session.event
    context = {"event": event, "session": part.session, "found": found} | about(request, event)
    return render(request, "hosting/came.html", context)


@unkept
@require_safe
@hosts_only
def feedback(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show a host what at least five people thought of their session, together."""
    part = part_of(request, slug, session_slug)
    event = part.session.event
    context = {"event": event, "session": part.session, "group": results.of_session(part.session)}
    return render(request, "hosting/feedback.html", context | about(request, event))


def _correct(request: HttpRequest, part: Part) -> None:
    at = timezone.now()
    ids, is_there = who_came.chosen(request.POST)
    try:
        names = attending.correct(part.session, reader_of(request, at), ids, came=is_there, at=at)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        says = _("Noted as there: %(names)s.") if is_there else _("Noted as not there: %(names)s.")
        messages.success(request, says % {"names": who_came.named(names)})
