"""Lists of who comes to a session, to print and to take along; and, apart from them, what they need."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Session
from members.accounts import fresh_proof
from team.guards import acting_member, allowed_if, may_see_needs, may_see_sessions
from team.sessions import lists, needs, state
from team.sessions.door import door_list
from team.sessions.forms import PAGE, NeedsForm
from team.sessions.loading import event_or_404, session_or_404

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@allowed_if(may_see_sessions)
def attendance(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show who has a place, by name: a page that prints; for the host what hosts may see."""
    session, for_team = session_or_404(slug, session_slug), _is_for_team(request)
    headings, rows = lists.attendance(session, for_team=for_team)
    context = {
        "session": session,
        "when": state.when(session),
        "for_team": for_team,
        "headings": headings,
        "rows": list(rows),
        "at": timezone.now(),
    }
    return render(request, "team/sessions/attendance.html", context)


@require_safe
@allowed_if(may_see_sessions)
@fresh_proof.required
def attendance_file(request: HttpRequest, slug: str, session_slug: str, ending: str) -> HttpResponse:
    """Send who has a place as a file; it holds no access needs."""
    session, for_team = session_or_404(slug, session_slug), _is_for_team(request)
    headings, rows = lists.attendance(session, for_team=for_team)
    return _file(session, "attendance-team" if for_team else "attendance", ending, headings, rows)


@require_safe
@allowed_if(may_see_sessions)
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is registered for the event, by name: a page that prints, for the door."""
    event = event_or_404(slug)
    context = {"event": event, "people": door_list(event), "at": timezone.now()}
    return render(request, "team/sessions/door.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_see_needs)
@fresh_proof.required
def session_needs(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Ask why, then show what people who come need, or send it as a file; each look is recorded."""
    session = session_or_404(slug, session_slug)
    form = NeedsForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"session": session, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "team/sessions/needs.html", context | {"people": needs.how_many(session)})
    at, shown = timezone.now(), form.cleaned_data["shown"]
    by, why = acting_member(request), form.cleaned_data["why"]
    found = needs.look(session, why, is_file=shown != PAGE, by=by, at=at)
    if shown != PAGE:
        return _file(session, "access-needs", shown, needs.HEADINGS, [one.row for one in found])
    return render(request, "team/sessions/needs_sheet.html", context | {"needs": found, "why": why, "at": at})


def _is_for_team(request: HttpRequest) -> bool:
    return request.GET.get("for") == "team"


def _file(session: Session, what: str, ending: str, headings: lists.Row, rows: lists.Rows) -> HttpResponse:
    """Return a list as a download, named by its session."""
    if ending == "csv":
        response: HttpResponseBase = StreamingHttpResponse(lists.csv_lines(headings, rows), content_type=CSV)
    elif ending == "xlsx":
        response = HttpResponse(lists.workbook(headings, rows), content_type=XLSX)
    else:
        raise Http404
    name = lists.file_name(session, what, ending)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response  # type: ignore[return-value]  # guards hand it on, whichever it is
