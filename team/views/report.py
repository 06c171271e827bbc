"""The report of an event, and its tables as files."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events.models import Event
from members.accounts import fresh_proof
from team.guards import acting_member, allowed_if, may_change_bookings, may_see_needs, may_see_sessions
from team.report import files
from team.report.figures import Figure
from team.report.report import report as report_of
from team.sessions.loading import event_or_404

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What is asked for in place of one figure: all of them.
ALL = "all"


@require_safe
@allowed_if(may_see_sessions)
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of an event."""
    event = event_or_404(slug)
    return render(request, "team/report/report.html", {"event": event, "figures": _figures(request, event)})


@require_safe
@allowed_if(may_see_sessions)
@fresh_proof.required
def report_file(request: HttpRequest, slug: str, what: str, ending: str) -> HttpResponse:
    """Send a table as CSV, or all of them as one workbook; reasons, which may name people, go into none."""
    figures = _figures(request, event_or_404(slug), is_file=True)
    table = next((one.table for one in figures if one.key == what), None)
    if what == ALL and ending == "xlsx":
        answer = HttpResponse(files.workbook(figures), content_type=XLSX)
    elif table is not None and ending == "csv":
        answer = StreamingHttpResponse(files.table_as_csv(table), content_type=CSV)  # type: ignore[assignment]
    else:
        raise Http404
    name = f"report-{slug}.xlsx" if what == ALL else f"report-{slug}-{what}.csv"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _figures(request: HttpRequest, event: Event, *, is_file: bool = False) -> list[Figure]:
    reader = acting_member(request)
    return report_of(
        event,
        reads_reasons=may_change_bookings(reader) and not is_file,
        sees_needs=may_see_needs(reader),
        at=timezone.now(),
    )
