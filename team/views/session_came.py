"""Who was in a session: shown, corrected by hand, or taken over from the meeting's own report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from common.spreadsheets.grids import MAX_BYTES
from common.spreadsheets.questions import answered
from common.spreadsheets.tables import TableProblem, TableRefused
from common.words import counted
from events.models import Session
from live import who_came
from live.attendance import AttendanceRefused
from live.meeting_reports import taking
from live.meeting_reports.taking import ReportChanged, ReportRefused
from live.models import Attendance, MeetingReport
from team.guards import acting_member, allowed_if, may_change_bookings, may_see_sessions
from team.sessions.came_forms import ReportForm
from team.sessions.loading import session_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_see_sessions)
def came(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show who was there and how that is known; a press corrects one of them, or all who are ticked."""
    session, reader = session_or_404(slug, session_slug), acting_member(request)
    may_change = may_change_bookings(reader)
    if request.method == "POST" and may_change:
        _correct(request, session)
        return redirect("team:session_came", slug, session_slug)
    found = who_came.who_came(session)
    context = {"session": session, "found": found, "may_change": may_change, "form": ReportForm()}
    return render(request, "team/sessions/came.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_bookings)
def report(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Take a meeting's report, and keep it to be looked at."""
    session = session_or_404(slug, session_slug)
    form = ReportForm(request.POST or None, request.FILES or None)
    problems: list[TableProblem] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(MAX_BYTES + 1)
            taking.keep(session, acting_member(request), file.name, content, at=timezone.now())
        except TableRefused as refusal:
            problems = refusal.problems
        else:
            return redirect("team:session_report_look", slug, session_slug)
    context = {"session": session, "form": form, "problems": problems}
    return render(request, "team/sessions/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed_if(may_change_bookings)
def report_look(request: HttpRequest, slug: str, session_slug: str) -> HttpResponse:
    """Show row by row what a report would change; save that when it is pressed, or show what is new."""
    session, reader = session_or_404(slug, session_slug), acting_member(request)
    kept = MeetingReport.objects.filter(session=session, member=reader).first()
    if kept is None:
        return redirect("team:session_report", slug, session_slug)
    kept.session = session
    if request.method == "POST":
        return _pressed(request, kept)
    context = {"session": session, "kept": kept, "plan": taking.look_at(kept)}
    return render(request, "team/sessions/report_look.html", context)


def _pressed(request: HttpRequest, kept: MeetingReport) -> HttpResponse:
    """Keep the answers; then look again, give the report up, or save what it says."""
    session, by, at = kept.session, acting_member(request), timezone.now()
    act, address = request.POST.get("act"), (session.event.slug, session.slug)
    if act == "give-up":
        taking.give_up(kept)
        messages.success(request, "The report is deleted. Nothing was changed.")
        return redirect("team:session_came", *address)
    kept.answers = answered(kept.answers, request.POST)
    MeetingReport.objects.filter(pk=kept.pk).update(answers=kept.answers)
    if act == "save":
        try:
            plan = taking.take(kept, str(request.POST.get("fingerprint", "")), by=by, at=at)
        except ReportChanged as refusal:
            messages.warning(request, str(refusal))
        except (ReportRefused, AttendanceRefused) as refusal:
            messages.error(request, str(refusal))
        else:
            people = counted(len(plan.written), "%(count)s person", "%(count)s people")
            messages.success(request, f"Saved for {people}. The report is deleted.")
            return redirect("team:session_came", *address)
    return redirect("team:session_report_look", *address)


def _correct(request: HttpRequest, session: Session) -> None:
    """Decide about one person, or those who are ticked; say whom."""
    by, at = acting_member(request), timezone.now()
    ids, is_there = who_came.chosen(request.POST)
    try:
        names = who_came.correct(session, ids, came=is_there, source=Attendance.Source.TEAM, by=by, at=at)
    except AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"Noted as {'there' if is_there else 'not there'}: {who_came.named(names)}."
        )
