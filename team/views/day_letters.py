"""For when the site is down: joining letters by one press, looked at before; and the sheet of the day."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from live import joining_letter
from members.accounts import fresh_proof
from team.day import letters
from team.day.sheet import HEADINGS, Sheet, sheet_of
from team.day_forms import LettersForm
from team.guards import acting_member, allowed_if, may_change_sessions, may_find_people, may_see_sessions
from team.sessions.lists import csv_lines, workbook
from team.sessions.loading import event_or_404, session_or_404

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_sessions)
def joining_letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is ready to go out, and send it by one press, with the reason."""
    event, at = event_or_404(slug), timezone.now()
    ready = letters.ready(event, at=at)
    form = LettersForm(request.POST if request.method == "POST" else None, ready=ready)
    if request.method == "POST" and form.is_valid():
        chosen = [one.session for one in ready if str(one.session.pk) in form.cleaned_data["sessions"]]
        reason, by = form.cleaned_data["reason"], acting_member(request)
        for words, is_sent in letters.send(chosen, reason, by=by, at=at):
            (messages.success if is_sent else messages.error)(request, words)
        return redirect("team:event_day_letters", slug)
    context = {"event": event, "form": form, "ready": ready, "before": joining_letter.BEFORE}
    return render(request, "team/day/letters.html", context)


@require_safe
@allowed_if(may_change_sessions)
def preview(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show the joining letter of a session as somebody reads it."""
    session = session_or_404(slug, session_slug)
    if not session.is_live:
        raise Http404
    context = {
        "session": session,
        "letter": joining_letter.letter(session, acting_member(request)),
        "people": sum(1 for _ in joining_letter.recipients(session)),
        "can_be_sent": joining_letter.can_be_sent(session, at=timezone.now()),
    }
    return render(request, "team/day/letter.html", context)


@require_safe
@allowed_if(may_see_sessions)
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the sheet of a day, to print."""
    context = {"sheet": _sheet(request, slug), "at": timezone.now()}
    return render(request, "team/day/sheet.html", context)


@require_safe
@allowed_if(may_see_sessions)
@fresh_proof.required
def sheet_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Send the sheet as a file."""
    found = _sheet(request, slug)
    if ending == "csv":
        answer: HttpResponse = StreamingHttpResponse(csv_lines(HEADINGS, found.rows), content_type=CSV)  # type: ignore[assignment]
    elif ending == "xlsx":
        answer = HttpResponse(workbook(HEADINGS, found.rows), content_type=XLSX)
    else:
        raise Http404
    name = f"sheet-{slug}-{found.day.isoformat()}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _sheet(request: HttpRequest, slug: str) -> Sheet:
    """Return the sheet of the day that is asked for, with names where those are."""
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    return sheet_of(
        event_or_404(slug),
        day,
        with_names=request.GET.get("names") == "yes",
        sees_addresses=may_find_people(acting_member(request)),
        at=timezone.now(),
    )
